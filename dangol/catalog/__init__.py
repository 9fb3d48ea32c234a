"""What the shop sells: products, variants, stock, shelves, reviews, and finding them."""
