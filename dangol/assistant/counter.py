"""The counter at which every channel stands: open a conversation, say something, read back what was said."""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from weakref import WeakValueDictionary

from psycopg import AsyncConnection

from dangol.assistant import records
from dangol.assistant.bursts import patience
from dangol.assistant.history import Said, entries
from dangol.assistant.listening import listen
from dangol.assistant.masking import mask_cards, mask_form
from dangol.assistant.state import Memory, OfferedChoice, ServedBy, State, fold, is_words, may_join
from dangol.assistant.turn import House, caught_up, take_turn
from dangol.assistant.voice.hearing import as_typed
from dangol.assistant.welcome import Regular, welcome
from dangol.kernel import facts
from dangol.kernel.blocks import Block
from dangol.kernel.errors import NotFound
from dangol.kernel.ids import fingerprint, new_id, secret_token
from dangol.kernel.tools import Shopper

Connection = AsyncConnection[Any]
OpenConnection = Callable[[], AbstractAsyncContextManager[Connection]]

_LOOKS = (0.2,) * 20  # seconds between looks for the answer to a burst, while somebody else works on it
Decide = Callable[[State], Sequence[facts.Fact]]

_KEPT = 4096  # conversations whose folded state stays in this process


@dataclass(frozen=True)
class Message:
    """What a shopper sends: words (typed, or `spoken`), a choice or a form, under an id of their own."""

    id: str
    text: str = ""
    choice: str | None = None
    form: dict[str, Any] | None = None
    attachments: tuple[str, ...] = ()
    page: str | None = None
    spoken: bool = False


@dataclass(frozen=True)
class Opened:
    """A new conversation with the secret that opens it, and the first words."""

    conversation_id: str
    token: str
    language: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Reply:
    """The answer to one message."""

    turn: int
    language: str
    served_by: ServedBy
    blocks: tuple[Block, ...]
    answered_with: str | None = None


