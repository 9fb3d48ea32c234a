"""What our side of a language model costs: the check of a reply, and a turn's thinking beside the model's own time."""

from __future__ import annotations

import statistics
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from dangol.assistant.aloud import LISTENER
from dangol.assistant.minds import Call, Finished, Situation
from dangol.assistant.minds.embedded import EmbeddedMind
from dangol.assistant.minds.language_model import LanguageModelMind
from dangol.assistant.minds.language_model.gate import Gate
from dangol.assistant.minds.language_model.judging import judged
from dangol.assistant.speak.wording import say
from dangol.assistant.state import State
from dangol.assistant.truth import Evidence
from dangol.assistant.truth.ahead import read_ahead
from dangol.assistant.truth.text import sentence_spans
from dangol.assistant.understanding.reading import Intent, Reading
from dangol.contracts.language_model import CallProposed, Delta, Ended, ModelRequest, Usage, Words
from dangol.contracts.shopfloor.products import FindProducts, FoundProducts, ProductCard
from dangol.kernel.facts import MessageHeard
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Policy, Tool, Toolbox, ToolContext

REPLIES = Path(__file__).parents[1] / "tests" / "assistant" / "truth" / "replies"
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
ROUNDS = 200
_PRICE = Money(amount=47_000, currency="KRW")
_ANSWER = "{again} 소나기 장화는 어떠세요? {again} 가격은 47,000원이에요. {again} 사이즈를 알려 주시면 재고를 볼게요."


class Immediate:
    """A model that takes no time: what is left is ours."""

    name = "bench:model"
    outside = True
    asked = 0

    async def ask(self, request: ModelRequest) -> AsyncIterator[Delta]:
        """First a look-up, then three sentences in small pieces."""
        if not any(message.role == "tool" for message in request.messages):
            yield CallProposed(id="c", tool="find_products", args={"wishes": {"text": "장화"}})
        else:
            self.asked += 1  # no two answers are alike: nothing is answered from a memory
            answer = _ANSWER.format(again=chr(0xAC00 + self.asked))
            for at in range(0, len(answer), 4):
                yield Words(answer[at : at + 4])
        yield Ended(Usage(input_tokens=1, output_tokens=1))

    def price(self, usage: Usage) -> int | None:
        """Nobody knows."""
        return None

    async def close(self) -> None:
        """Nothing to let go of."""


async def find_products(ctx: ToolContext, args: FindProducts) -> FoundProducts:
    """Find products that meet the wishes, best first, each with the reasons why."""
    raise NotImplementedError("the bench hands the results in")


class Watch:
    """Milliseconds on the wall and of this process's CPU, which other work on the machine lengthens less."""

    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """What has passed of both."""
        return (time.perf_counter() - self.wall) * 1000, (time.process_time() - self.cpu) * 1000


Took = list[tuple[float, float]]


def _judge(reply: str, evidence: Evidence, said: str, shop: Shop) -> Took:
    """All that is done with a reply before it is sent, sentence by sentence; what each sentence took."""
    left: list[str] = []
    took: Took = []
    for span in sentence_spans(reply):
        begun = Watch()
        told, _ = judged(
            span.cut(reply).strip(),
            left,
            evidence,
            said=said,
            rules="",
            banned=(),
            speak=partial(say, language="ko", shop=shop),
        )
        left += [told] if told else []
        took.append(begun.read())
    return took


def _checked(shop: Shop) -> tuple[Took, Took, Took]:
    """Milliseconds: a turn's evidence, gathered and read while the model thinks, each reply checked by it, each sentence."""
    sentences: Took = []
    gathered: Took = []
    checked: Took = []
    for file in sorted(REPLIES.glob("*.yaml")):
        for scenario in yaml.safe_load(file.read_text(encoding="utf-8")):
            begun = Watch()
            evidence = Evidence.gather(scenario["results"], scenario["said"], NOW, "Asia/Seoul")
            read_ahead(evidence)
            gathered.append(begun.read())
            for reply in (*scenario["honest"], *scenario["lying"]):
                begun = Watch()
                sentences += _judge(reply, evidence, scenario["said"], shop)
                checked.append(begun.read())
    return gathered, checked, sentences


async def _turn(
    mind: LanguageModelMind, situation: Situation
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Milliseconds of one step, of which a turn has two, the look-up and the answer; and until its first words are out."""
    thought = mind.take_up(situation)
    assert thought is not None
    cards = tuple(
        ProductCard(product=f"p{n}", title=f"소나기 장화 {n}" if n else "소나기 장화", price=_PRICE, in_stock=True)
        for n in range(3)
    )  # fmt: skip
    first: list[tuple[float, float]] = []
    begun = Watch()
    listening = LISTENER.set(lambda _words: first.append(begun.read()))
    try:
        decision = await thought.go_on(None)
        while isinstance(decision, Call):
            decision = await thought.go_on(Finished(FoundProducts(items=cards, total=3)))
    finally:
        LISTENER.reset(listening)
    wall, cpu = begun.read()
    return (wall / 2, cpu / 2), first[0]


async def measure() -> dict[str, Any]:
    """Milliseconds: the truth check of a reply, its evidence, our side of a model's step and of its first words."""
    shop = Shop(name="Bench", locale="ko-KR", currency="KRW", time_zone="Asia/Seoul")
    toolbox = Toolbox([Tool(find_products, FindProducts, FoundProducts, Policy(effect="read"))])
    model = Immediate()
    mind = LanguageModelMind(Gate(lambda _job: model), toolbox, EmbeddedMind())
    situation = Situation(
        state=State(conversation_id="c_bench"),
        heard=MessageHeard(message="m", text="비 오는 날 신을 장화 추천해줘"),
        reading=Reading(text="장화", language="ko", intents=(Intent(name="recommend", confidence=0.9),)),
        shop=shop,
        now=NOW,
        language="ko",
    )
    gathered, checked, sentences = _checked(shop)
    turns = [await _turn(mind, situation) for _ in range(ROUNDS)]
    return {
        "truth_check_ms": _row([wall for wall, _ in checked]),
        "truth_check_cpu_ms": _row([cpu for _, cpu in checked]),
        "truth_check_sentence_cpu_ms": _row([cpu for _, cpu in sentences]),
        "evidence_of_a_turn_cpu_ms": _row([cpu for _, cpu in gathered]),
        "model_step_ms": _row([wall for (wall, _), _ in turns]),
        "model_step_cpu_ms": _row([cpu for (_, cpu), _ in turns]),
        "first_word_ms": _row([wall for _, (wall, _) in turns]),
        "first_word_cpu_ms": _row([cpu for _, (_, cpu) in turns]),
    }


def _row(took: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(took, n=100, method="inclusive")
    return {"p50": round(cuts[49], 2), "p95": round(cuts[94], 2), "p99": round(cuts[98], 2)}


def show(figures: dict[str, Any]) -> None:
    """Print the figures."""
    print("\n== language models: our side")
    for name, row in figures.items():
        print(f"{name:<34}{row['p50']:>8}{row['p95']:>8}{row['p99']:>8}  p50 p95 p99")
