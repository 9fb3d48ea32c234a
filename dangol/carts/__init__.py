"""Carts: baskets and what they cost, coupons, bundles, delivery, addresses, wishes."""
