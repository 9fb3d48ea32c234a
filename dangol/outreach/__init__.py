"""What the shop says first, and what it may say: late parcels, care tips, offers after an order."""
