"""The options of a product in words and as buttons: what there is of each, and one question at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.products import VariantView

MOST_NAMED = 8  # sizes or colours named in one sentence
_FEW = 3  # variants that are named one by one though they differ in two ways
_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?i)색|컬러|colou?r",
        r"(?i)사이즈|치수|호수|\bsizes?\b",
        r"(?i)용량|capacity|volume",
        r"(?i)맛|flavou?r",
    )
)


def differing(variants: Sequence[VariantView]) -> list[str]:
    """The names of the options in which these variants differ, in the record's order."""
    names = dict.fromkeys(name for variant in variants for name in variant.options)
    return [name for name in names if len({variant.options.get(name) for variant in variants}) > 1]


def called(variants: Sequence[VariantView]) -> list[str]:
    """These variants by all their options."""
    return [cards.variant_words(variant.options) for variant in variants]


def there_are(variants: Sequence[VariantView], text: str = "") -> Sequence[str | Line]:
    """What there is: the values in which these variants differ, by option where there are too many to name each.

    A question for the colours alone (`text`) is told the colours alone.
    """
    names = differing(variants) or [name for name in variants[0].options]
    asked = [name for name in names for said in _ASKED if said.search(name) and said.search(text)]
    names = asked or names
    if len(names) > 1 and len(variants) > _FEW:
        return [_row(name, variants) for name in names]
    told = [
        " / ".join(variant.options[name] for name in names if name in variant.options) for variant in variants
    ]
    return list(dict.fromkeys(told))[:MOST_NAMED]


def _row(name: str, variants: Sequence[VariantView]) -> Line:
    values = list(dict.fromkeys(each.options[name] for each in variants if name in each.options))
    return line("option_row", name=name, values="·".join(values[:MOST_NAMED]))


def buttons(variants: Sequence[VariantView], only: str = "") -> tuple[tuple[str, Line], ...]:
    """A button for each value of the first option in which these variants differ, or of the option named."""
    names = differing(variants)
    name = only or (names[0] if names else "")
    choices: dict[str, tuple[str, Line]] = {}
    for variant in variants:
        value = variant.options.get(name, "")
        same = [each for each in variants if each.options.get(name) == value]
        if len(same) == 1:
            button = (f"pick:{variant.sku}", cards.variant_words(variant.options))
        else:
            button = (f"option:{name}={value}", value)
        choices.setdefault(value, (button[0], line("plain", text=button[1])))
    return tuple(choices.values())[:MOST_NAMED]
