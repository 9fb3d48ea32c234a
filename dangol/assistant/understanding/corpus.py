"""The project's own example messages: readable files for each language, development and test parts apart.

`corpus/<language>/<intent>.txt` holds `text[<TAB>tags]` a line, `several.txt` and `near_misses.txt` hold
`intent+intent<TAB>text[<TAB>tags]`; entities are marked inside the text, `[나이키](brand)`. The parts kept apart are
JSON lines, `corpus/dev/<language>.jsonl` and `corpus/test/<language>.jsonl`.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

FOLDER = Path(__file__).parent / "corpus"
LANGUAGES = ("ko", "en")
ENTITIES = frozenset({
    "product", "category", "brand", "color", "size", "material", "attribute", "audience", "occasion", "price_min",
    "price_max", "quantity", "rating_min", "sort", "order_id", "tracking_no", "carrier", "date", "date_range", "person",
    "phone", "email", "address", "postcode", "coupon", "points", "store", "reason", "language", "topic",
})  # fmt: skip
Part = Literal["dev", "test"]
_LISTED = ("several", "near_misses")  # files whose lines name their intents themselves
_MARKED = re.compile(r"\[([^\[\]]+)\]\(([a-z_]+)\)")
_KOREAN = re.compile("[ㄱ-ㅣ가-힣]")
_INTENTS = re.compile(r"[a-z][a-z0-9_]*(?:\+[a-z][a-z0-9_]*)*")


class UnreadableExample(ValueError):
    """A line of examples is not in the agreed form."""


class Marked(BaseModel):
    """An entity a message names: its type, and where known the words used and the value they mean."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    type: str
    text: str | None = None
    value: JsonValue = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One message, its language, every intent in it in the order said, and what else its author noted.

    `entities` is None where nobody annotated them; `tags` say in which ways it is noisy; `context` is what the shop
    said before, or the fields of a `Context`.
    """

    text: str
    language: str
    intents: tuple[str, ...]
    entities: tuple[Marked, ...] | None = None
    tags: tuple[str, ...] = ()
    context: JsonValue = None


def training_examples(folder: Path = FOLDER) -> list[Example]:
    """The messages the model learns from."""
    return [
        example
        for language in LANGUAGES
        for path in sorted((folder / language).glob("*.txt"))
        for example in examples_in(path, language)
    ]


def all_examples(own: Path | None = None) -> list[Example]:
    """The messages of the project and those of a shop's own folder, if it has one."""
    return [*training_examples(), *(own_examples(own) if own is not None and own.is_dir() else [])]


def own_examples(folder: Path) -> list[Example]:
    """A shop's own messages: <intent>.txt, several.txt or near_misses.txt, in the folder itself (the language is told
    from each message's script) or in a folder for each language. An intent of a new name is one of the shop's own."""
    loose = [
        replace(one, language="ko" if _KOREAN.search(one.text) else "en")
        for path in sorted(folder.glob("*.txt"))
        for one in examples_in(path, "")
    ]
    return [*loose, *training_examples(folder)]


def examples_in(path: Path, language: str) -> list[Example]:
    """The examples of one file of messages; raises UnreadableExample with the number of the line."""
    found = []
    for number, line in _lines(path):
        try:
            found.append(_example(line, language, None if path.stem in _LISTED else path.stem))
        except UnreadableExample as wrong:
            raise UnreadableExample(f"{path.name}:{number}: {wrong}") from None
    return found


def part_examples(part: Part, folder: Path = FOLDER) -> list[Example]:
    """The messages of a part kept apart from training: the development or the test part."""
    found = []
    for language in LANGUAGES:
        stored, listed = (folder / part / f"{language}.{kind}" for kind in ("jsonl", "txt"))
        if stored.exists():
            for number, line in _lines(stored):
                found.append(from_json(line, language, f"{stored.name}:{number}"))
        elif listed.exists():
            found += [_example(line, language, None) for _, line in _lines(listed)]
    return found


def development_examples(folder: Path = FOLDER) -> list[Example]:
    """The messages kept apart for choosing and comparing models."""
    return part_examples("dev", folder)


def from_json(line: str, language: str | None, place: str) -> Example:
    """An example from a JSON line {"text", "context", "intents", "entities", "tags", "language"}.

    `language` is the one meant where the line names none; else it is told from the script.
    """
    try:
        told = _Told.model_validate(json.loads(line))
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "line"
        raise UnreadableExample(f"{place}: {where}: {first['msg']}") from None
    except ValueError as wrong:
        raise UnreadableExample(f"{place}: not JSON: {wrong}") from None
    spoken = told.language or language or ("ko" if _KOREAN.search(told.text) else "en")
    return Example(
        told.text,
        spoken,
        tuple(told.intents),
        None if told.entities is None else tuple(told.entities),
        tuple(told.tags),
        told.context,
    )


class _Told(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)
    text: str
    intents: list[str]
    entities: list[Marked] | None = None
    tags: list[str] = []
    context: JsonValue = None
    language: str | None = None


def corpus_digest(examples: Iterable[Example]) -> str:
    """A short mark of exactly these examples, to see whether a stored model is of this corpus."""
    whole = "\n".join(f"{'+'.join(one.intents)}\t{one.text}\t{_marks(one)}" for one in examples)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def unmarked(text: str) -> tuple[str, tuple[Marked, ...]]:
    """A text without its entity marks, and the entities marked; raises UnreadableExample for an unknown type."""
    out, found, at, length = [], [], 0, 0
    for match in _MARKED.finditer(text):
        words, kind = match.groups()
        if kind not in ENTITIES:
            raise UnreadableExample(f"no entity is called {kind!r}")
        before = text[at : match.start()]
        start = length + len(before)
        out += [before, words]
        length, at = start + len(words), match.end()
        found.append(Marked(type=kind, text=words, start=start, end=length))
    return "".join([*out, text[at:]]), tuple(found)


def _example(line: str, language: str, intent: str | None) -> Example:
    names, text, tags = intent, line, ""
    if intent is None:
        names, tab, text = line.partition("\t")
        if not tab:
            raise UnreadableExample(f"no tab in {line!r}")
    text, _, tags = text.partition("\t")
    said, entities = unmarked(text.strip())
    if not said or not names or not _INTENTS.fullmatch(names.strip()):
        raise UnreadableExample(f"an intent and a message are needed: {line!r}")
    return Example(
        said,
        language,
        tuple(dict.fromkeys(names.strip().split("+"))),
        entities or None,
        tuple(tag.strip() for tag in tags.split(",") if tag.strip()),
    )


def _marks(example: Example) -> str:
    return ",".join(f"{one.type}:{one.start}" for one in example.entities or ())


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("##"):
            yield number, line.strip()


def words_of(example: Example) -> str:
    """The everyday words of a message: its text without the names of products, brands, people and places."""
    text = example.text
    for one in reversed(example.entities or ()):
        if one.type in _NAMES and one.start is not None and one.end is not None:
            text = text[: one.start] + " " + text[one.end :]
    return text


_NAMES = frozenset({"product", "brand", "person", "address", "store", "coupon"})
