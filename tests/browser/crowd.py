"""A busy afternoon at the desk: hundreds of conversations through the chat API, as shoppers open them.

`python tests/browser/crowd.py http://127.0.0.1:8000 dangol-data 300` fills a running demo shop, to look at the console
as it looks when it matters.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey

KOREAN = (
    ("주문한 운동화가 아직 안 왔어요", "언제 도착하는지 알려주세요", "상담원 연결해 주세요"),
    ("받은 셔츠에 얼룩이 있어요", "교환하고 싶어요", "사람이랑 얘기할게요"),
    ("환불이 아직 안 들어왔어요. 벌써 일주일째예요", "상담원 연결해 주세요"),
    ("240 신는데 러닝화 250 사도 될까요?", "발볼이 넓은 편이에요"),
    ("쿠폰이 적용이 안 돼요", "상담원이랑 통화하고 싶어요"),
    ("선물 포장 되나요?", "카드도 넣을 수 있어요?"),
    ("진짜 너무하네요. 세 번이나 물어봤는데 답이 없어요!", "당장 사람 연결해 주세요"),
    ("제주도인데 배송비가 얼마예요?",),
    ("매장에서 픽업할 수 있나요?", "강남점 재고 있어요?"),
    ("주문 취소하고 싶어요", "주문번호를 잊어버렸어요", "상담원 부탁드려요"),
)
ENGLISH = (
    ("My parcel says delivered but it isn't here", "Can I talk to a person please"),
    ("Do these run small? I usually wear a 9", "thanks"),
    ("The zipper broke after two days", "I want a refund", "agent please"),
    ("Do you ship to Singapore?",),
    ("I was charged twice for the same order", "let me speak to a human"),
)
_ASIDE = 8


def _call(url: str, body: dict[str, Any], token: str = "") -> dict[str, Any]:
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        told: dict[str, Any] = json.loads(answer.read())
        return told


def _customers(data: Path) -> list[str]:
    with (data / "demo" / "customers.csv").open(encoding="utf-8") as file:
        return [line["Email"] for line in csv.DictReader(file)]


def talk(address: str, lines: Sequence[str], *, language: str = "ko", customer: str | None = None) -> str:
    """One conversation of these lines, whole; gives its id. `customer` is a signed token."""
    about = {"channel": "web", "locale": language} | ({"customer_token": customer} if customer else {})
    opened = _call(f"{address}/api/chat/conversations", about)
    path = f"{address}/api/chat/conversations/{opened['conversation_id']}/messages"
    for number, line in enumerate(lines):
        _call(path, {"id": f"m{number}", "text": line}, str(opened["token"]))
    return str(opened["conversation_id"])


def signed(data: Path, email: str, name: str = "") -> str:
    """The token with which the shop says who a shopper is."""
    secret = (data / "secrets" / "shop").read_text().strip()
    claims = {"email": email, "exp": 4_000_000_000} | ({"name": name} if name else {})
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(secret))


def fill(address: str, data: Path, many: int) -> None:
    """Open so many conversations; two in three by customers of the shop, one in four in English."""
    chance = random.Random(7)
    known = _customers(data)

    def one(number: int) -> str:
        english = number % 4 == 3
        lines = (ENGLISH if english else KOREAN)[chance.randrange(len(ENGLISH if english else KOREAN))]
        customer = signed(data, known[number % len(known)]) if number % 3 else None
        return talk(address, lines, language="en" if english else "ko", customer=customer)

    with ThreadPoolExecutor(_ASIDE) as pool:
        list(pool.map(one, range(many)))


if __name__ == "__main__":
    fill(sys.argv[1].rstrip("/"), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 300)
