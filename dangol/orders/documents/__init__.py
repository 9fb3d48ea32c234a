"""Receipts and invoices as PDF."""
