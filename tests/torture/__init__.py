"""Faults made on purpose, and a model that says what must come of them: nothing lost or doubled."""
