"""Who looked at what and who did what: read from the event log, and written to it."""
