"""Every tool of every room in one box, handed to the assistant by whoever opens the house."""

from __future__ import annotations

from collections.abc import Callable

from dangol.assistant.person_records import is_upset
from dangol.carts import tools as cart_tools
from dangol.catalog import api as catalog
from dangol.catalog import tools as catalog_tools
from dangol.customers import tools as customer_tools
from dangol.helpdesk import tools as desk_tools
from dangol.kernel.tools import Toolbox
from dangol.knowledge import api as knowledge
from dangol.orders import tools as order_tools
from dangol.orders.verification import tools as verification_tools
from dangol.outreach import tools as outreach_tools
from dangol.payments import tools as payment_tools
from dangol.payments.api import Gateways
from dangol.returns import tools as return_tools
from dangol.returns.api import Carriers


def all_tools(
    search: catalog.Search,
    articles: knowledge.Articles,
    gateways: Gateways,
    public_url: Callable[[], str],
    carriers: Carriers,
    label_key: Callable[[str], str],
    code_for: Callable[[str], str],
) -> Toolbox:
    """Everything the shop can be asked to do."""

    def label_url(number: str) -> str:
        return f"{public_url()}/api/store/returns/{number}/label.pdf?key={label_key(number)}"

    return Toolbox(
        (
            *customer_tools.tools(knowledge.kept_of),
            *catalog_tools.tools(search),
            *knowledge.tools(articles),
            *cart_tools.tools(search),
            *order_tools.TOOLS,
            *verification_tools.tools(code_for),
            *payment_tools.tools(gateways, public_url),
            *return_tools.tools(carriers, label_url),
            *desk_tools.TOOLS,
            *outreach_tools.tools(search, is_upset),
        )
    )
