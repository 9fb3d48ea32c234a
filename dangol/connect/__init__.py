"""The wires to the outside: one folder, one vendor; they normalise and report, and decide nothing."""
