"""What limits a model: what a day may cost, the share of shoppers it is for, how long its vendor wants to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from assistant.house import Floor
from assistant.models import ScriptedModel
from assistant.talk import Talk, words
from assistant.test_language_model_mind import clever, with_model
from assistant.test_language_model_mind import manner as manner_of
from structlog.testing import capture_logs

from dangol.assistant.minds import Situation
from dangol.assistant.minds.language_model.breaker import Breaker
from dangol.assistant.minds.language_model.gate import Gate
from dangol.assistant.state import Spent, State, fold
from dangol.assistant.understanding.reading import Reading
from dangol.contracts.language_model import ModelBusy
from dangol.kernel.facts import ConversationOpened, MessageHeard, ShopperIdentified
from dangol.kernel.manner import Manner, StageRule

MIDNIGHT = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)  # in Seoul


async def test_one_alarm_a_day_of_the_shop(floor: Floor) -> None:
    gate = Gate(lambda _job: ScriptedModel(lambda _request: "…"))

    def alarms(now: datetime, spent: int) -> int:
        situation = Situation(
            state=State(conversation_id="c_1"), heard=MessageHeard(message="m", text="장화"), now=now, language="ko",
            reading=Reading(text="장화", language="ko", intents=(), clauses=()), shop=floor.shop,
            spent_today=Spent(cost=spent),
        )  # fmt: skip
        with capture_logs() as logs:
            gate.admit("talk", situation)
        return sum(each["event"] == "model_allowance_low" for each in logs)

    limit = 10_000_000  # ten dollars
    assert alarms(MIDNIGHT - timedelta(hours=1), limit // 2) == 0
    assert alarms(MIDNIGHT - timedelta(hours=1), limit * 9 // 10) == 1
    assert alarms(MIDNIGHT - timedelta(minutes=1), limit) == 0, "once a day"
    assert alarms(MIDNIGHT + timedelta(minutes=1), limit * 9 // 10) == 1, (
        "the next day of Seoul, the same of London"
    )
    assert alarms(MIDNIGHT + timedelta(hours=10), limit) == 0, "the same day of Seoul, the next of London"


@pytest.mark.parametrize("share", range(10, 100, 20))
async def test_who_signs_in_stays_in_the_share_they_began_in(share: int) -> None:
    manner = Manner(stages=(StageRule(stage="full", share=share),))
    for number in range(1, 41):
        talked = fold(
            State(conversation_id=f"c_{number}"),
            [ConversationOpened(channel="web", language="ko"), MessageHeard(message="m", text="장화")],
        )
        signed = fold(talked, [ShopperIdentified(customer_id=number, by="signed_token")])
        assert signed.customer_id == number
        assert manner.stage("web", signed.share_key) == manner.stage("web", talked.share_key)
        known = fold(
            State(conversation_id=f"d_{number}"),
            [
                ConversationOpened(channel="web", language="ko", customer_id=number),
                MessageHeard(message="m", text="장화"),
            ],
        )
        assert known.share_key == str(number), "a customer is in one share in every conversation"


def test_a_model_is_left_alone_as_long_as_its_vendor_asks() -> None:
    breaker = Breaker()
    breaker.went_wrong(ModelBusy(wait=45), MIDNIGHT)
    assert not breaker.lets_through(MIDNIGHT + timedelta(seconds=44))
    assert breaker.lets_through(MIDNIGHT + timedelta(seconds=45))
    breaker.went_wrong(ModelBusy(wait=10**9), MIDNIGHT)
    assert breaker.lets_through(MIDNIGHT + timedelta(minutes=11)), "and no longer than the longest pause"


@pytest.mark.parametrize(
    "change",
    [{"day_tokens": 220}, {"conversation_tokens": 220}, {"day_steps": 2}, {"conversation_seconds": 0.0001}],
)
async def test_without_a_price_everything_else_still_holds(
    talk: Talk, floor: Floor, change: dict[str, Any]
) -> None:
    limits = floor.shop.assistant.limits.model_copy(update={"day_cost": Decimal("0.0001"), **change})
    talk, model = with_model(talk, clever, manner_of(floor, limits=limits), cost=None)
    await talk.say("장화 추천해줘")
    asked = len(model.asked)
    assert asked
    assert words(await talk.say("다른 장화 추천해줘"))
    assert len(model.asked) == asked


async def test_a_limit_in_money_holds_nobody_whose_price_is_not_known(talk: Talk, floor: Floor) -> None:
    """It is told in the console and by `dangol doctor`; the shop is not left without its model for it."""
    limits = floor.shop.assistant.limits.model_copy(update={"day_cost": Decimal("0.0001")})
    talk, model = with_model(talk, clever, manner_of(floor, limits=limits), cost=None)
    for text in ("장화 추천해줘", "다른 장화 추천해줘"):
        asked = len(model.asked)
        assert words(await talk.say(text))
        assert len(model.asked) > asked
