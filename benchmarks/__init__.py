"""What `make bench` runs: the figures of a whole shop on this machine."""
