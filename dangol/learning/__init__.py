"""What the assistant learns from its own conversations, with a person deciding what is learned."""
