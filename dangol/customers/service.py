"""What can be done with customers: tell who they are, keep what they agreed to, give and spend points."""

from __future__ import annotations

from datetime import datetime

from dangol.contracts.shopfloor.people import AddressView, CustomerView
from dangol.customers import records, rules
from dangol.customers.model import NotEnoughPoints, Standing
from dangol.customers.records import Connection
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop


async def identify(
    conn: Connection, *, external_id: str | None, email: str | None, name: str | None, now: datetime
) -> int:
    """Find a person by the shop's own id, else by e-mail without regard to case, else take them in as new.

    Fills in what was not known; never overwrites. Two at once end with one customer.
    """
    external_id, email = external_id or None, (email or "").strip() or None
    if not external_id and not email:
        raise NotFound(what="customer")
    async with conn.transaction():
        found = await records.known(conn, external_id, email)
        if not found:
            added = await records.add_customer(conn, external_id, email, name or "", now)
            if added:
                return added
            found = await records.known(conn, external_id, email)
        if not found:
            raise NotFound(what="customer")
        if (
            (external_id and not found.external_id)
            or (email and not found.email)
            or (name and not found.name)
        ):
            await records.complete(conn, found.id, external_id, email, name or "")
        return found.id


async def customer_view(
    conn: Connection, shop: Shop, customer_id: int, language: str, now: datetime
) -> CustomerView:
    """What may be known of an identified customer in a conversation; the orders room adds what it knows.

    Raises NotFound for nobody.
    """
    customer = await records.customer(conn, customer_id)
    if not customer:
        raise NotFound(what="customer")
    standing = await records.standing(conn, customer_id, now)
    tier = rules.tier_reached(shop, standing.spent)
    return CustomerView(
        customer_id=customer_id,
        name=customer.name,
        email=customer.email or "",
        phone=customer.phone,
        points=standing.points,
        tier=shop.say(tier.name, language) if tier else "",
        saved_addresses=tuple(await records.addresses(conn, customer_id)),
    )


async def standing(conn: Connection, customer_id: int, now: datetime) -> Standing:
    """Points that can be used now, money spent (minor units), and whether they ever bought anything."""
    return await records.standing(conn, customer_id, now)


async def points_balance(conn: Connection, customer_id: int, now: datetime) -> int:
    """How many points can be used now."""
    return (await records.standing(conn, customer_id, now)).points


async def grant_points(
    conn: Connection, customer_id: int, points: int, *, cause: str, expires: datetime | None, now: datetime
) -> None:
    """Give points once per cause; none or fewer are not written."""
    if points > 0:
        async with conn.transaction():
            await records.add_grant(conn, customer_id, points, cause, now, expires)


async def revoke_grant(conn: Connection, cause: str) -> int:
    """Take back what is unused of points once given (a purchase was undone); returns how many went."""
    async with conn.transaction():
        return await records.shrink_grant(conn, cause)


async def spend_points(conn: Connection, customer_id: int, points: int, *, cause: str, now: datetime) -> None:
    """Spend points once per cause, those that expire first before the others.

    Raises NotEnoughPoints when fewer can be used; then nothing is spent.
    """
    if points <= 0:
        return
    async with conn.transaction():
        await records.lock(conn, customer_id)
        spend = await records.add_spend(conn, customer_id, points, cause, now)
        if spend is None:
            return
        parts = rules.taken_from(await records.grants(conn, customer_id, now), points)
        if sum(part for _, part in parts) < points:
            raise NotEnoughPoints(wanted=points, balance=sum(part for _, part in parts))
        await records.use_grants(conn, spend, parts)


async def give_back_points(conn: Connection, cause: str) -> int:
    """Put the points of a spend back, once, with the expiry they had; returns how many."""
    async with conn.transaction():
        return await records.undo_spend(conn, cause)


async def give_back_part(conn: Connection, cause: str, points: int) -> int:
    """Put some points of a spend back with the expiry they had; a later giving back gives only the rest."""
    if points <= 0:
        return 0
    async with conn.transaction():
        return await records.undo_part_of_spend(conn, cause, points)


async def revoke_part(conn: Connection, cause: str, points: int) -> int:
    """Take back some points once given, as far as they are unused; returns how many went."""
    if points <= 0:
        return 0
    async with conn.transaction():
        return await records.shrink_grant_by(conn, cause, points)


async def note_purchase(
    conn: Connection, customer_id: int, amount: int, *, cause: str, bought: datetime
) -> None:
    """Count money (minor units) towards the tier, once per cause; below zero for a refund of its own cause."""
    async with conn.transaction():
        await records.note_purchase(conn, customer_id, amount, cause, bought)


async def note_contact(conn: Connection, customer_id: int, *, name: str = "", phone: str = "") -> None:
    """Keep name and phone as last given; the e-mail is who they are and is not changed here."""
    async with conn.transaction():
        await records.set_contact(conn, customer_id, name.strip(), rules.plain_phone(phone) or "")


async def addresses(conn: Connection, customer_id: int) -> tuple[AddressView, ...]:
    """Saved addresses, last used first (at most 20)."""
    return tuple(await records.addresses(conn, customer_id))


async def save_address(conn: Connection, customer_id: int, address: AddressView, now: datetime) -> None:
    """Keep an address, or note that it was used again; the same address is kept once."""
    async with conn.transaction():
        await records.save_address(conn, customer_id, address, now)


async def adopt(conn: Connection, from_key: str, to_key: str) -> None:
    """Hand preferences, agreements and the personalisation switch of a visitor to the customer they turned out to be."""
    if from_key == to_key:
        return
    async with conn.transaction():
        await records.move_person(conn, from_key, to_key)
