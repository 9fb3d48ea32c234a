"""Every query of the catalog room, by what it is for."""
