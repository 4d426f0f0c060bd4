"""What the agency signs: receipts and their keys."""
