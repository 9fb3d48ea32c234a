"""Where the house is put together: what is chosen is chosen here, and nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial

import structlog
from fastapi import FastAPI

from dangol.assistant import records
from dangol.assistant.counter import Counter
from dangol.assistant.minds import Mind
from dangol.assistant.minds.aftercare import AftercareMind
from dangol.assistant.minds.embedded import EmbeddedMind
from dangol.assistant.minds.language_model import LanguageModelMind
from dangol.assistant.minds.language_model.gate import Gate
from dangol.assistant.minds.language_model.rereading import RereadingMind
from dangol.assistant.minds.language_model.wording import WordingMind
from dangol.assistant.turn import House
from dangol.assistant.understanding.reading import Context
from dangol.assistant.understanding.understanding import Understanding
from dangol.catalog import api as catalog
from dangol.catalog import routes as catalog_routes
from dangol.connect.carriers.sample.connection import SampleCarrier
from dangol.connect.embedders.embedded import EmbeddedEmbedder
from dangol.connect.payments.sample.server import SampleGateway
from dangol.connect.trackers.easypost.connection import EasyPost
from dangol.connect.trackers.sweettracker.connection import SweetTracker
from dangol.contracts.tracker import Tracker
from dangol.customers import api as customers
from dangol.kernel.clock import Clock, SystemClock
from dangol.kernel.facts import NoticeGiven
from dangol.kernel.ids import signed_key, six_figures
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Toolbox
from dangol.knowledge import api as knowledge
from dangol.learning import api as learning
from dangol.orders import routes as order_routes
from dangol.outreach import api as outreach
from dangol.payments import routes as payment_routes
from dangol.payments.api import Gateways
from dangol.returns import routes as return_routes
from dangol.returns.api import Carriers
from dangol.server import model_choice, resealing, understandings
from dangol.server.cart import CartDoor
from dangol.server.database import Connection, Database
from dangol.server.desk import ChatParts
from dangol.server.gateways import SAMPLE_GATEWAY, connect_gateways, loopback
from dangol.server.http import create_app
from dangol.server.keeping_current import Keeper
from dangol.server.keys import open_keyring
from dangol.server.language_models import Models
from dangol.server.learning import StaffAtTheDoor, learning_parts, signed_in
from dangol.server.live import Live
from dangol.server.postboxes import postboxes
from dangol.server.postgres import DatabaseDown
from dangol.server.reader import ShopReader
from dangol.server.recognising import recognise
from dangol.server.settings import OWN_EXAMPLES, Settings, kept_secret, shop_secret
from dangol.server.speech import connect_speech
from dangol.server.staff import routes as staff_routes
from dangol.server.staff.approving import Acting
from dangol.server.staff.conversing import Conversing
from dangol.server.staff.dispatch import Dispatch
from dangol.server.staff.door import StaffParts
from dangol.server.staff.feed import Feed
from dangol.server.taking_over import routes as taking_over
from dangol.server.toolbox import all_tools
from dangol.server.workers import Workers
from dangol.server.writing import Writing

log = structlog.get_logger(__name__)


class NoShopYet(DatabaseDown):
    """The database holds no shop: its file was never taken over."""


@dataclass
class OpenShop:
    """The shop as its file stands now; replaced when the file is taken over anew."""

    shop: Shop

    def __call__(self) -> Shop:
        """The shop."""
        return self.shop


@dataclass(frozen=True)
class Premises:
    """A house that is open: what commands, tests and benchmarks may use of it."""

    app: FastAPI
    counter: Counter
    toolbox: Toolbox
    live: Live
    shop: Callable[[], Shop]
    open_connection: Callable[[], AbstractAsyncContextManager[Connection]]
    gateways: Gateways
    database_url: str
    keeper: Keeper
    dispatch: Dispatch


@asynccontextmanager
async def open_premises(
    settings: Settings,
    *,
    clock: Clock | None = None,
    behind_the_counter: bool = True,
    models: Models | None = None,
    colleague: StaffAtTheDoor | None = None,
) -> AsyncIterator[Premises]:
    """Open the house of the data folder, and close it in order. Raises DatabaseDown, NoShopYet, or that a setting
    is wrong (ModelSettingWrong, PaymentSettingWrong).

    One process of several does the durable work `behind_the_counter`; the others only serve shoppers. `models` stand in
    for those of the settings, `colleague` for whoever has signed in at the learning room's door.
    """
    clock = clock or SystemClock()
    async with AsyncExitStack() as closing:
        embedder = EmbeddedEmbedder()
        # what takes seconds to read from disk is read while the database starts
        minds_ready = asyncio.create_task(asyncio.to_thread(_understanding, settings, embedder, clock))
        database = await _open_database(settings, closing)
        async with database.connection() as conn:
            await open_keyring(conn, settings)
        live = Live(database.url)
        shop = OpenShop(await _read_shop(database))

        async with database.connection() as conn:
            articles = await knowledge.Articles.open(conn, embedder, shop())
            shipped = await minds_ready
            reader = await ShopReader.open(conn, shipped, shop())
            await understandings.take_over(conn, reader, shipped.model)
        search = await catalog.Search.open(database.connection, embedder)

        gateways: Gateways = connect_gateways(settings, clock, shop().currency)
        # the vendor that is played here is there only where it is used
        gateway = _sample_gateway(settings, database, clock) if "sample" in gateways else None
        carriers: Carriers = {"sample": SampleCarrier(database.connection)}
        label_key = partial(signed_key, shop_secret(settings), "label")
        refusal_key = partial(signed_key, shop_secret(settings), "refusal")
        async with database.connection() as conn:
            cabinet = await model_choice.open_cabinet(conn, settings, models)
        closing.push_async_callback(cabinet.close)
        gate = Gate(cabinet.of)
        code_for = partial(six_figures, shop_secret(settings))
        toolbox = all_tools(
            search, articles, gateways, lambda: settings.base_url, carriers, label_key, code_for
        )
        house = House(
            toolbox=toolbox,
            reader=reader,
            minds=_minds(gate, toolbox),
            shop=shop,
            clock=clock,
            personal=customers.personal,
            spent=cabinet.spent,
            person=cabinet.person,
            vip=customers.is_vip,
        )
        counter = Counter(house)
        speaking = connect_speech(settings)
        closing.push_async_callback(speaking.close)

        parts = ChatParts(
            settings=settings,
            open_connection=database.connection,
            counter=counter,
            cart=CartDoor(toolbox, shop, clock),
            live=live,
            shop=shop,
            clock=clock,
            secret=shop_secret(settings),
            recognise=lambda conn, signed, language: recognise(conn, shop(), signed, language, clock.now()),
            speaking=speaking,
        )
        staff = StaffParts(
            settings=settings,
            open_connection=database.connection,
            counter=counter,
            toolbox=toolbox,
            live=live,
            shop=shop,
            clock=clock,
        )
        writing = Writing(gate, counter, database.connection, shop, clock)
        feed = Feed(staff, Conversing(staff))
        feed.listen(live)
        letters_out = postboxes(settings, shop())
        dispatch = Dispatch(staff, Acting(staff, Conversing(staff)), letters_out)
        if behind_the_counter:
            dispatch.listen(live)
        routers = (
            staff_routes.routes(staff, feed, articles, cabinet, writing),
            catalog_routes.routes(database.connection, shop, search, clock),
            knowledge.routes(database.connection, shop),
            order_routes.routes(database.connection, shop, clock),
            payment_routes.routes(database.connection, shop, gateways, clock),
            taking_over.routes(
                database.connection,
                shop,
                clock,
                settings.data_token.get_secret_value()
                if settings.data_token
                else kept_secret(settings.data, "data-token"),
            ),
            return_routes.routes(database.connection, shop, label_key),
            outreach.routes(database.connection, shop, clock, refusal_key),
            learning.routes(
                learning_parts(
                    database.connection, embedder, reader, shop, clock, colleague or signed_in(staff)
                )
            ),
        )
        app = create_app(parts, routers, mounts={SAMPLE_GATEWAY: gateway.app} if gateway else {})

        keeper = Keeper(database.connection)
        keeper.keep("shop_changed", lambda conn: _take_over_shop(conn, shop, articles, reader))
        keeper.keep(knowledge.CHANNEL, lambda conn: articles.refresh(conn, shop()))
        keeper.keep(
            understandings.CHANNEL, lambda conn: understandings.take_over(conn, reader, shipped.model)
        )
        keeper.keep(resealing.CHANNEL, resealing.take_over)
        keeper.keep("catalog_changed", lambda conn: reader.refresh(conn, shop()))
        if models is None:
            keeper.keep(model_choice.CHANNEL, lambda conn: model_choice.take_over(conn, settings, cabinet))
        keeper.listen(live)

        async def give_notice(conversation_id: str, notice: NoticeGiven) -> bool:
            async with database.connection() as conn:
                return await counter.tell(conn, conversation_id, [notice])

        workers = Workers(
            database.url,
            shop=shop,
            gateways=gateways,
            carriers=lambda open_connection: {"sample": SampleCarrier(open_connection)},
            postboxes=letters_out,
            notice=give_notice,
            clock=clock,
            public_url=lambda: settings.base_url,
            code_for=code_for,
            refusal_key=refusal_key,
            data=settings.data,
            trackers=_trackers(settings),
        )

        search.follow(database.connection)
        closing.push_async_callback(search.close)
        clocks = (dispatch,) if behind_the_counter else ()
        for part in (live, keeper, *((gateway,) if gateway else ()), feed, *clocks):
            await part.start()
            closing.push_async_callback(part.stop)
        closing.push_async_callback(workers.stop)
        behind = asyncio.create_task(
            _begin_behind_the_counter(workers if behind_the_counter else None, counter, database, clock)
        )
        closing.push_async_callback(_end, behind)
        yield Premises(
            app=app,
            counter=counter,
            toolbox=toolbox,
            live=live,
            shop=shop,
            open_connection=database.connection,
            gateways=gateways,
            database_url=database.url,
            keeper=keeper,
            dispatch=dispatch,
        )


def _minds(gate: Gate, toolbox: Toolbox) -> tuple[Mind, ...]:
    """Who is asked first: the answer to a hand-back, a language model where there is one, then the embedded mind."""
    after: Mind = AftercareMind()
    embedded = EmbeddedMind()
    wording = WordingMind(gate, embedded)
    talking = LanguageModelMind(gate, toolbox, embedded)
    return (after, talking, RereadingMind(gate, (talking, wording, embedded)), wording, embedded)


async def _open_database(settings: Settings, closing: AsyncExitStack) -> Database:
    database = await asyncio.to_thread(Database.prepare, settings.own_database, settings.data)
    closing.callback(database.leave)
    await database.open(largest=settings.database_connections)
    closing.push_async_callback(database.close)
    return database


async def _read_shop(database: Database) -> Shop:
    async with database.connection() as conn:
        shop = await catalog.load_shop(conn)
    if shop is None:
        raise NoShopYet("there is no shop yet: run `dangol import shop FILE` first, or try `dangol demo`")
    return shop


async def _take_over_shop(
    conn: Connection, shop: OpenShop, articles: knowledge.Articles, reader: ShopReader
) -> None:
    fresh = await catalog.load_shop(conn)
    if fresh is not None:
        shop.shop = fresh
        await articles.refresh(conn, fresh)
        await reader.refresh(conn, fresh)


def _trackers(settings: Settings) -> tuple[Tracker, ...]:
    """Whoever is asked where parcels are; nobody without a key."""
    found: list[Tracker] = []
    if settings.sweettracker_key is not None:
        found.append(SweetTracker(settings.sweettracker_key.get_secret_value()))
    if settings.easypost_key is not None:
        found.append(EasyPost(settings.easypost_key.get_secret_value()))
    return tuple(found)


def _sample_gateway(settings: Settings, database: Database, clock: Clock) -> SampleGateway:
    return SampleGateway(
        database.connection,
        public_url=settings.base_url + SAMPLE_GATEWAY,
        webhook_url=f"{loopback(settings)}/api/payments/webhooks/sample",
        api_key=kept_secret(settings.data, "sample-gateway-key"),
        webhook_secret=kept_secret(settings.data, "sample-gateway-webhooks"),
        clock=clock,
    )


def _understanding(settings: Settings, embedder: EmbeddedEmbedder, clock: Clock) -> Understanding:
    understanding = Understanding.load(own=settings.data / OWN_EXAMPLES)
    understanding.read(
        "hello", Context(today=date(2026, 1, 1))
    )  # the first reading fetches tables; no shopper should wait for that
    embedder.embed(["hello"])
    return understanding


async def _begin_behind_the_counter(
    workers: Workers | None, counter: Counter, database: Database, clock: Clock
) -> None:
    """Shoppers are served before the durable work begins; both begin with what a crash left undone."""
    try:
        await _answer_what_was_cut_off(counter, database, clock)
        if workers is not None:
            await workers.start()
    except Exception as trouble:
        log.error("workers_not_started", exc_info=trouble)


async def _end(task: asyncio.Task[None]) -> None:
    """Wait until the beginning is over: workers stopped in the middle of it would go on without a database."""
    await asyncio.gather(task, return_exceptions=True)


async def _answer_what_was_cut_off(counter: Counter, database: Database, clock: Clock) -> None:
    """A message that was heard and never answered, because a process died in the turn, is answered now."""
    async with database.connection() as conn:
        waiting = await records.unanswered(conn, clock.now())
    for conversation_id in waiting:
        try:
            await counter.finish(database.connection, conversation_id)
        except Exception as trouble:
            log.error("not_answered", exc_info=trouble)
