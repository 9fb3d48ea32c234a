"""The cart as a page changes it: the same verbs and the same cart as in the chat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dangol.carts import api as carts
from dangol.contracts.shopfloor.baskets import ApplyCoupon, CartView
from dangol.kernel.clock import Clock
from dangol.kernel.errors import Refused
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper, Toolbox, ToolContext
from dangol.server.database import Connection
from dangol.server.live import tell


class CartRefused(Exception):
    """The shop's own rules refuse the change, and would refuse it again: `because` says why."""

    def __init__(self, because: Refused) -> None:
        super().__init__(because.code)
        self.because = because


@dataclass(frozen=True)
class CartDoor:
    """What a page may do with the cart of the conversation it holds."""

    toolbox: Toolbox
    shop: Callable[[], Shop]
    clock: Clock

    async def view(self, conn: Connection, shopper: Shopper, language: str) -> CartView:
        """The cart with its whole price."""
        return await carts.view(conn, self.shop(), shopper, language, self.clock.now())

    async def set_quantity(
        self, conn: Connection, shopper: Shopper, sku: str, quantity: int, language: str
    ) -> CartView:
        """Set how many of a variant are in the cart. Raises CartRefused, NotFound."""
        try:
            await carts.set_quantity(conn, self.shop(), shopper, sku, quantity, self.clock.now())
        except Refused as refusal:
            raise _for_the_page(refusal) from refusal
        await self.tell(conn, shopper.conversation_id)
        return await self.view(conn, shopper, language)

    async def use_coupon(self, conn: Connection, shopper: Shopper, code: str, language: str) -> CartView:
        """Use a coupon. Raises CartRefused with the reason."""
        context = ToolContext(conn, self.shop(), self.clock.now(), language, shopper)
        try:
            async with conn.transaction():
                await self.toolbox["apply_coupon"].run(context, ApplyCoupon(code=code))
        except Refused as refusal:
            raise _for_the_page(refusal) from refusal
        await self.tell(conn, shopper.conversation_id)
        return await self.view(conn, shopper, language)

    async def tell(self, conn: Connection, conversation_id: str) -> None:
        """Let other windows of this conversation know that its cart has changed."""
        await tell(conn, conversation_id, "cart")


def _for_the_page(refusal: Refused) -> Exception:
    return CartRefused(refusal) if refusal.status == 409 else refusal
