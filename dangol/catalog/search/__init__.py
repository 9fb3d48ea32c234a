"""Finding products: words, meaning and hard wishes together."""
