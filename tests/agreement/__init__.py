"""Both form engines on forms that chance makes: they must agree on everything a person can see."""
