"""Reading a message: language, entities, clauses and their intents, in the light of the conversation."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from dangol.assistant.understanding import clauses, dialogue, rules
from dangol.assistant.understanding.entities import find_entities
from dangol.assistant.understanding.keyboard import mend
from dangol.assistant.understanding.language import identify
from dangol.assistant.understanding.lexicon import ShopLexicon
from dangol.assistant.understanding.model import FILE, IntentModel, sentence_vectors, vector_text
from dangol.assistant.understanding.reading import Clause, Context, Entity, Intent, Reading, as_json
from dangol.kernel.words.normalising import Normalised, normalised

LONGEST = 4000  # characters of a message that are read
_SURE = 0.45
_MOST_CLAUSES = 8

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
    def load(cls, path: Path | None = None, lexicon: ShopLexicon | None = None) -> "Understanding":
        """A reader with the model of a folder (default: the one shipped); trained there first if there is none."""
        from dangol.assistant.understanding.training import TRAINED, train_into  # noqa: PLC0415  scipy is heavy

        folder = path or TRAINED
        model = IntentModel.load(folder) if (folder / FILE).exists() else train_into(folder)
        return cls(model, lexicon or ShopLexicon())

    def with_lexicon(self, lexicon: ShopLexicon) -> "Understanding":
        """The same reader for another set of names."""
        return replace(self, lexicon=lexicon)

    def read(self, text: str, context: Context) -> Reading:
        """What a message says. Never fails: what cannot be read comes back without intents."""
        typed = text[:LONGEST]
        plain = mend(normalised(typed), typed, self.lexicon.words)
        language = identify(plain.text, context.languages, context.language)
        entities = find_entities(plain, typed, context, self.lexicon)
        if not any(char.isalnum() for char in plain.text):
            return Reading(
                text=text, language=language, intents=tuple(dialogue.wordless(plain.text, context))
            )
        guesses, vector = self._guess(plain)
        guesses = [
            replace(
                guess,
                ranked=tuple(
                    dialogue.settle(
                        guess.text, guess.ranked, self._inside(guess, plain, entities), context, len(guesses)
                    )
                ),
            )
            for guess in guesses
        ]
        found = tuple(
            Clause(
                text=typed[slice(*plain.origin(guess.span.start, guess.span.end))],
                start=plain.origin(guess.span.start, guess.span.end)[0],
                end=plain.origin(guess.span.start, guess.span.end)[1],
                intents=guess.ranked[:3],
            )
            for guess in guesses
        )
        intents = dialogue.gather([guess.ranked for guess in guesses], plain.text, context)
        kept = dialogue.relevant(entities, intents, context)
        alternatives = tuple(
            one for one in guesses[-1].ranked[1:4] if one.name not in {i.name for i in intents}
        )
        return Reading(
            text=text,
            language=language,
            intents=tuple(intents),
            entities=tuple(kept),
            clauses=found,
            alternatives=alternatives,
            vector=vector,
        )

    def _inside(self, guess: _Guess, plain: Normalised, entities: list[Entity]) -> list[Entity]:
        start, end = plain.origin(guess.span.start, guess.span.end)
        return [entity for entity in entities if entity.start < end and start < entity.end]

    def _guess(self, plain: Normalised) -> tuple[list[_Guess], Vectors]:
        text = plain.text
        strong, weak = clauses.cuts(text)
        pieces = clauses.spans(text, strong)[:_MOST_CLAUSES] or [clauses.Span(0, len(text))]
        fine = [
            clauses.spans(
                text[one.start : one.end], [cut - one.start for cut in weak if one.start < cut < one.end]
            )
            for one in pieces
        ]
        wanted = [clauses.Span(0, len(text)), *pieces]
        for one, parts in zip(pieces, fine, strict=True):
            wanted += (
                [clauses.Span(one.start + part.start, one.start + part.end) for part in parts]
                if 1 < len(parts) <= 4
                else []
            )
        wanted = list(dict.fromkeys(wanted))
        texts = [text[one.start : one.end] for one in wanted]
        vectors = sentence_vectors([vector_text(one) for one in texts])
        likely = self.model.probabilities(texts, vectors)
        ranked = {
            span: _Guess(span, said, self._rank(said, row)) for span, said, row in zip(wanted, texts, likely, strict=True)
        }
        chosen: list[_Guess] = []
        for one, parts in zip(pieces, fine, strict=True):
            inner = [
                ranked[span]
                for part in parts
                if (span := clauses.Span(one.start + part.start, one.start + part.end)) in ranked
            ]
            chosen += _finer(ranked[one], inner)
        return _joined(chosen, ranked[wanted[0]]), np.asarray(vectors[0])

    def _rank(self, plain: str, likely: Vectors) -> tuple[Intent, ...]:
        name = rules.one_word(plain)
        if name is not None:
            return (Intent(name=name, confidence=0.97),)
        order = np.argsort(likely)[::-1][:5]
        return tuple(
            Intent(name=self.model.names[at], confidence=round(float(likely[at]), 4)) for at in order
        )


def _finer(whole: _Guess, parts: list[_Guess]) -> list[_Guess]:
    # a weak cut (…고, …는데, a comma) counts only when both sides say something sure and different
    if len(parts) < 2:
        return [whole]
    sure = [part for part in parts if part.best.confidence >= 0.6 and len(part.text) >= 2]
    names = {part.best.name for part in sure}
    if len(names) < 2 or (names & {"inform", "greet"} and len(names) == 2 and "greet" not in names):
        return [whole]
    return sure


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
        if not line.strip():
            continue
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
    given = told.get("context")
    try:
        return told["text"], Context.model_validate(
            {"language": language, "today": today, **(given if isinstance(given, dict) else {})}
        )
    except ValidationError:
        return told["text"], plain
