"""Postal addresses out of free text, checked and written in their own country's order. Pure."""
