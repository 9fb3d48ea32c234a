"""Reading a turn's articles before there is a reply to hold against them."""

from __future__ import annotations

from dangol.assistant.truth.articles_of_goods import told_of_goods
from dangol.assistant.truth.clauses import written_in
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.figures import read
from dangol.assistant.truth.likeness import about
from dangol.assistant.truth.parts import read_article
from dangol.assistant.truth.situation import Reading
from dangol.assistant.truth.text import plain


def read_ahead(evidence: Evidence) -> None:
    """Read what every reply of the turn is held against; the check of the first one is then as quick as the others."""
    for article in evidence.articles:
        read_article(article)
    for passage in evidence.passages:
        written_in(passage)
        read(passage)
    told_of_goods(evidence)
    for fact in {
        fact.words: fact for facts in evidence.facts.values() for fact in facts if fact.words
    }.values():
        words = plain(fact.words)  # what figures of articles stand among
        read(words)
        about(words)
    for title in evidence.titles.values():
        about(plain(title))
    evidence.is_written("")
    Reading.of("", evidence, (), loosely=True).mentions  # noqa: B018  the names are looked for from here on
