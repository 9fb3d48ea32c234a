"""Reading a message: language, entities, clauses and their intents, in the light of the conversation."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue, ValidationError

from dangol.assistant.understanding import dialogue, rules, slips, stretches
from dangol.assistant.understanding.clauses import Span
from dangol.assistant.understanding.corpus import corpus_digest, training_examples
from dangol.assistant.understanding.entities import Mention, as_entities, find_mentions, is_beside
from dangol.assistant.understanding.joining import Candidate, Stretch, in_order_said
from dangol.assistant.understanding.keyboard import mend
from dangol.assistant.understanding.language import identify
from dangol.assistant.understanding.lexicon import ShopLexicon
from dangol.assistant.understanding.model import (
    TRAINED,
    IntentModel,
    is_current,
    sentence_vectors,
    vector_text,
)
from dangol.assistant.understanding.reading import Clause, Context, Intent, Reading, as_json
from dangol.kernel.words.normalising import Normalised, normalised

LONGEST = 4000  # characters of a message that are read
_ENDLESS_FIGURES = re.compile(r"[\d,.]{30,}")

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Understanding:
    """The reader of messages: the trained intents, and the names of one shop."""

    model: IntentModel
    lexicon: ShopLexicon

    @classmethod
    def load(
        cls, path: Path | None = None, lexicon: ShopLexicon | None = None, own: Path | None = None
    ) -> "Understanding":
        """A reader with the model of a folder: the shop's own (in `own`/trained, from `dangol train`) where there is
        one, else the one shipped; that one is trained first if there is none of the corpus as it stands."""
        sentence_vectors(
            ["안녕하세요"]
        )  # loads the vectors' weights now rather than at the first shopper's word
        if own is not None and is_current(own / TRAINED.name):
            return cls(IntentModel.load(own / TRAINED.name), lexicon or ShopLexicon())
        folder = path or TRAINED
        if is_current(folder, corpus_digest(training_examples())):
            return cls(IntentModel.load(folder), lexicon or ShopLexicon())
        from dangol.assistant.understanding.training import train_into  # noqa: PLC0415  scipy is heavy, and seldom needed

        return cls(train_into(folder), lexicon or ShopLexicon())

    def with_lexicon(self, lexicon: ShopLexicon) -> "Understanding":
        """The same reader for another set of names."""
        return replace(self, lexicon=lexicon)

    def read(self, text: str, context: Context) -> Reading:
        """What a message says. Never fails: what cannot be read comes back without intents."""
        typed = text[:LONGEST]
        plain = mend(_sane(normalised(typed)), typed, self.lexicon.words)
        plain = slips.mended(plain, typed, self.lexicon.has_word)
        language = identify(plain.text, context.languages, context.language)
        mentions = find_mentions(plain, typed, context, self.lexicon)
        if not any(char.isalnum() for char in plain.text):
            return Reading(text=text, language=language, intents=tuple(dialogue.wordless(plain.text)))
        told, vector = (
            self._word(plain.text, mentions, context)
            if rules.one_word(plain.text) is not None
            else self._stretches(plain.text, mentions, context, language)
        )
        judged = self.model.joiner.judged(told, language)
        meant = in_order_said(judged)
        intents = dialogue.gather((_sure(*one) for one in meant), plain.text, context)
        kept = dialogue.relevant(as_entities(mentions, plain, typed), intents, context)
        beside = tuple(one for one in kept if is_beside(one))
        names = {intent.name for intent in intents}
        others = [_sure(*one) for one in judged if one[0].name not in names]
        return Reading(
            text=text,
            language=language,
            intents=tuple(intents),
            entities=tuple(one for one in kept if not is_beside(one)),
            beside=beside,
            clauses=_clauses([one for one, _ in meant], plain, typed),
            alternatives=tuple(others[:3]),
            vector=vector,
        )

    def _word(
        self, text: str, mentions: list[Mention], context: Context
    ) -> tuple[list[Stretch], Vectors | None]:
        """A message that is one word a rule knows ("네", "thanks") needs no model."""
        cuts: tuple[list[Span], frozenset[Span]] = [Span(0, len(text))], frozenset()
        nothing = np.zeros((1, len(self.model.names)), np.float32)
        (whole,) = stretches.read(text, cuts, mentions, context, nothing, self.model.names)
        return [replace(whole, answers=True)], None

    def _stretches(
        self, text: str, mentions: list[Mention], context: Context, language: str
    ) -> tuple[list[Stretch], Vectors | None]:
        cuts = stretches.cut(text)
        texts = stretches.heard(text, cuts[0], mentions, language)
        vectors = sentence_vectors([vector_text(one) for one in texts])
        likely = self.model.probabilities(texts, vectors)
        return stretches.read(text, cuts, mentions, context, likely, self.model.names), vectors[0]


def _sane(plain: Normalised) -> Normalised:
    # no price, phone or code has so many figures, and patterns would take seconds over them
    return replace(plain, text=_ENDLESS_FIGURES.sub(lambda found: "x" * len(found.group()), plain.text))


def _sure(candidate: Candidate, share: float) -> Intent:
    return Intent(name=candidate.name, confidence=round(min(0.99, share), 4))


def _clauses(meant: list[Candidate], plain: Normalised, typed: str) -> tuple[Clause, ...]:
    """The stretches the intents stand in, each with its intents, in the order said."""
    inside: dict[Span, list[Candidate]] = {}
    for one in meant:
        inside.setdefault(one.stretch.span, []).append(one)
    out = []
    for span, several in inside.items():
        start, end = plain.origin(span.start, span.end)
        names = [one.name for one in several]
        ranked = several[0].stretch.ranked
        told = sorted(ranked, key=lambda one: names.index(one.name) if one.name in names else len(names))
        out.append(Clause(text=typed[start:end], start=start, end=end, intents=tuple(told[:3])))
    return tuple(out)


def understand_lines(
    lines: Iterable[str], language: str | None, today: date, understanding: Understanding | None = None
) -> Iterator[str]:
    """A JSON object for each line of plain text or of JSON {"text", "context"}, for `dangol understand`."""
    reader = understanding or _shipped()
    for line in lines:
        if line.strip():
            text, context = _given(line.rstrip("\n"), language, today)
            yield json.dumps(as_json(reader.read(text, context)), ensure_ascii=False)


@lru_cache(maxsize=1)
def _shipped() -> Understanding:
    return Understanding.load()


def _given(line: str, language: str | None, today: date) -> tuple[str, Context]:
    plain = Context(language=language, today=today)
    if not line.lstrip().startswith("{"):
        return line, plain
    try:
        told: Any = json.loads(line)
    except ValueError:
        return line, plain
    if not isinstance(told, dict) or not isinstance(told.get("text"), str):
        return line, plain
    return told["text"], context_of(told.get("context"), language, today)


def context_of(given: JsonValue, language: str | None, today: date) -> Context:
    """What a conversation knows, from the shop's last words (or a list of messages) or from the fields of a Context;
    what cannot be read as either counts as nothing known."""
    plain = Context(language=language, today=today)
    if isinstance(given, str | list):
        return plain.model_copy(update={"expects": dialogue.expected_by(given)})
    try:
        return Context.model_validate(
            {"language": language, "today": today, **(given if isinstance(given, dict) else {})}
        )
    except ValidationError:
        return plain
