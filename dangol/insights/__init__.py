"""What the facts add up to: who is likely to leave, and what to do about it."""
