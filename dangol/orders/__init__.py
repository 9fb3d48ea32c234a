"""Orders: checkout, placing, following, and what is announced about them."""
