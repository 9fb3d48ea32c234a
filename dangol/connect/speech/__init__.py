"""Ways to hear and to speak, one folder each; a `connection` is imported only when it is in use."""
