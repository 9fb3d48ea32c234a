"""Guides: what to try when goods do not work, step by step, in the shop's own words."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from dangol.kernel.model import Value

WalkOutcome = Literal["open", "solved", "failed", "person", "danger", "left"]


class GoodsNamed(Value):
    """A product as it goes by: its id (empty where only a kind is known), its title and its kinds."""

    product: str = ""
    title: str = ""
    kinds: tuple[str, ...] = ()


class FindGuide(Value):
    """Find the guide for what is wrong, in the shopper's words.

    `of` are the goods it is about, where that is known; `owned` those the shopper may mean, bought lately.
    """

    symptom: str
    of: GoodsNamed | None = None
    owned: tuple[GoodsNamed, ...] = ()


class GuideFound(Value):
    """A guide that may speak of the symptom, surely or not; `product` is the one named or owned that it is for.

    `danger`: what is told is one of the signs on which the guide says to stop.
    """

    guide: str
    language: str
    title: str
    product: str = ""
    product_title: str = ""
    score: float
    sure: bool
    danger: bool = False


class GuidesFound(Value):
    """The guides for a symptom, likeliest first; `written`: whether the shop has written any at all."""

    items: tuple[GuideFound, ...]
    written: bool


class GuideAnswer(Value):
    """An answer to a step's question: where it leads, a step's number or an end."""

    label: str
    step: int = 0
    ends: Literal["", "solved", "person", "stop"] = ""


class GuideStep(Value):
    """One step, word for word; `more` is told to whoever asks how."""

    article: str
    number: int
    text: str
    more: str = ""
    answers: tuple[GuideAnswer, ...] = ()


class GuideView(Value):
    """A whole guide. `stop` is told when it is dangerous to go on; `mark` changes when the guide does."""

    article: str
    language: str
    title: str
    url: str
    text: str = ""
    stop: str = ""
    signs: tuple[str, ...] = ()
    steps: tuple[GuideStep, ...]
    mark: str


class OpenGuide(Value):
    """Read a guide that was found."""

    guide: str
    language: str


class NoteWalk(Value):
    """Write down how far a shopper has come with a guide; `walk` is empty at its beginning, `mark` the guide's own."""

    walk: str = ""
    guide: str
    language: str
    mark: str = ""
    product: str = ""
    path: Annotated[tuple[Annotated[int, Field(ge=1, le=100)], ...], Field(min_length=1, max_length=100)]
    outcome: WalkOutcome = "open"


class WalkNoted(Value):
    """The walk, by which it is gone on with."""

    walk: str


class LastWalk(Value):
    """Look for the walk that a customer may want to go on with."""


class EarlierWalk(Value):
    """A walk that did not solve it: the steps told, and how many of them were tried for sure.

    `mark` is the guide's as it was then.
    """

    walk: str
    guide: str
    language: str
    product: str = ""
    mark: str
    path: tuple[int, ...]
    tried: int
    outcome: WalkOutcome
    at: datetime


class LastWalkFound(Value):
    """The walk, where there is one."""

    walk: EarlierWalk | None
