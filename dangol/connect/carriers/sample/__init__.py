"""The sample carrier: played by this project, so that returns can be tried with no contract and no key."""
