"""The person behind the counter: hears a message, may use the tools, answers with what it knows."""