@dataclass
class Counter:
    """Everything a door may do with conversations. Turns of one conversation never run side by side."""

    house: House
    _locks: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    _states: OrderedDict[str, State] = field(default_factory=OrderedDict)
    _tokens: OrderedDict[str, str] = field(default_factory=OrderedDict)

    async def open(
        self,
        conn: Connection,
        *,
        channel: str,
        language: str | None = None,
        country: str = "",
        customer: Regular | None = None,
        page: str | None = None,
    ) -> Opened:
        """Open a conversation; a known customer is greeted as one."""
        shop, now = self.house.shop(), self.house.clock.now()
        spoken = language[:2] if language and language[:2] in shop.languages else shop.language
        conversation_id, token = new_id("c"), secret_token()
        key = str(customer.customer_id) if customer else conversation_id
        blocks = welcome(shop, spoken, customer, page, shop.assistant.stage(channel, key))
        offered = tuple(
            OfferedChoice(id=option.id, label=option.label)
            for block in blocks
            if block.kind == "choices"
            for option in block.options
        )
        opening: list[facts.Fact] = [
            facts.ConversationOpened(
                channel=channel,
                language=spoken,
                customer_id=customer.customer_id if customer else None,
                page=page,
                country=country,
            ),
            facts.ReplyGiven(
                turn=0,
                message="",
                language=spoken,
                served_by="assistant",
                blocks=blocks,
                memory=Memory(offered=offered).model_dump(mode="json", exclude_defaults=True),
            ),
        ]
        if customer is not None:
            until = now + timedelta(hours=shop.verification.hours)
            signed = facts.ShopperVerified(by="signed_token", customer_id=customer.customer_id, until=until)
            opening.insert(1, signed)
        row = records.ConversationRow(
            id=conversation_id,
            token_hash=fingerprint(token),
            channel=channel,
            language=spoken,
            customer_id=customer.customer_id if customer else None,
            served_by="assistant",
            last_seq=0,
            created_at=now,
            country=country,
        )
        async with conn.transaction():
            await records.insert_conversation(conn, row)
            await records.append(conn, conversation_id, 0, opening, now)
        self._keep(fold(State(conversation_id=conversation_id), opening))
        return Opened(conversation_id, token, spoken, blocks)

    async def authenticate(self, conn: Connection, conversation_id: str, token: str) -> Shopper | None:
        """Who holds this token; None when it does not open this conversation."""
        row = await records.conversation(conn, conversation_id)
        if row is None or row.token_hash != fingerprint(token):
            return None
        self._tokens[conversation_id] = row.token_hash
        while len(self._tokens) > _KEPT:
            self._tokens.popitem(last=False)
        away = row.country if row.language != self.house.shop().language else ""
        return Shopper(row.id, row.customer_id, "customer" if row.customer_id else "visitor", country=away)

    def admits(self, conversation_id: str, token: str) -> bool:
        """Whether this token is known here to open this conversation: a token never changes."""
        return self._tokens.get(conversation_id) == fingerprint(token)

    async def hear(self, open_connection: OpenConnection, conversation_id: str, message: Message) -> Reply:
        """Answer a message, once: the same message id again gives the same answer and acts no second time.

        It is written down at once. When it breaks off in the middle of a thought, what comes within a moment is
        answered together with it, as the reply to the last of them.
        """
        async with self._lease(open_connection, conversation_id) as conn:
            found = await self._take_down(conn, conversation_id, message)
            if isinstance(found, Reply):
                return found
            state, waits = found
            if not waits:
                return await self._answer(conn, state, message.id)
        for seconds in (waits, *_LOOKS):
            await self.house.clock.wait(seconds)
            async with self._lease(open_connection, conversation_id) as conn:
                state = await self._load(conn, conversation_id)
                if state.hearing is None or message.id not in (state.hearing.message, *state.joined):
                    return await self._answered_before(conn, state, message.id)
                if state.hearing.message == message.id:
                    return await self._answer(conn, state, message.id)
        # whoever heard the last of them is gone
        async with self._lease(open_connection, conversation_id) as conn:
            return await self._answer(conn, await self._load(conn, conversation_id), message.id)

    @asynccontextmanager
    async def _lease(
        self, open_connection: OpenConnection, conversation_id: str
    ) -> AsyncIterator[Connection]:
        async with self._turn_of(conversation_id), open_connection() as conn:
            await records.lock(conn, conversation_id)
            try:
                yield conn
            except BaseException:
                self._states.pop(conversation_id, None)
                raise
            finally:
                await records.unlock(conn, conversation_id)

    async def _take_down(
        self, conn: Connection, conversation_id: str, message: Message
    ) -> Reply | tuple[State, float]:
        """Write a message down; its answer when it was heard before, else how many seconds to wait for more."""
        remembered = self._states.get(conversation_id)
        if remembered is not None and remembered.hearing is None:
            # without looking first: a log that went on elsewhere refuses it, and then it is looked at
            with contextlib.suppress(records.LogMovedOn):
                return await self._noted(conn, remembered, _heard(message, remembered))
        state = await self._load(conn, conversation_id)
        heard = _heard(message, state)
        if state.hearing is not None and message.id in (state.hearing.message, *state.joined):
            return state, 0.0
        if state.hearing is not None and not (may_join(state) and is_words(heard)):  # that one first
            state = await take_turn(self.house, conn, state)
        while True:
            try:
                return await self._noted(conn, state, heard)
            except records.LogMovedOn:  # staff or the shop wrote meanwhile
                before, state = state, await caught_up(conn, state)
                if state.seq == before.seq:
                    raise

    async def _noted(
        self, conn: Connection, state: State, heard: facts.MessageHeard
    ) -> Reply | tuple[State, float]:
        """Write a message down right behind this state. Raises LogMovedOn when the log does not end there."""
        try:
            await records.append(conn, state.conversation_id, state.seq, [heard], self.house.clock.now())
        except records.HeardBefore:
            return await self._answered_before(conn, state, heard.message)
        noted = fold(state, [heard])
        self._keep(noted)
        return noted, self._patience(noted)

    def _patience(self, state: State) -> float:
        shop, text = self.house.shop(), state.hearing.text if state.hearing else ""
        today = self.house.clock.now().astimezone(shop.zone).date()
        return patience(state, lambda: listen(self.house.reader, text, state, shop, today))

    async def _answer(self, conn: Connection, state: State, message: str) -> Reply:
        if state.hearing is not None:
            state = await take_turn(self.house, conn, state)
            self._keep(state)
        return await self._answered_before(conn, state, message)

    async def _answered_before(self, conn: Connection, state: State, message: str) -> Reply:
        if state.last_reply is not None and state.last_reply.message == message:
            return _reply(state.last_reply, message)
        before = await records.reply_to(conn, state.conversation_id, message)
        if before is None:
            raise RuntimeError("a message was heard and never answered")
        return _reply(before.fact, message)

    async def heard(self, conn: Connection, conversation_id: str, message: str) -> facts.MessageHeard | None:
        """What was heard under this message id before."""
        logged = await records.heard_as(conn, conversation_id, message)
        return logged.fact if logged and isinstance(logged.fact, facts.MessageHeard) else None

    async def reply(self, conn: Connection, conversation_id: str, turn: int) -> Reply:
        """The answer of a turn. Raises NotFound."""
        given = await records.reply_of_turn(conn, conversation_id, turn)
        if given is None or not isinstance(given.fact, facts.ReplyGiven):
            raise NotFound(turn=turn)
        return _reply(given.fact, given.fact.message)

    async def finish(self, open_connection: OpenConnection, conversation_id: str) -> None:
        """Answer what a crash left unanswered."""
        async with self._lease(open_connection, conversation_id) as conn:
            state = await self._load(conn, conversation_id)
            if state.hearing is not None:
                self._keep(await take_turn(self.house, conn, state))

    async def tell(self, conn: Connection, conversation_id: str, told: Sequence[facts.Fact]) -> bool:
        """Write facts that do not come from the shopper: a notice, staff words, a take-over.

        Returns False when the same notice stands in the log already.
        """
        causes = [fact.cause for fact in told if isinstance(fact, facts.NoticeGiven)]
        while True:
            row = await records.conversation(conn, conversation_id)
            if row is None:
                raise NotFound(conversation=conversation_id)
            if causes and await records.noticed(conn, conversation_id, causes):
                return False
            try:
                await records.append(conn, conversation_id, row.last_seq, told, self.house.clock.now())
            except records.LogMovedOn:
                continue
            return True

    async def act(self, conn: Connection, conversation_id: str, decide: Decide) -> State:
        """Write what `decide` makes of the conversation as it stands at this very moment, nothing in between.

        `decide` is asked again when somebody wrote meanwhile; what it raises is raised, and nothing is written.
        """
        state = await self._load(conn, conversation_id)
        while True:
            told = decide(state)
            if not told:
                return state
            try:
                await records.append(conn, conversation_id, state.seq, told, self.house.clock.now())
            except records.LogMovedOn:
                before, state = state, await caught_up(conn, state)
                if state.seq == before.seq:
                    raise
            else:
                return fold(state, told)

    async def history(self, conn: Connection, conversation_id: str, after: int = 0) -> list[Said]:
        """What was said on either side after this place in the log."""
        turn = await records.turn_at(conn, conversation_id, after) if after else 0
        return entries(await records.facts_after(conn, conversation_id, after), turn)

    async def feedback(self, conn: Connection, conversation_id: str, turn: int, score: int) -> None:
        """A thumb for one turn; NotFound when there was no such turn."""
        state = await self._load(conn, conversation_id)
        if not 0 <= turn <= state.turn:
            raise NotFound(turn=turn)
        await self.tell(conn, conversation_id, [facts.FeedbackGiven(turn=turn, score=score)])

    async def rating(self, conn: Connection, conversation_id: str, score: int, comment: str) -> None:
        """How content the shopper was, 1 to 5."""
        text, _ = mask_cards(comment)
        await self.tell(conn, conversation_id, [facts.RatingGiven(score=score, comment=text)])

    async def state(self, conn: Connection, conversation_id: str) -> State:
        """Where a conversation stands now."""
        return await self._load(conn, conversation_id)

    async def _load(self, conn: Connection, conversation_id: str) -> State:
        state = self._states.get(conversation_id) or State(conversation_id=conversation_id)
        logged = await records.facts_after(conn, conversation_id, state.seq)
        state = fold(state, (each.fact for each in logged))
        if state.seq == 0:
            raise NotFound(conversation=conversation_id)
        return state

    def _keep(self, state: State) -> None:
        self._states[state.conversation_id] = state
        self._states.move_to_end(state.conversation_id)
        while len(self._states) > _KEPT:
            self._states.popitem(last=False)

    @asynccontextmanager
    async def _turn_of(self, conversation_id: str) -> AsyncIterator[None]:
        lock = self._locks.get(conversation_id)
        if lock is None:
            lock = self._locks[conversation_id] = asyncio.Lock()
        async with lock:
            yield


def _heard(message: Message, state: State) -> facts.MessageHeard:
    # figures first: a card number that was spoken is masked like one that was typed
    text, _ = mask_cards(as_typed(message.text, state) if message.spoken else message.text)
    return facts.MessageHeard(
        message=message.id,
        text=text,
        choice=message.choice,
        form=mask_form(message.form) if message.form is not None else None,
        attachments=message.attachments,
        page=message.page,
        spoken=message.spoken,
    )


def _reply(fact: facts.Fact, message: str) -> Reply:
    """The answer to a message; one that was joined to a later one is told which, the words come with that."""
    if not isinstance(fact, facts.ReplyGiven):
        raise TypeError(fact.kind)
    if fact.message != message:
        return Reply(fact.turn, fact.language, fact.served_by, (), answered_with=fact.message)
    return Reply(fact.turn, fact.language, fact.served_by, fact.blocks)
