"""What a shopper means: language, intents, entities and references, read without any language model."""
