"""Wires to whoever knows where parcels are."""
