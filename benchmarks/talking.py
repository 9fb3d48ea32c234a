"""Shoppers over HTTP: one at a time for the time a turn takes, two hundred at once for what the shop sustains."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from benchmarks.wire import NotAnswered, Wire

ROUNDS = 30
# a visit, kind of turn by kind; what is wished for changes with the round so that no search is answered from a memory
_WISHES_KO = (
    "방수 운동화",
    "검정 자켓",
    "발목 양말",
    "따뜻한 니트",
    "무선 이어폰",
    "강아지 사료",
    "여름 원피스",
)
_WISHES_EN = (
    "waterproof boots",
    "black jacket",
    "wool socks",
    "warm sweater",
    "wireless earphones",
)


@dataclass
class Talk:
    """One conversation over HTTP."""

    wire: Wire
    path: str
    token: str
    shown: list[str] = field(default_factory=list)
    variant: str = ""
    count: int = 0

    @classmethod
    async def open(cls, url: str, customer: str | None = None) -> Talk:
        """Open one, of a customer where a token of theirs is given. Raises NotAnswered."""
        wire = await Wire.to(url)
        body = {"locale": "ko-KR"} | ({"customer_token": customer} if customer else {})
        opened = await wire.post("/api/chat/conversations", body)
        return cls(wire, f"/api/chat/conversations/{opened['conversation_id']}/messages", opened["token"])

    async def say(self, text: str = "", choice: str | None = None) -> float:
        """Send a message; milliseconds until its answer. Raises NotAnswered."""
        self.count += 1
        body: dict[str, Any] = {"id": f"m{self.count}", "text": text, "choice": choice}
        began = time.perf_counter()
        answer = await self.wire.post(self.path, body, self.token)
        took = (time.perf_counter() - began) * 1000
        for block in answer["blocks"]:
            if block["kind"] == "products":
                self.shown = [item["product"] for item in block["items"]]
                variants = [item["variant"] for item in block["items"] if item.get("variant")]
                self.variant = variants[0] if variants else self.variant
            if block["kind"] == "choices":
                picks = [o["id"][5:] for o in block["options"] if o["id"].startswith("pick:")]
                self.variant = picks[0] if picks else self.variant
        return took


def visit(number: int) -> list[tuple[str, str, str | None]]:
    """The turns of one visit: kind, words, choice; `{variant}` is one that was shown."""
    korean, english = _WISHES_KO[number % len(_WISHES_KO)], _WISHES_EN[number % len(_WISHES_EN)]
    return [
        ("find", f"{korean} {90_000 + 10 * number}원 이하로 추천해 주세요", None),
        ("find_en", f"do you have {english} under {90_000 + 10 * number} won?", None),
        ("narrow", f"{10 + number % 20}만원 이하로 블랙만 보여주세요", None),
        ("product", "첫 번째 거 소재가 뭐예요?", None),
        ("stock", "그거 재고 있어요?", None),
        ("similar", "비슷한 거 더 있어요?", None),
        ("add", "", "add:{variant}"),
        ("cart", "장바구니 보여줘", None),
        ("policy", "배송비 얼마예요?", None),
        ("unanswerable", "해외 지점에서도 수선해 주나요?", None),
        ("smalltalk", "고마워요", None),
    ]


async def latencies(url: str, rounds: int = ROUNDS) -> dict[str, dict[str, float]]:
    """Milliseconds by kind of turn, one shopper at a time."""
    took: dict[str, list[float]] = defaultdict(list)
    for number in range(-2, rounds):  # two visits to warm up
        talk = await Talk.open(url)
        for kind, words, choice in visit(number):
            if choice and not talk.variant:
                continue
            spent = await talk.say(words, choice.format(variant=talk.variant) if choice else None)
            if number >= 0:
                took[kind].append(spent)
        talk.wire.close()
    rows = {kind: spread(values) for kind, values in took.items()}
    return {**rows, "all": spread(list(itertools.chain.from_iterable(took.values())))}


async def throughput(
    url: str, at_once: int, seconds: float, per_second: float | None = None
) -> dict[str, Any]:
    """Turns a second that so many conversations at once get answered, and how long each waits.

    `per_second`: all of them together say so much, evenly, and each wait counts from when a message was due; without
    it everybody speaks again as soon as they are answered, which shows how much the shop can do at most.
    """
    took: list[float] = []
    refused = 0
    talks = [await Talk.open(url) for _ in range(at_once)]
    pace = at_once / per_second if per_second else 0.0
    began = last = time.perf_counter()

    async def shop(number: int, talk: Talk) -> None:
        nonlocal refused, last
        due = began + pace * number / at_once
        # shoppers at a pace are in the middle of their visits: two hundred first searches at once are no shop's day
        begun = number if pace else 0
        for lap in itertools.count(number):
            turns = visit(lap)
            for _, words, choice in turns[begun % len(turns) :]:
                if pace:
                    await asyncio.sleep(due - time.perf_counter())
                if time.perf_counter() > began + seconds:
                    return
                if choice and not talk.variant:
                    continue
                late = max(0.0, time.perf_counter() - due) * 1000 if pace else 0.0
                try:
                    spent = await talk.say(words, choice.format(variant=talk.variant) if choice else None)
                    took.append(late + spent)
                    last = time.perf_counter()
                except NotAnswered:
                    refused += 1
                due += pace
            begun = 0

    await asyncio.gather(*(shop(number, talk) for number, talk in enumerate(talks)))
    spent = last - began
    for talk in talks:
        talk.wire.close()
    return {
        "at_once": at_once,
        "asked_per_second": per_second,
        "seconds": round(spent, 1),
        "turns": len(took),
        "turns_per_second": round(len(took) / spent, 1),
        "refused": refused,
        **spread(took),
    }


def spread(values: list[float]) -> dict[str, float]:
    """p50, p95, p99 of milliseconds."""
    cuts = statistics.quantiles(values, n=100, method="inclusive") if len(values) > 1 else [values[0]] * 99
    return {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "p99": round(cuts[98], 1)}
