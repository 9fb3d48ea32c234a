"""Ways to language models, one folder each; importing a `connection` costs a second, so that is done only for one in use."""
