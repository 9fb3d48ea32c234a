"""Announcements on their way out: by which ways each goes, in which words, once by each; tried again and given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog

from dangol.carts import api as carts
from dangol.contracts.postbox import CarrierDown, Letter
from dangol.contracts.shopfloor.shown import order_block
from dangol.kernel.blocks import NoticeBlock, OrderBlock
from dangol.kernel.errors import NotFound, Refused
from dangol.kernel.facts import NoticeGiven
from dangol.orders import api as orders
from dangol.orders.api import Announcement, Delivery
from dangol.outreach import api as outreach
from dangol.server.database import alone
from dangol.server.workers import letters, outreach_words
from dangol.server.workers.floor import MOST_TRIES, Connection, Floor, wait_after
from dangol.server.workers.letters import WAYS, Words

log = structlog.get_logger(__name__)

_TOPICS = {
    "shipment_moved": "delivery",
    "shipment_late": "delivery",
    "shipment_silent": "delivery",
    "order_at_risk": "delivery",
    "restocked": "restock",
    "order_paid": "order",
    "care_tips": "care",
}
_ABOUT_RETURNS = "return_"


class LetterBreaksTheRules(Refused):
    """A letter that advertises lacks what the law wants of it; the shop's name or contact may be missing: `faults`."""

    code = "letter_breaks_the_rules"


class Sending:
    """Hands over what is announced."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

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
        async with self._floor.open_connection() as conn, alone(conn, key):
            delivery = await orders.delivery(conn, announcement_id, medium)
            if delivery is None or delivery.state != "waiting" or delivery.due_at > now:
                return
            told = await orders.announcement(conn, announcement_id)
            assert told is not None
            if await self._must_wait(conn, told, delivery, now):
                return
            try:
                ref = await self._send(conn, told, delivery, key)
            except (NotFound, LetterBreaksTheRules) as no:
                log.error("not_sent", kind=told.kind, medium=medium, why=no.code, **no.details)
                await orders.note_trouble(conn, delivery, no.code, now, again_at=None)
            except CarrierDown as no:
                await self._note_trouble(conn, delivery, str(no.details.get("why", no.code)), now)
            except Exception as no:
                log.exception("a letter could not be written", kind=told.kind, medium=medium)
                await self._note_trouble(conn, delivery, type(no).__name__, now)
            else:
                await orders.note_delivery(conn, delivery, now, carrier_ref=ref)

    async def _must_wait(
        self, conn: Connection, told: Announcement, delivery: Delivery, now: datetime
    ) -> bool:
        """Whether a letter of or about advertising may not leave at this moment: refused since, or it is night."""
        shop = self._floor.shop()
        if told.kind == "consent_reminder":
            why = await outreach.may_tell(conn, shop, int(told.body["customer"]), now)
        elif told.kind in outreach_words.ADVERTISING:
            why = await outreach.still_open(conn, shop, int(told.body.get("follow_up", 0)), now)
        else:
            return False
        if why is None:
            return False
        morning = outreach.night_ends(now.astimezone(shop.zone)) if why == "night" else None
        await orders.note_trouble(conn, delivery, why, now, again_at=morning)
        return True

    async def _note_trouble(self, conn: Connection, delivery: Delivery, trouble: str, now: datetime) -> None:
        last = delivery.attempts + 1 >= MOST_TRIES
        again_at = None if last else now + wait_after(delivery.attempts)
        await orders.note_trouble(conn, delivery, trouble, now, again_at=again_at)

    async def _ways(self, conn: Connection, told: Announcement) -> list[tuple[str, str]]:
        """(medium, recipient) of an announcement: where there is somebody to be reached and a way to do it."""
        if not letters.worth_saying(told):
            return []
        if "wish" in told.body and await carts.restock_gone_again(conn, told.body["wish"], told.subject):
            return []
        if told.kind in outreach_words.ADVERTISING:
            return [(told.body["medium"], told.body["recipient"])] if "recipient" in told.body else []
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
            choices = outreach_words.choices(told, self._floor.shop(), language)
            blocks = tuple(each for each in (notice, block, choices) if each is not None)
            await self._floor.notice(
                delivery.recipient, NoticeGiven(cause=f"announcement:{told.id}", blocks=blocks)
            )
            return None
        postbox = next(one for one in self._floor.postboxes if one.medium == delivery.medium)
        return await postbox.send(self._letter(told, delivery, words, language), key=key)

    def _letter(self, told: Announcement, delivery: Delivery, words: Words, language: str) -> Letter:
        """Raises LetterBreaksTheRules for one that advertises against the law."""
        shop = self._floor.shop()
        name, email = shop.say(shop.name, language), delivery.medium == "email"
        letter = Letter(
            medium="email" if email else "sms",
            to=delivery.recipient,
            subject=words.subject if email else "",
            text=words.letter if email else f"[{name}] {words.said}",
            language=language,
        )
        if told.kind not in outreach_words.ADVERTISING:
            return letter
        letter = letter.model_copy(
            update={"text": words.letter if email else words.said, "unsubscribe": self._refusal(told)}
        )
        draft = outreach.Draft(
            head=letter.subject or letter.text,
            text=letter.text,
            sender=name,
            contacts=tuple(each for each in (shop.contact.email, shop.contact.phone) if each),
            refusal=letter.unsubscribe,
        )
        faults = outreach.advertising_faults(draft, korean=outreach.in_korea(shop))
        if faults:
            raise LetterBreaksTheRules(faults=list(faults))
        return letter

    def _refusal(self, told: Announcement) -> str:
        number = str(told.body["follow_up"])
        key = self._floor.refusal_key(number)
        return f"{self._floor.public_url()}{outreach.REFUSAL_PATH}/{number}?key={key}"

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
        if link and told.kind in outreach_words.ADVERTISING:
            address = self._refusal(told)
        elif link and told.kind not in orders.FOR_STAFF:
            token = await orders.new_token(conn, order.number, self._floor.clock.now())
            address = f"{self._floor.public_url()}/orders/{order.number}?token={token}"
        words = letters.word(told, shop, language, order=order, view=view, link=address)
        shown = told.kind in ("order_paid", "shipment_moved")
        block = order_block(view, language, shop.zone).model_copy(update={"id": "n2"}) if shown else None
        return words, block
