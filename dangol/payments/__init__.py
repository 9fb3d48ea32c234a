"""Payments: opening, settling what gateways tell, giving money back."""
