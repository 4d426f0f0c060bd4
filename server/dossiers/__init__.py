"""The dossier, its states, its deadlines and every change it may undergo."""
