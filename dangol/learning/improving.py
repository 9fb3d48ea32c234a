"""Where the assistant fails most: topics by how often their messages went wrong, with examples to read."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from dangol.kernel.model import Value
from dangol.learning.likeness import Likeness
from dangol.learning.model import SIGNALS, Archive, Colleague, Connection
from dangol.learning.queue import said_by
from dangol.learning.records import reading
from dangol.learning.rules import masked

_MOST = 2_000  # failed messages looked at, the newest ones
_EXAMPLES = 3
UNREAD = "nothing_read"


class Topic(Value):
    """What shoppers wanted, by the intent read first: how many messages, how many of them went wrong and how, and the
    most typical words of the largest groups of those."""

    intent: str
    messages: int
    failed: int
    share: float
    signals: dict[str, int]
    examples: tuple[str, ...]


async def areas_to_improve(
    conn: Connection, archive: Archive, likeness: Likeness, colleague: Colleague, since: datetime, limit: int
) -> tuple[Topic, ...]:
    """Topics with messages that went wrong since a moment, the most frequent first. Raises NotPermitted."""
    colleague.must("look")
    counts = await reading.by_intent(conn, since)
    rows = await reading.failed(conn, since, _MOST)
    said = await said_by(conn, archive, rows)
    by_topic: dict[str, list[reading.Row]] = defaultdict(list)
    for row in rows:
        if row.place in said:
            by_topic[row.intents[0][0] if row.intents else UNREAD].append(row)
    topics = []
    for name, members in sorted(by_topic.items(), key=lambda one: -len(one[1]))[:limit]:
        texts = [said[row.place] for row in members]
        if "see_personal" not in colleague.may:
            texts = [masked(text) for text in texts]
        groups = await likeness.groups(texts)
        topics.append(
            Topic(
                intent=name,
                messages=counts.get(name, len(members)),
                failed=len(members),
                share=round(len(members) / max(counts.get(name, 0), len(members)), 3),
                signals={
                    signal: times
                    for signal in SIGNALS
                    if (times := sum(signal in row.signals for row in members))
                },
                examples=tuple(texts[group[0]] for group in groups[:_EXAMPLES]),
            )
        )
    return tuple(topics)
