"""What other rooms and the server may call of the learning room."""

from dangol.learning.agreement import Standing, look_for_drop
from dangol.learning.agreement import draw as draw_sample
from dangol.learning.following import catch_up, rebuild
from dangol.learning.likeness import Likeness
from dangol.learning.model import (
    Ability,
    Archive,
    Colleague,
    Guess,
    Learned,
    Line,
    Logged,
    Marked,
    Moment,
    Moved,
    Place,
    Reader,
)
from dangol.learning.records.lessons import learned, own_intents
from dangol.learning.records.versions import (
    Published,
    Version,
    before_last,
    keep,
    publish,
    published,
    versions,
)
from dangol.learning.routes import Parts, routes
from dangol.learning.rules import example_line, masked

__all__ = [
    "Ability",
    "Archive",
    "Colleague",
    "Guess",
    "Learned",
    "Likeness",
    "Line",
    "Logged",
    "Marked",
    "Moment",
    "Moved",
    "Parts",
    "Place",
    "Published",
    "Reader",
    "Standing",
    "Version",
    "before_last",
    "catch_up",
    "draw_sample",
    "example_line",
    "keep",
    "learned",
    "look_for_drop",
    "masked",
    "own_intents",
    "publish",
    "published",
    "rebuild",
    "routes",
    "versions",
]
