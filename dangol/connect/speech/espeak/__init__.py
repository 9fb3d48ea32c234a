"""espeak-ng, a program that speaks."""
