"""PayPal: the shopper agrees on PayPal's own page, the shop then takes the money (Orders v2)."""
