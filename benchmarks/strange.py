"""Strings nobody means anything by, through the whole reading: nothing may fail, and nothing may be done for them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

from dangol.assistant.understanding.reading import Context, Reading
from dangol.assistant.understanding.understanding import Understanding

TODAY = date(2026, 11, 21)
ACTING = frozenset({
    "add_to_cart", "change_cart", "checkout", "apply_coupon", "set_address", "cancel_order", "change_order", "return_item",
    "exchange_item", "manage_account", "stop_marketing", "subscribe_news", "ask_my_data", "notify_restock",
})  # fmt: skip
SURE = 0.9  # above this the assistant would act, or put the question before an act
_SCRIPTS = (
    (0x21, 0x7E), (0xAC00, 0xD7A3), (0x3131, 0x3163), (0x1100, 0x11FF), (0x3040, 0x30FF), (0x4E00, 0x9FFF),
    (0x0590, 0x05FF), (0x0600, 0x06FF), (0x0400, 0x04FF), (0x0E00, 0x0E7F), (0x0900, 0x097F), (0x1F300, 0x1FAFF),
    (0x0300, 0x036F), (0xFF01, 0xFF5E), (0xE000, 0xE0FF), (0x20000, 0x200FF), (0x00, 0x1F),
)  # fmt: skip
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad\u2060\ufe0f\u3164"
_BETWEEN = (" ", "", "\n", "\t", "  ", "\u3000", "...", "?!", "~", "\u200d")


def strings(count: int, seed: int = 7) -> Iterator[str]:
    """So many strings: one script or several mixed, invisible and right-to-left marks, emoji, jamo, endless repeats."""
    draw = random.Random(seed)
    for _ in range(count):
        kinds = draw.sample(_SCRIPTS, draw.choice((1, 1, 2, 3)))
        words = [_word(draw, kinds) for _ in range(draw.choice((1, 1, 2, 3, 5, 8)))]
        text = draw.choice(_BETWEEN).join(words)
        yield text * draw.choice((200, 700)) if draw.random() < 0.01 else text


def _word(draw: random.Random, kinds: list[tuple[int, int]]) -> str:
    if draw.random() < 0.1:
        return draw.choice(_INVISIBLE) * draw.randint(1, 4)
    letters = [chr(draw.randint(*draw.choice(kinds))) for _ in range(draw.randint(1, 9))]
    if draw.random() < 0.1:
        letters.insert(draw.randrange(len(letters)), draw.choice(_INVISIBLE))
    return "".join(letters)


def does_something(reading: Reading) -> bool:
    """Whether the assistant would act on what was read."""
    return any(one.name in ACTING and one.confidence >= SURE for one in reading.intents)


def measure(count: int) -> dict[str, Any]:
    """How many of so many strings failed, and on how many the assistant would have acted."""
    reader = Understanding.load()
    failed, acted = [], []
    for text in strings(count):
        try:
            reading = reader.read(text, Context(today=TODAY))
        except Exception as wrong:
            failed.append(f"{text[:40]!r}: {wrong!r}")
            continue
        if does_something(reading):
            acted.append(f"{text[:40]!r}: {reading.intents[0].name}")
    return {"strings": count, "failed": len(failed), "acted_on": len(acted), "which": [*failed, *acted][:20]}


def show(report: dict[str, Any]) -> None:
    """Print the figures."""
    print(
        f"\n== {report['strings']:,} strings nobody means anything by: {report['failed']} failed, "
        f"{report['acted_on']} would have been acted on"
    )
    for line in report["which"]:
        print(f"  {line}")
