"""The knowledge room: what the shop has written about itself, and what it has not written yet."""
