"""The work itself, free of any queue: each chore may be done twice, at once or after a crash, and counts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from dangol.assistant import records as conversations
from dangol.assistant.availability import beat
from dangol.assistant.person_records import is_upset
from dangol.carts import api as carts
from dangol.catalog import api as catalog
from dangol.contracts.payment import GatewayDown, RefundRefused
from dangol.contracts.tracker import ParcelUnknown, TrackerRefused, TrackerUnreachable
from dangol.insights import api as insights
from dangol.kernel.errors import NotFound
from dangol.kernel.sealing import KeyMissing, SealBroken
from dangol.orders import api as orders
from dangol.outreach import api as outreach
from dangol.payments import api as payments
from dangol.returns import api as returns
from dangol.server import privacy
from dangol.server.database import alone
from dangol.server.learning import keep_learning
from dangol.server.resealing import reseal_where_due
from dangol.server.taking_over import records as uploads
from dangol.server.taking_over.work import take_over_upload
from dangol.server.workers.floor import MOST_TRIES, Connection, Floor, wait_after
from dangol.server.workers.sending import Sending

log = structlog.get_logger(__name__)


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


_HISTORY_LASTS = timedelta(hours=6)  # half a year of parcels teaches nothing new within hours


class Chores:
    """Everything that is done behind the shop's back."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._sending = Sending(floor)
        self._history: tuple[datetime, outreach.History] | None = None

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
            await self._sending.announce(int(args[0]))
        elif chore == "deliver":
            await self._sending.deliver(int(args[0]), args[1])
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
        async with self._floor.open_connection() as conn, alone(conn, f"refund {refund_id}"):
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
        async with floor.open_connection() as conn, alone(conn, f"upload {upload_id}"):
            await take_over_upload(
                floor.open_connection, floor.shop(), floor.data / "media", upload_id, floor.clock.now()
            )

    async def further(self, return_id: int) -> None:
        """Take a return that is due as far as it goes: the parcel booked, the money given back."""
        floor, now = self._floor, self._floor.clock.now()
        async with floor.open_connection() as conn, alone(conn, f"return {return_id}"):
            await returns.further(
                conn, floor.shop(), floor.gateways, floor.carriers, return_id, now, wait_after
            )

    async def follow(self, parcel_id: int) -> None:
        """Ask where a parcel is and write what is told; without an answer it is asked for later."""
        now = self._floor.clock.now()
        async with self._floor.open_connection() as conn, alone(conn, f"parcel {parcel_id}"):
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

    async def watch_orders(self) -> None:
        """Foretell which orders come late and tell their shoppers; looked at again nobody is told twice."""
        floor, now = self._floor, self._floor.clock.now()
        async with floor.open_connection() as conn, alone(conn, "watching orders"):
            if self._history is None or now - self._history[0] >= _HISTORY_LASTS:
                self._history = now, await outreach.load_history(conn, floor.shop(), now)
            await outreach.watch_orders(conn, floor.shop(), self._history[1], now)

    async def follow_up(self) -> None:
        """Send care tips for what was delivered long enough ago, and tell who agreed to advertising two years ago that
        they did; looked at again nobody is written to twice."""
        floor = self._floor
        able = frozenset({"conversation", *(postbox.medium for postbox in floor.postboxes)})
        async with floor.open_connection() as conn, alone(conn, "following up"):
            await outreach.follow_up(conn, floor.shop(), able, is_upset, floor.clock.now())
            await outreach.remind(conn, floor.shop(), able, floor.clock.now())

    async def forget_prompts(self) -> None:
        """Delete what language models were asked and answered once the shop need not keep it."""
        before = self._floor.clock.now() - timedelta(days=self._floor.shop().assistant.audit_days)
        async with self._floor.open_connection() as conn:
            await conversations.forget_prompts(conn, before)

    async def forget_old(self) -> None:
        """Delete what the shop said it would keep no longer, and the accounts of those who left; done twice it
        finds nothing."""
        floor, now = self._floor, self._floor.clock.now()
        async with floor.open_connection() as conn, alone(conn, "forgetting"):
            await privacy.forget_old(conn, floor.data, floor.shop(), now)
            await privacy.let_go(conn, floor.data, floor.shop(), now)

    async def reseal(self) -> None:
        """Seal under the current data key what is not; once after a key was made."""
        floor = self._floor
        async with floor.open_connection() as conn, alone(conn, "resealing"):
            try:
                await reseal_where_due(conn, floor.data, floor.clock.now())
            except (KeyMissing, SealBroken) as no:
                log.error("not_resealed", why=no.code, **no.details)  # the rest of the house goes on

    async def reckon(self) -> None:
        """Tell anew who is likely to leave, once a night."""
        floor = self._floor
        async with floor.open_connection() as conn, alone(conn, "reckoning"):
            await insights.reckon_nightly(conn, floor.shop(), floor.clock.now())

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
