"""Taking over what a shop already has: its products, reviews and its own file."""
