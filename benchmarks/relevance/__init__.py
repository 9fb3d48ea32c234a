"""Whether search finds what was meant: queries over the demo shop with graded answers, and the figures of each part."""
