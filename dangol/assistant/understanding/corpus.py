"""The project's own example messages: one a line, a file for each intent and language, a development part apart."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
LANGUAGES = ("ko", "en")


class UnreadableExample(ValueError):
    """A line of the corpus is not in the agreed form."""


@dataclass(frozen=True, slots=True)
class Example:
    """One message, its language, and every intent in it in the order said."""

    text: str
    language: str
    intents: tuple[str, ...]


def training_examples(folder: Path = FOLDER) -> list[Example]:
    """The messages the model learns from: corpus/<language>/<intent>.txt, one message a line."""
    return [
        Example(line, language, (path.stem,))
        for language in LANGUAGES
        for path in sorted((folder / language).glob("*.txt"))
        for line in _lines(path)
    ]


def development_examples(folder: Path = FOLDER) -> list[Example]:
    """The messages kept apart: corpus/dev/<language>.txt, `intent+intent<TAB>message` a line."""
    found = []
    for language in LANGUAGES:
        path = folder / "dev" / f"{language}.txt"
        for line in _lines(path) if path.exists() else []:
            names, tab, text = line.partition("\t")
            if not tab:
                raise UnreadableExample(f"{path.name}: no tab in {line!r}")
            found.append(Example(text, language, tuple(names.split("+"))))
    return found


def corpus_digest(examples: list[Example]) -> str:
    """A short mark of exactly these examples, to see whether a stored model is of this corpus."""
    whole = "\n".join(f"{'+'.join(example.intents)}\t{example.text}" for example in examples)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _lines(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("##")]
