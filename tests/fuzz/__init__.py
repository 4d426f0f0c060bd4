"""Bytes nobody meant to send: envelopes and uploads bent at each of their layers, by chance."""
