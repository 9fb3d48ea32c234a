"""The work itself, free of any queue: each chore may be done twice, at once or after a crash, and counts once."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from psycopg import AsyncConnection

from dangol.assistant import records as conversations
from dangol.assistant.availability import beat
from dangol.carts import api as carts
from dangol.catalog import api as catalog
from dangol.contracts.payment import GatewayDown, RefundRefused
from dangol.contracts.postbox import CarrierDown, Letter, Postbox
from dangol.contracts.shopfloor.shown import order_block
from dangol.contracts.tracker import ParcelUnknown, Tracker, TrackerRefused, TrackerUnreachable
from dangol.kernel.blocks import NoticeBlock, OrderBlock
from dangol.kernel.clock import Clock
from dangol.kernel.errors import NotFound
from dangol.kernel.facts import NoticeGiven
from dangol.kernel.shop import Shop
from dangol.orders import api as orders
from dangol.orders.api import Announcement, Delivery
from dangol.payments import api as payments
from dangol.payments.api import Gateways
from dangol.returns import api as returns
from dangol.returns.api import Carriers
from dangol.server import privacy
from dangol.server.learning import keep_learning
from dangol.server.taking_over import records as uploads
from dangol.server.taking_over.work import take_over_upload
from dangol.server.workers import letters
from dangol.server.workers.letters import WAYS, Words

log = structlog.get_logger(__name__)

Connection = AsyncConnection[Any]
Notice = Callable[[str, NoticeGiven], Awaitable[object]]
"""Writes a notice into a conversation, once per cause. Raises NotFound when the conversation is gone."""

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
MOST_TRIES = 8
"""A letter that cannot be handed over so often is given up and shown to staff."""

_TOPICS = {"shipment_moved": "delivery", "restocked": "restock", "order_paid": "order"}
_ABOUT_RETURNS = "return_"


@dataclass(frozen=True)
class Job:
    """A chore to be queued; its id follows from what caused it, so that queueing it twice is harmless."""

    chore: str
    args: tuple[str, ...]
    attempt: int = 0

    @property
    def id(self) -> str:
        """The name under which it is queued."""
        return ":".join((self.chore, *self.args, str(self.attempt)))


@dataclass(frozen=True)
class Floor:
    """What the chores need of the house."""

    open_connection: Callable[[], AbstractAsyncContextManager[Connection]]
    shop: Callable[[], Shop]
    gateways: Gateways
    carriers: Carriers
    postboxes: Sequence[Postbox]
    notice: Notice
    clock: Clock
    public_url: Callable[[], str]
    code_for: Callable[[str], str]
    data: Path
    trackers: Sequence[Tracker] = ()


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many tries: twice as long each time, an hour at most."""
    doubled: timedelta = FIRST_WAIT * 2 ** min(attempts, 12)
    return min(LONGEST_WAIT, doubled)


