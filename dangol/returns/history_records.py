"""What came back through the shop's doing, added up customer by customer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.kernel.after_sale.policy import OURS
from dangol.kernel.person import Counted


async def returns_of_ours(conn: AsyncConnection[Any], until: datetime) -> Counted:
    """Returns for a defect, a wrong thing or another reason of the shop's making, by customer."""
    cursor = await conn.execute(
        "select customer_id, count(*), max(asked_at) from returns where customer_id is not null and reason = any(%s)"
        " and status not in ('refused', 'cancelled') and asked_at < %s group by customer_id",
        (sorted(OURS), until),
    )
    return {row[0]: (row[1], row[2]) for row in await cursor.fetchall()}
