"""Sweet Tracker (스마트택배)."""
