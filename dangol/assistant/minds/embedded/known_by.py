"""A request known by its very words."""

from __future__ import annotations

import re
from collections.abc import Callable

from dangol.assistant.minds.embedded.desk import Desk

Known = Callable[[Desk], Desk | None]


def known_by(
    pattern: re.Pattern[str], *, shown: bool = False, whole: bool = False, intent: str = ""
) -> Known:
    """A request by its words; with `shown` only while products are on screen."""

    def known(desk: Desk) -> Desk | None:
        text = desk.text.strip()
        found = pattern.match(text) if whole else pattern.search(text)
        if found is None or (shown and not desk.memory.shown):
            return None
        return desk.with_intent(intent) if intent else desk

    return known
