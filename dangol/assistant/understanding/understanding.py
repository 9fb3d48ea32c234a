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

from dangol.assistant.understanding import clauses, dialogue, rules
from dangol.assistant.understanding.corpus import corpus_digest, training_examples
from dangol.assistant.understanding.entities import Mention, as_entities, find_mentions, is_beside
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
_SURE = 0.45
_SECOND = 0.2  # a second intent with this share of the whole is probably meant too
_MOST_CLAUSES = 8
_MOST_PARTS = 4
_ENDLESS_FIGURES = re.compile(r"[\d,.]{30,}")

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Guess:
    span: clauses.Span
    text: str
    ranked: tuple[Intent, ...]

    @property
    def best(self) -> Intent:
        return self.ranked[0]


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
        language = identify(plain.text, context.languages, context.language)
        mentions = find_mentions(plain, typed, context, self.lexicon)
        if not any(char.isalnum() for char in plain.text):
            return Reading(text=text, language=language, intents=tuple(dialogue.wordless(plain.text)))
        guesses, vector = self._guess(plain.text, mentions, context, language)
        intents = dialogue.gather([guess.ranked for guess in guesses], plain.text, context)
        kept = dialogue.relevant(as_entities(mentions, plain, typed), intents, context)
        beside = tuple(one for one in kept if is_beside(one))
        names = {intent.name for intent in intents}
        return Reading(
            text=text,
            language=language,
            intents=tuple(intents),
            entities=tuple(one for one in kept if not is_beside(one)),
            beside=beside,
            clauses=tuple(_clause(guess, plain, typed) for guess in guesses),
            alternatives=tuple(one for one in guesses[-1].ranked[1:4] if one.name not in names),
            vector=vector,
        )

    def _guess(
        self, text: str, mentions: list[Mention], context: Context, language: str
    ) -> tuple[list[_Guess], Vectors]:
        whole = clauses.Span(0, len(text))
        pieces, parts = clauses.pieces(text, _MOST_CLAUSES, _MOST_PARTS)
        wanted = list(dict.fromkeys([whole, *pieces, *(part for several in parts for part in several)]))
        texts = [dialogue.with_stand_ins(text, one.start, one.end, mentions, language) for one in wanted]
        vectors = sentence_vectors([vector_text(one) for one in texts])
        likely = self.model.probabilities(texts, vectors)
        guesses = {}
        for span, row in zip(wanted, likely, strict=True):
            inside = [one for one in mentions if one.start < span.end and span.start < one.end]
            said = text[span.start : span.end]
            ranked = dialogue.settle(said, self._rank(said, row), inside, span.start, context)
            guesses[span] = _Guess(span, said, tuple(ranked))
        chosen = [
            guess
            for piece, several in zip(pieces, parts, strict=True)
            for guess in _finer(guesses[piece], [guesses[part] for part in several])
        ]
        return _joined(chosen, guesses[whole]), np.asarray(vectors[0])

    def _rank(self, plain: str, likely: Vectors) -> tuple[Intent, ...]:
        name = rules.one_word(plain)
        if name is not None:
            return (Intent(name=name, confidence=0.97),)
        order = np.argsort(likely)[::-1][:5]
        return tuple(
            Intent(name=self.model.names[at], confidence=round(min(0.99, float(likely[at])), 4))
            for at in order
        )


def _sane(plain: Normalised) -> Normalised:
    # no price, phone or code has so many figures, and patterns would take seconds over them
    return replace(plain, text=_ENDLESS_FIGURES.sub(lambda found: "x" * len(found.group()), plain.text))


def _clause(guess: _Guess, plain: Normalised, typed: str) -> Clause:
    start, end = plain.origin(guess.span.start, guess.span.end)
    return Clause(text=typed[start:end], start=start, end=end, intents=guess.ranked[:3])


def _finer(whole: _Guess, parts: list[_Guess]) -> list[_Guess]:
    # a weak cut (…고, a comma) counts only when the sides are sure and say different things; a side is surer when the
    # whole has a share of what it says
    shares = {one.name: one.confidence for one in whole.ranked}
    sure = [
        part
        for part in parts
        if part.best.confidence >= (0.6 if shares.get(part.best.name, 0) < 0.04 else 0.45)
        and _says_something(part)
    ]
    names = {part.best.name for part in sure}
    if (
        len(parts) < 2
        or len(names) < 2
        or (len(names) == 2 and names & {"inform", "correct"} and not _both(whole))
    ):
        return [whole]
    return [part for part in sure if part.best.name != "inform" or _both(whole)]


def _both(whole: _Guess) -> bool:
    """Whether a stretch as a whole sounds like its two likeliest intents at once."""
    return len(whole.ranked) > 1 and whole.ranked[1].confidence >= _SECOND


def _says_something(part: _Guess) -> bool:
    return rules.one_word(part.text) is not None or sum(char.isalnum() for char in part.text) >= 5


def _joined(chosen: list[_Guess], whole: _Guess) -> list[_Guess]:
    # fragments that say little by themselves ("어제 산거") are read with the whole
    if len(chosen) == 1:
        return chosen
    sure = [guess for guess in chosen if guess.best.confidence >= _SURE]
    if not sure or (
        whole.best.confidence > 0.8 and all(guess.best.name == whole.best.name for guess in sure)
    ):
        return [whole]
    return sure


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
