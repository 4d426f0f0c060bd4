"""Words for each step and the push messages that carry the news."""
