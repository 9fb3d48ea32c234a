"""The hand-off card as a console shows it."""

from __future__ import annotations

from collections.abc import Sequence

from dangol.helpdesk.api import make_card
from dangol.kernel.facts import Fact
from dangol.kernel.tools import Toolbox
from dangol.server.staff.shapes import ArticleRef, CardView, ProductRef, Tried


def card_view(log: Sequence[Fact], toolbox: Toolbox, language: str) -> CardView | None:
    """The card of a conversation; None before anything was said."""
    card = make_card(log, toolbox, language)
    if card is None:
        return None
    return CardView(
        wish=card.wish,
        reason=card.reason,
        language=card.language,
        sentiment=card.sentiment,
        summary=list(card.summary),
        tried=[
            Tried(tool=each.tool, title=each.title, outcome=each.outcome, why=each.why) for each in card.tried
        ],
        orders=list(card.orders),
        products=[ProductRef(product=product, title=title) for product, title in card.products],
        policies=[ArticleRef(title=title, article=article, url=url) for title, article, url in card.policies],
        next=list(card.next),
        known=card.known,
    )
