"""Talking by voice: words made for the ear, and figures that were spoken."""