class Chores:
    """Everything that is done behind the shop's back."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    def now(self) -> datetime:
        """The present moment."""
        return self._floor.clock.now()

    async def do(self, chore: str, args: Sequence[str]) -> None:
        """Do a chore by its name."""
        if chore == "settle":
            await self.settle(args[0], args[1])
        elif chore == "give_back":
            await self.give_back(int(args[0]))
        elif chore == "announce":
            await self.announce(int(args[0]))
        elif chore == "deliver":
            await self.deliver(int(args[0]), args[1])
        elif chore == "further":
            await self.further(int(args[0]))
        elif chore == "take_over":
            await self.take_over(args[0])
        elif chore == "follow":
            await self.follow(int(args[0]))
        else:
            raise LookupError(f"there is no chore called {chore}")

    async def settle(self, gateway: str, event: str) -> None:
        """Work off one event a gateway told."""
        floor, now = self._floor, self._floor.clock.now()
        async with floor.open_connection() as conn:
            await payments.settle(conn, floor.gateways, floor.shop(), gateway, event, now)

    async def give_back(self, refund_id: int) -> None:
        """Ask the gateway for a refund that was written down; put it off when there is no answer."""
        now = self._floor.clock.now()
        async with self._floor.open_connection() as conn, self._alone(conn, f"refund {refund_id}"):
            row = await payments.refund_row(conn, refund_id)
            if row is None or row.state != "requested" or row.due_at > now:
                return
            try:
                await payments.carry_out_refund(conn, self._floor.gateways, refund_id, now)
            except GatewayDown as no:
                await payments.put_off_refund(conn, refund_id, now + wait_after(row.attempts), no.code)
                if row.attempts + 1 == MOST_TRIES:
                    await payments.tell_refund_stuck(conn, refund_id, no.code, now)
            except (RefundRefused, NotFound):
                log.warning("refund refused by the gateway", refund=refund_id)

    async def take_over(self, upload_id: str) -> None:
        """Take over a file that another system of the shop sent in."""
        floor = self._floor
        async with floor.open_connection() as conn, self._alone(conn, f"upload {upload_id}"):
            await take_over_upload(
                floor.open_connection, floor.shop(), floor.data / "media", upload_id, floor.clock.now()
            )

    async def further(self, return_id: int) -> None:
        """Take a return that is due as far as it goes: the parcel booked, the money given back."""
        floor, now = self._floor, self._floor.clock.now()
        async with floor.open_connection() as conn, self._alone(conn, f"return {return_id}"):
            await returns.further(
                conn, floor.shop(), floor.gateways, floor.carriers, return_id, now, wait_after
            )

    async def follow(self, parcel_id: int) -> None:
        """Ask where a parcel is and write what is told; without an answer it is asked for later."""
        now = self._floor.clock.now()
        async with self._floor.open_connection() as conn, self._alone(conn, f"parcel {parcel_id}"):
            parcel = await orders.followed(conn, parcel_id)
            if parcel is None or parcel.ask_at is None or parcel.ask_at > now:
                return
            tracker = next((one for one in self._floor.trackers if one.follows(parcel.carrier)), None)
            if tracker is None:
                await orders.stop_asking(conn, parcel_id)
                return
            try:
                report = await tracker.where(parcel.carrier, parcel.tracking_no)
            except (TrackerUnreachable, ParcelUnknown, TrackerRefused) as no:
                wish = no.details.get("after")
                seconds = wish if isinstance(wish, int) else 0
                await orders.note_parcel_trouble(conn, parcel, no.code, now, asked_for=seconds)
                if isinstance(no, TrackerRefused):
                    log.error("tracker_refused", tracker=tracker.name)
            else:
                await orders.take_parcel_report(conn, parcel, report, now)
            quiet = timedelta(hours=self._floor.shop().shipping.silent_hours)
            await orders.tell_parcel_silence(conn, parcel, quiet, now)

    async def announce(self, announcement_id: int) -> None:
        """Plan by which ways an announcement goes out, and send it on each."""
        async with self._floor.open_connection() as conn:
            told = await orders.announcement(conn, announcement_id)
            if told is None:
                return
            ways = await self._ways(conn, told)
            await orders.plan_deliveries(conn, announcement_id, ways, self._floor.clock.now())
        for medium, _ in ways:
            await self.deliver(announcement_id, medium)

    async def deliver(self, announcement_id: int, medium: str) -> None:
        """Send one delivery that is due; on failure it is tried again later, and given up in the end."""
        now = self._floor.clock.now()
        key = f"announcement:{announcement_id}:{medium}"
        async with self._floor.open_connection() as conn, self._alone(conn, key):
            delivery = await orders.delivery(conn, announcement_id, medium)
            if delivery is None or delivery.state != "waiting" or delivery.due_at > now:
                return
            told = await orders.announcement(conn, announcement_id)
            assert told is not None
            try:
                ref = await self._send(conn, told, delivery, key)
            except NotFound as no:
                await orders.note_trouble(conn, delivery, no.code, now, again_at=None)
            except CarrierDown as no:
                await self._note_trouble(conn, delivery, str(no.details.get("why", no.code)), now)
            except Exception as no:
                log.exception("a letter could not be written", kind=told.kind, medium=medium)
                await self._note_trouble(conn, delivery, type(no).__name__, now)
            else:
                await orders.note_delivery(conn, delivery, now, carrier_ref=ref)

    async def _note_trouble(self, conn: Connection, delivery: Delivery, trouble: str, now: datetime) -> None:
        last = delivery.attempts + 1 >= MOST_TRIES
        again_at = None if last else now + wait_after(delivery.attempts)
        await orders.note_trouble(conn, delivery, trouble, now, again_at=again_at)

    @contextlib.asynccontextmanager
    async def _alone(self, conn: Connection, what: str) -> AsyncIterator[None]:
        """Nobody else does the same thing at this moment; who comes second waits, and looks at what was done.

        A process that was killed holds its lock a moment longer: its work must not be passed over.
        """
        await conn.execute("select pg_advisory_lock(hashtextextended(%s, 41))", (what,))
        try:
            yield
        finally:
            await conn.execute("select pg_advisory_unlock(hashtextextended(%s, 41))", (what,))

    async def _ways(self, conn: Connection, told: Announcement) -> list[tuple[str, str]]:
        """(medium, recipient) of an announcement: where there is somebody to be reached and a way to do it."""
        if not letters.worth_saying(told):
            return []
        if "wish" in told.body and await carts.restock_gone_again(conn, told.body["wish"], told.subject):
            return []
        wanted = WAYS.get(told.kind, ())
        if told.kind in orders.FOR_STAFF:
            mail = self._floor.shop().contact.email
            return [("email", mail)] if mail else []
        order = await orders.order_row(conn, told.subject)
        contact = str(told.body.get("contact", ""))
        reached = {
            "conversation": str(
                told.body.get("return_conversation") or told.body.get("conversation_id") or ""
            ),
            "email": order.email if order else contact if "@" in contact else "",
            "sms": order.phone if order else "" if "@" in contact else contact,
        }
        able = {"conversation", *(postbox.medium for postbox in self._floor.postboxes)}
        return [(medium, reached[medium]) for medium in wanted if reached[medium] and medium in able]

    async def _send(self, conn: Connection, told: Announcement, delivery: Delivery, key: str) -> str | None:
        language = self._language(told)
        words, block = await self._words(conn, told, language, link=delivery.medium != "conversation")
        if delivery.medium == "conversation":
            about_return = told.kind.startswith(_ABOUT_RETURNS)
            topic = "return" if about_return else _TOPICS.get(told.kind, "payment")
            notice = NoticeBlock(id="n1", topic=topic, text=words.said)
            blocks = (notice, block) if block is not None else (notice,)
            await self._floor.notice(
                delivery.recipient, NoticeGiven(cause=f"announcement:{told.id}", blocks=blocks)
            )
            return None
        postbox = next(one for one in self._floor.postboxes if one.medium == delivery.medium)
        email = postbox.medium == "email"
        shop = self._floor.shop()
        letter = Letter(
            medium=postbox.medium,
            to=delivery.recipient,
            subject=words.subject if email else "",
            text=words.letter if email else f"[{shop.say(shop.name, language)}] {words.said}",
            language=language,
        )
        return await postbox.send(letter, key=key)

    def _language(self, told: Announcement) -> str:
        if told.kind in orders.FOR_STAFF:
            return letters.spoken(self._floor.shop().language)
        return letters.spoken(str(told.body.get("language") or self._floor.shop().language))

    async def _words(
        self, conn: Connection, told: Announcement, language: str, *, link: bool
    ) -> tuple[Words, OrderBlock | None]:
        shop = self._floor.shop()
        order = await orders.order_row(conn, told.subject)
        if order is None:
            address = (
                f"{self._floor.public_url()}/products/{told.body['product']}"
                if "product" in told.body
                else ""
            )
            if told.kind == "verification_code":
                told = replace(told, body={**told.body, "code": self._floor.code_for(told.subject)})
            return letters.word(told, shop, language, link=address), None
        view = await orders.order_view(conn, shop, order.number, language)
        address = ""
        if link and told.kind not in orders.FOR_STAFF:
            token = await orders.new_token(conn, order.number, self._floor.clock.now())
            address = f"{self._floor.public_url()}/orders/{order.number}?token={token}"
        words = letters.word(told, shop, language, order=order, view=view, link=address)
        shown = told.kind in ("order_paid", "shipment_moved")
        block = order_block(view, language, shop.zone).model_copy(update={"id": "n2"}) if shown else None
        return words, block

    async def keep_house(self) -> None:
        """Note that the shop is served; let go what was not paid in time; tell those who wait for something."""
        now = self._floor.clock.now()
        async with self._floor.open_connection() as conn:
            await beat(conn, now)
            await orders.expire_due(conn, now)
            await payments.drop_due(conn, now)
            await returns.drop_unpaid(conn, now)
            for due in await carts.restock_due(conn, now):
                await self._tell_restocked(conn, due, now)
            await keep_learning(conn, self._floor.shop(), now)

    async def forget_prompts(self) -> None:
        """Delete what language models were asked and answered once the shop need not keep it."""
        before = self._floor.clock.now() - timedelta(days=self._floor.shop().assistant.audit_days)
        async with self._floor.open_connection() as conn:
            await conversations.forget_prompts(conn, before)

    async def forget_old(self) -> None:
        """Delete what the shop said it would keep no longer, and the accounts of those who left; done twice it
        finds nothing."""
        floor, now = self._floor, self._floor.clock.now()
        async with floor.open_connection() as conn, self._alone(conn, "forgetting"):
            await privacy.forget_old(conn, floor.data, floor.shop(), now)
            await privacy.let_go(conn, floor.data, floor.shop(), now)

    async def _tell_restocked(self, conn: Connection, due: carts.RestockDue, now: datetime) -> None:
        sold = await catalog.variants(conn, [due.sku], due.language, self._floor.shop())
        variant = sold.get(due.sku)
        if variant is None:
            return
        kind, _, name = due.shopper.partition(":")
        title = " ".join((variant.title, *variant.options.values()))
        body = {
            "contact": due.contact,
            "language": due.language,
            "product": variant.product,
            "title": title,
            "wish": due.id,
            "conversation_id": name if kind == "conversation" else None,
        }
        async with conn.transaction():
            if await carts.restock_told(conn, due.id, now):
                await orders.announce(conn, "restocked", due.sku, body, now)

    async def unsaid(self) -> list[Job]:
        """Everything that is due by now, also what a crash left behind."""
        now = self._floor.clock.now()
        async with self._floor.open_connection() as conn:
            jobs = [Job("settle", pair) for pair in await payments.waiting_events(conn)]
            jobs += [Job("take_over", (one,)) for one in await uploads.waiting(conn)]
            refunds = await payments.due_refunds(conn, now)
            jobs += [Job("give_back", (str(one.id),), one.attempts) for one in refunds]
            waiting = await returns.due(conn, now)
            jobs += [Job("further", (str(one.id), returns.stage(one)), one.attempts) for one in waiting]
            parcels = await orders.due_parcels(conn, now)
            jobs += [Job("follow", (str(one.id), f"{one.ask_at:%Y%m%d%H%M%S}")) for one in parcels]
            jobs += [Job("announce", (str(one),)) for one in await orders.untold(conn)]
            due = await orders.due_deliveries(conn, now)
            jobs += [Job("deliver", (str(one.announcement_id), one.medium), one.attempts) for one in due]
        return jobs
