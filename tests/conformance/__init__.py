"""Both form engines against cases recorded from other projects."""
