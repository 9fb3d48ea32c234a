"""How many messages the corpus holds, as the tables of its data card: `python -m dangol.assistant.understanding.counts`."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable

from dangol.assistant.understanding.corpus import LANGUAGES, Example, part_examples, training_examples

NOISES = frozenset({
    "spacing", "particles", "slang", "keyboard", "typo", "dialect", "mixed", "voice", "emoji", "fragment",
})  # fmt: skip
_COLUMNS: tuple[tuple[str, Callable[[Example], bool]], ...] = (
    ("messages", lambda one: True),
    ("several intents", lambda one: len(one.intents) > 1),
    ("in a dialogue", lambda one: "context" in one.tags),
    ("noisy", lambda one: bool(set(one.tags) & NOISES)),
    ("with entities", lambda one: bool(one.entities)),
)


def sizes(examples: Iterable[Example], part: str) -> list[str]:
    """A row of a Markdown table for each language: how many messages of which sort a part holds."""
    listed = list(examples)
    return [
        f"| {part} | {language} | "
        + " | ".join(
            f"{sum(kept(one) for one in listed if one.language == language):,}" for _, kept in _COLUMNS
        )
        + " |"
        for language in LANGUAGES
    ]


def apart() -> str:
    """The table of the parts kept apart, as it stands in the data card."""
    head = ["part", "language", *(name for name, _ in _COLUMNS)]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    return "\n".join([*lines, *sizes(part_examples("dev"), "dev"), *sizes(part_examples("test"), "test")])


def fewest(examples: Iterable[Example], language: str, many: int = 5) -> list[tuple[str, int]]:
    """The intents with the fewest messages of a language."""
    counted = Counter(name for one in examples if one.language == language for name in one.intents)
    return counted.most_common()[: -many - 1 : -1]


def main() -> None:
    """Print the table of all parts, and where each has the fewest."""
    training = training_examples()
    sys.stdout.write("\n".join([apart(), *sizes(training, "training"), ""]))
    for part, examples in (
        ("training", training),
        ("dev", part_examples("dev")),
        ("test", part_examples("test")),
    ):
        for language in LANGUAGES:
            rows = ", ".join(f"{name} {count}" for name, count in fewest(examples, language))
            sys.stdout.write(f"fewest in {part}, {language}: {rows}\n")


if __name__ == "__main__":
    main()
