"""Who is asking: the ways a shopper shows that an order or an account is theirs."""
