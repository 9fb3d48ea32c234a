"""The sample gateway: a vendor played by this project, so that paying can be tried with no contract and no key."""
