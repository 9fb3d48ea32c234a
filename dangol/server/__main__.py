"""`python -m dangol.server` is the command `dangol`."""

from dangol.server.cli import main

main()
