"""What a language model writes beside talking: summaries, translations, the shop's tone; each checked."""
