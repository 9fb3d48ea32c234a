"""Dangol: a shop assistant that knows its regulars."""
