"""What people may ask about their own data: consent shown, a copy, a correction, an erasure."""
