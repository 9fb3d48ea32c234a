"""What other rooms and the server may call of the knowledge room."""

from dangol.knowledge.model import Gap, GapState, PolicyFact
from dangol.knowledge.reading import REASONS, NoFolder
from dangol.knowledge.routes import routes
from dangol.knowledge.search.articles import CHANNEL, Articles
from dangol.knowledge.service import close_gap, gaps, import_articles, note_gap
from dangol.knowledge.shop_policy import hours_in_words, policy_facts
from dangol.knowledge.tools import tools

__all__ = [
    "CHANNEL",
    "REASONS",
    "Articles",
    "Gap",
    "GapState",
    "NoFolder",
    "PolicyFact",
    "close_gap",
    "gaps",
    "hours_in_words",
    "import_articles",
    "note_gap",
    "policy_facts",
    "routes",
    "tools",
]
