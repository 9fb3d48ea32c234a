"""One small protocol for each kind of outside thing, and the words in which a shop is spoken to."""
