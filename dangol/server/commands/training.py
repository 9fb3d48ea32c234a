"""`dangol train`: learn from the corpus and from what the shop has taught; publish only what makes no story worse."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dangol.assistant.understanding import training
from dangol.assistant.understanding.corpus import (
    LANGUAGES,
    Example,
    UnreadableExample,
    all_examples,
    development_examples,
    training_examples,
)
from dangol.assistant.understanding.evaluation import Evaluation, evaluate, read_all
from dangol.assistant.understanding.lexicon import ShopLexicon
from dangol.assistant.understanding.model import CARD, TRAINED
from dangol.assistant.understanding.understanding import Understanding
from dangol.kernel.clock import SystemClock
from dangol.kernel.words.normalising import compact
from dangol.learning import api as learning
from dangol.server import logs
from dangol.server.commands.connecting import connected
from dangol.server.commands.console import CommandRefused, err, progress, say
from dangol.server.commands.evaluating import Played, Trained, play_suite, stories_in
from dangol.server.database import Connection
from dangol.server.settings import OWN_EXAMPLES, Settings
from dangol.server.understandings import packed, published_model

LEARNED = "learned"  # below the folder of own examples: what staff have taught, written anew at each training
_TIMES = (
    4  # a shop's own example counts as much as so many of the project's, or it would be one among thousands
)


@dataclass(frozen=True)
class Change:
    """What a training changed: figures of the part kept apart, own messages read right, stories before and after."""

    before: Evaluation
    after: Evaluation
    own: tuple[int, int, int] = (0, 0, 0)  # read right before, after, and how many there are
    broken: tuple[str, ...] = ()
    stories: tuple[int, int, int] | None = None  # passed before, after, and how many there are

    def figures(self) -> dict[str, Any]:
        """The figures as plain data, to be kept with the version."""
        parts = {
            name: [round(one.before_macro, 4), round(one.after_macro, 4)]
            for name, one in _parts(self.before, self.after).items()
        }
        return {
            "macro_f1": parts,
            "own": list(self.own),
            "stories": list(self.stories) if self.stories else None,
            "broken": list(self.broken),
        }


async def train(settings: Settings, own: Path | None, stories: Path | None) -> None:
    """Train, show what changed, and publish it. Raises CommandRefused where an example cannot be read, or where a
    story that passed before passes no longer: then nothing is published.

    With a shop in the data folder, what staff have taught is learned too, and every version is kept in its database;
    without one the model is stored beside the own examples, or beside the corpus.
    """
    logs.configure("auto", "error")
    suite = stories_in(stories) if stories else []
    async with _shop(settings) as conn:
        folder = settings.data / OWN_EXAMPLES
        taught = await _written(conn, folder / LEARNED) if conn is not None else []
        mine = [*_own(own or folder, named=own is not None), *taught]
        before = await _present(conn, folder)
        trained = _trained(mine)
        change = await _compare(before, trained, mine, suite)
        sys.stdout.write(_told(change))
        if conn is not None:
            await keep(conn, trained, change)
            return
    _refuse_if_worse(change)
    place = folder / TRAINED.name if mine else TRAINED
    trained.model.save(place, trained.card)
    err.print(say(f"{place}에 두었어요.", f"Stored in {place}."))


async def keep(conn: Connection, trained: Trained, change: Change) -> None:
    """Keep a version and publish it. Raises CommandRefused where a story got worse: kept, and not published."""
    now = SystemClock().now()
    weights = packed(trained.model, trained.card)
    version = await learning.keep(conn, trained.card, change.figures(), weights, now)
    _refuse_if_worse(change, version)
    await learning.publish(conn, version, "dangol train", now)
    err.print(
        say(
            f"{version}번을 발행했어요. 켜져 있는 서버도 바로 이걸로 읽어요. 되돌리려면 dangol understanding rollback.",
            f"Version {version} is published; running servers read with it now. To go back: dangol understanding rollback.",
        )
    )


def _refuse_if_worse(change: Change, version: int | None = None) -> None:
    if not change.broken:
        return
    kept = f" ({version})" if version else ""
    raise CommandRefused(
        "\n".join(
            [
                say(
                    f"전에는 되던 이야기가 안 돼서 발행하지 않았어요{kept}:",
                    f"not published{kept}: these stories passed before and no longer do:",
                ),
                *(f"  {name}" for name in change.broken),
            ]
        )
    )


@asynccontextmanager
async def _shop(settings: Settings) -> AsyncIterator[Connection | None]:
    """A connection to the shop's database; None where there is no shop."""
    if settings.own_database is None and not (settings.data / "postgres").exists():
        yield None
        return
    async with connected(settings) as conn:
        yield conn


def _own(folder: Path, *, named: bool) -> list[Example]:
    if named and not folder.is_dir():
        raise CommandRefused(say(f"{folder} 폴더가 없어요.", f"There is no folder {folder}."))
    try:
        return all_examples(folder)[len(training_examples()) :]
    except (UnreadableExample, UnicodeDecodeError) as wrong:
        raise CommandRefused(
            say(f"읽을 수 없는 예문이 있어요. {wrong}", f"An example cannot be read. {wrong}")
        ) from None


async def _written(conn: Connection, folder: Path) -> list[Example]:
    """What staff have taught, as readable files of the corpus's form, and read from them."""
    write_lessons(folder, await learning.learned(conn))
    return training_examples(folder)


