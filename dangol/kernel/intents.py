"""What every part of the house knows of the intents (their names are fixed)."""

NO_WISH = frozenset(
    {
        "greet", "goodbye", "thank", "affirm", "deny", "talk_to_human", "abuse", "complain", "cancel_dialogue",
        "repeat",
    }
)  # fmt: skip
"""Said beside a wish, or about the conversation: never what somebody came for."""
