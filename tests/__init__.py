"""All tests of Hoso: server and client mirror the sources, journeys drive a real browser."""
