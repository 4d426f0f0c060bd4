"""Following a dossier by its code, and claiming it on another phone."""
