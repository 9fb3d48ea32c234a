"""Every query of the learning room, by what it is about."""
