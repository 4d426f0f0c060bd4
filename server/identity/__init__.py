"""Who is asking, how they signed in and what they may do."""
