"""What other rooms and the server may call of the knowledge room."""

from dangol.knowledge.editing import articles, edit_article, passages, remove_article, versions
from dangol.knowledge.guides import BrokenGuide
from dangol.knowledge.model import Article, Gap, GapState, PolicyFact, Version
from dangol.knowledge.reading import REASONS, NoFolder
from dangol.knowledge.routes import routes
from dangol.knowledge.search.articles import CHANNEL, Articles
from dangol.knowledge.service import close_gap, gaps, import_articles, kept_of, note_gap, reopen_gaps
from dangol.knowledge.shop_policy import hours_in_words, policy_facts
from dangol.knowledge.tools import tools
from dangol.knowledge.walk_records import between as walks_between
from dangol.knowledge.walk_records import erase as erase_of
from dangol.knowledge.walk_records import forget_walkers
from dangol.knowledge.walk_records import held as held_of
from dangol.knowledge.walks import GuideFigure, tallied
from dangol.knowledge.writing import (
    ArticleChanged,
    NothingWritten,
    add_article,
    article,
    extend_article,
    put_back,
)

__all__ = [
    "CHANNEL",
    "REASONS",
    "Article",
    "ArticleChanged",
    "Articles",
    "BrokenGuide",
    "Gap",
    "GapState",
    "GuideFigure",
    "NoFolder",
    "NothingWritten",
    "PolicyFact",
    "Version",
    "add_article",
    "article",
    "articles",
    "close_gap",
    "edit_article",
    "erase_of",
    "extend_article",
    "forget_walkers",
    "gaps",
    "held_of",
    "hours_in_words",
    "import_articles",
    "kept_of",
    "note_gap",
    "passages",
    "policy_facts",
    "put_back",
    "remove_article",
    "reopen_gaps",
    "routes",
    "tallied",
    "tools",
    "versions",
    "walks_between",
]
