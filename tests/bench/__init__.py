"""Figures of the phone app: what it weighs, how soon it asks, what a dossier costs to send."""
