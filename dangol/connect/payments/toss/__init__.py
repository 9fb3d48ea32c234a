"""Toss Payments (토스페이먼츠): Korean cards, easy pay, bank transfer and phone bills on its own payment window."""
