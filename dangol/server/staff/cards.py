"""The hand-off card as a console shows it."""

from __future__ import annotations

from collections.abc import Sequence

from dangol.helpdesk.api import make_card
from dangol.kernel.facts import Fact
from dangol.kernel.tools import Toolbox
from dangol.server.staff.shapes import ArticleRef, CardView, ProductRef, Tried


def card_view(
    log: Sequence[Fact], toolbox: Toolbox, language: str, elsewhere: Sequence[Fact] = ()
) -> CardView | None:
    """The card of a conversation; None before anything was said.

    What the same customer gave `elsewhere` a while ago, on another channel perhaps, is known here as well.
    """
    card = make_card(log, toolbox, language)
    if card is None:
        return None
    before = make_card(elsewhere, toolbox, language) if elsewhere else None
    known = {**before.known, **card.known} if before else card.known
    orders = dict.fromkeys((*card.orders, *(before.orders if before else ())))
    return CardView(
        wish=card.wish,
        reason=card.reason,
        language=card.language,
        sentiment=card.sentiment,
        summary=list(card.summary),
        tried=[
            Tried(tool=each.tool, title=each.title, outcome=each.outcome, why=each.why) for each in card.tried
        ],
        orders=list(orders),
        products=[ProductRef(product=product, title=title) for product, title in card.products],
        policies=[ArticleRef(title=title, article=article, url=url) for title, article, url in card.policies],
        next=list(card.next),
        known=known,
    )
