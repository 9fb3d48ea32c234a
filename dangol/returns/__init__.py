"""Returns: what may come back, labels and pick-ups, inspection, exchanges, money back."""
