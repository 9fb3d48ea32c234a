"""Stripe: the shopper pays on Stripe's own Checkout page."""
