"""Every query of the desk, by what it is about."""
