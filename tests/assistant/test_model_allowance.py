"""What a day may cost is told of once a day, and the day is the shop's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from assistant.house import Floor
from assistant.models import ScriptedModel
from structlog.testing import capture_logs

from dangol.assistant.minds import Situation
from dangol.assistant.minds.language_model.gate import Gate
from dangol.assistant.state import Spent, State
from dangol.assistant.understanding.reading import Reading
from dangol.kernel.facts import MessageHeard

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
