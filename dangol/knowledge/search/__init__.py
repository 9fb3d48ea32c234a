"""Finding the passages that answer a question, and knowing when none does."""