def write_lessons(folder: Path, lessons: Sequence[learning.Learned]) -> None:
    """Lessons as files: <language>/<intent>.txt, and several.txt for messages with several intents."""
    for language in LANGUAGES:
        (folder / language).mkdir(parents=True, exist_ok=True)
        for old in (folder / language).glob("*.txt"):
            old.unlink()
    files: dict[Path, list[str]] = {}
    for one in lessons:
        line = learning.example_line(one.text, [(mark.type, mark.text) for mark in one.entities])
        several = len(one.intents) > 1
        name = "several" if several else one.intents[0]
        line = f"{'+'.join(one.intents)}\t{line}" if several else line
        files.setdefault(folder / one.language / f"{name}.txt", []).append(line)
    for file, lines in files.items():
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")


async def _present(conn: Connection | None, folder: Path) -> Trained:
    published = await published_model(conn) if conn is not None else None
    if published is not None:
        kept = await learning.published(conn) if conn is not None else None
        return Trained(published, kept.card if kept else {})
    model = Understanding.load(own=folder).model
    stored = folder / TRAINED.name / CARD
    return Trained(model, _card(stored if stored.exists() else TRAINED / CARD))


def _card(file: Path) -> dict[str, Any]:
    card: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return card


def _trained(mine: Sequence[Example]) -> Trained:
    started = time.perf_counter()
    # what the shop says of a message goes before what the project says of it
    said = {(one.language, compact(one.text)) for one in mine}
    general = [one for one in training_examples() if (one.language, compact(one.text)) not in said]
    with progress(say("예문을 익히는 중", "learning from the examples")):
        model, card = training.train([*general, *(one for one in mine for _ in range(_TIMES))])
    count, took = len(general) + len(mine), time.perf_counter() - started
    err.print(
        say(
            f"예문 {count:,}개(가게의 것 {len(mine):,}개)를 {took:.0f}초에 익혔어요.",
            f"{count:,} examples ({len(mine):,} of the shop's own) learnt in {took:.0f} s.",
        )
    )
    return Trained(model, {**card, "own_examples": len(mine)})


async def _compare(
    before: Trained, after: Trained, mine: Sequence[Example], suite: Sequence[tuple[str, Any]]
) -> Change:
    today, apart = SystemClock().now().date(), development_examples()
    old, new = (Understanding(one.model, ShopLexicon()) for one in (before, after))
    change = Change(
        before=evaluate(apart, old, today),
        after=evaluate(apart, new, today),
        own=(_right(mine, old), _right(mine, new), len(mine)),
    )
    return await with_stories(change, before, after, suite)


async def with_stories(
    change: Change, before: Trained, after: Trained, suite: Sequence[tuple[str, Any]]
) -> Change:
    """The change with every story played before and after, and those that passed before and no longer do."""
    if not suite:
        return change
    was = await play_suite(suite, before, say("이야기: 지금", "stories, as it is"))
    now = await play_suite(suite, after, say("이야기: 새로", "stories, as it would be"))
    passed = (_passed(was), _passed(now))
    return Change(
        change.before,
        change.after,
        change.own,
        broken=tuple(sorted(passed[0] - passed[1])),
        stories=(len(passed[0]), len(passed[1]), len(suite)),
    )


def _passed(played: Played) -> set[str]:
    return {f"{suite}: {performance.story}" for suite, performance in played if performance.passed}


def _right(examples: Sequence[Example], reader: Understanding) -> int:
    readings = read_all(examples, reader, SystemClock().now().date())
    return sum(
        {intent.name for intent in reading.intents} == set(one.intents)
        for one, reading in zip(examples, readings, strict=True)
    )


@dataclass(frozen=True)
class _Part:
    messages: int
    before_macro: float
    after_macro: float
    pairs: tuple[tuple[float, float], ...] = field(default=())


def _parts(before: Evaluation, after: Evaluation) -> dict[str, _Part]:
    found = {}
    for name, new in after.parts.items():
        old = before.parts[name]
        pairs = (
            (old.macro_f1, new.macro_f1),
            (old.exact, new.exact),
            (old.calibration_error, new.calibration_error),
        )
        found[name] = _Part(new.messages, old.macro_f1, new.macro_f1, pairs)
    return found


def _told(change: Change) -> str:
    rows = [f"{'part':<14}{'messages':>9}{'macro-F1':>19}{'exact':>19}{'ECE':>19}"]
    rows += [
        f"{name:<14}{one.messages:>9}" + "".join(f"{f'{was:.3f} → {now:.3f}':>19}" for was, now in one.pairs)
        for name, one in _parts(change.before, change.after).items()
    ]
    worse = sorted(
        (one.f1 - change.after.intents[name].f1, name)
        for name, one in change.before.intents.items()
        if name in change.after.intents and change.after.intents[name].f1 < one.f1 - 0.02
    )
    rows += [f"  {name}: F1 -{loss:.3f}" for loss, name in reversed(worse)]
    was, now, count = change.own
    rows += [f"{'own examples':<14}{count:>9}{f'{was} → {now} right':>19}"] if count else []
    if change.stories:
        was, now, count = change.stories
        rows.append(f"{'stories':<14}{count:>9}{f'{was} → {now} passed':>19}")
    return "\n".join(rows) + "\n"
