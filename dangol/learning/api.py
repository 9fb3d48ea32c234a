"""What other rooms and the server may call of the learning room."""

from dangol.learning.agreement import Standing, look_for_drop
from dangol.learning.agreement import draw as draw_sample
from dangol.learning.answering import approved as approved_answers
from dangol.learning.answering import keep as keep_answer
from dangol.learning.enquiries import REASONS as ENQUIRY_REASONS
from dangol.learning.enquiries import Columns, import_enquiries
from dangol.learning.enquiries import propose as propose_groups
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
    SuggestedAnswer,
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
    "ENQUIRY_REASONS",
    "Ability",
    "Archive",
    "Colleague",
    "Columns",
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
    "SuggestedAnswer",
    "Version",
    "approved_answers",
    "before_last",
    "catch_up",
    "draw_sample",
    "example_line",
    "import_enquiries",
    "keep",
    "keep_answer",
    "learned",
    "look_for_drop",
    "masked",
    "own_intents",
    "propose_groups",
    "publish",
    "published",
    "rebuild",
    "routes",
    "versions",
]
