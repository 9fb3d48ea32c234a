"""Customers: who somebody is, what they agreed to, their addresses, points and preferences."""
