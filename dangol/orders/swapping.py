"""Other variants for several lines of an order at once: what it comes to, and whether it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dangol.catalog import api as catalog
from dangol.kernel.after_sale import NewItem
from dangol.kernel.errors import NotFound
from dangol.kernel.tools import ToolContext
from dangol.orders import records
from dangol.orders.model import LineRow, OrderRow


@dataclass(frozen=True)
class Swap:
    """A line with the variant that is wanted for it, and the difference in price (minor units)."""

    line: LineRow
    new: catalog.SoldVariant
    difference: int

    @property
    def item(self) -> NewItem:
        """The same for the rules."""
        return NewItem(
            line=str(self.line.line),
            same_product=self.new.product == self.line.product,
            other_variant=self.new.sku != self.line.sku,
            in_stock=self.new.stock >= self.line.quantity,
        )


async def swaps(ctx: ToolContext, order: OrderRow, wanted: Sequence[tuple[str, str]]) -> list[Swap]:
    """The lines that are meant with the variants wanted for them; each line once.

    Raises NotFound for a line or variant that is none.
    """
    lines = {str(line.line): line for line in (await records.lines_of(ctx.conn, [order.id]))[order.id]}
    meant = [lines.get(number) for number, _ in wanted]
    skus = {sku for _, sku in wanted} | {line.sku for line in meant if line}
    sold = await catalog.variants(ctx.conn, skus, ctx.language, ctx.shop)
    found: list[Swap] = []
    for line, (number, sku) in zip(meant, wanted, strict=True):
        new = sold.get(sku)
        if line is None or new is None or not new.active or any(one.line is line for one in found):
            raise NotFound(line=number, sku=sku)
        found.append(Swap(line, new, difference(line, new, sold.get(line.sku))))
    return found


def difference(line: LineRow, new: catalog.SoldVariant, was: catalog.SoldVariant | None) -> int:
    """What another variant costs more for a line (minor units); below zero no more than the line cost.

    A price that rose since the purchase is not asked of who only swaps a colour: the old variant's price of today
    counts where it is still sold.
    """
    before = was.price.amount if was is not None else line.unit_price
    return max((new.price.amount - before) * line.quantity, -line.total)
