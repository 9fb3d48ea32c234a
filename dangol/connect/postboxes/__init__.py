"""Ways out for written messages, one folder each."""
