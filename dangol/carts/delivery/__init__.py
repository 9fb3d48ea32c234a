"""Delivery: what it costs to a place, and between which days it comes. Pure."""
