"""Which goods of an order are not to be sent back: "주전자는 빼고요", "everything but the teapot", "keep the mug"."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dangol.assistant.minds.embedded.desk import Desk
from dangol.contracts.shopfloor.orders import OrderLineView, OrderView

_LEFT_OUT = re.compile(
    r"(?i)(?P<ko>[가-힣a-z0-9 ]{1,20}?)(?:은|는|을|를|만)?\s?(?:빼[고구줘주]|뺄|제외|말고|놔\s?두|놔\s?둘|두고\s|남기|남길|그대로\s?(?:둘|두)|안\s?보낼|가질)"
    r"|\b(?:except|but not|all but|everything but|not|keep(?:ing)?|without|minus|leave out)\s(?:for\s)?(?:the\s|my\s)?(?P<en>[a-z][a-z ]{1,24})"
)


def said(desk: Desk) -> list[str]:
    """The words for what is left out; [] where nothing is."""
    excluded = [each.text for each in desk.entities if each.type == "excluded"]
    return [*excluded, *((found["ko"] or found["en"] or "") for found in _LEFT_OUT.finditer(desk.text))]


def kept(
    desk: Desk, order: OrderView, named: Callable[[OrderView, str], Sequence[OrderLineView]]
) -> frozenset[str]:
    """The lines that stay, by what names goods of an order; never all of them."""
    lines = {each.line for text in said(desk) for each in named(order, text)}
    return frozenset(lines) if len(lines) < len(order.lines) else frozenset()
