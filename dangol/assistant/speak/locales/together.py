"""One table of words from the tables of several subjects."""

from __future__ import annotations


class SaidTwice(ValueError):
    """Two subjects give words to the same line."""


def together(*tables: dict[str, str]) -> dict[str, str]:
    """All lines of a language. Raises SaidTwice when two tables hold the same name."""
    whole: dict[str, str] = {}
    for table in tables:
        if doubled := whole.keys() & table.keys():
            raise SaidTwice(", ".join(sorted(doubled)))
        whole.update(table)
    return whole
