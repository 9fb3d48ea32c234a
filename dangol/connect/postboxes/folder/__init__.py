"""Letters written as files: the way out while no mail server is named."""
