"""A shop's data taken over by HTTP: files as durable work, figures of stock and prices at once."""
