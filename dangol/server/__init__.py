"""The doors of the house: HTTP, live events, the command line, durable work; `wire.py` puts the parts together."""
