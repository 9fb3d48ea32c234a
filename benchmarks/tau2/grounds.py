"""What an agent of the benchmark may say: its calls' results and the policy, as evidence of the shop's truth check; pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from benchmarks.tau2.shape import CURRENCY, Json, cents
from dangol.assistant.truth import Evidence
from dangol.assistant.truth.generated import check_generated

_AMOUNTS = frozenset({"price", "amount", "balance", "exchange_price_difference"})
_NAMES = {"item_id": "sku", "product_id": "product", "name": "title"}


class Grounds:
    """The evidence of one conversation; grows with every call that is made."""

    def __init__(self, policy: str, now: datetime) -> None:
        self._policy = policy
        self._now = now
        self._results: list[Any] = [_passages(policy)]

    def add(self, tool: str, result: Any) -> None:
        """What a call gave."""
        self._results.append({"tool": tool, "result": _told(tool, result)})

    def allow(self, amounts: Json) -> None:
        """The moneys of an offer of the shop, in minor units."""
        self._results.append({name: _money(amount) for name, amount in amounts.items()})

    def against(self, text: str, said: str) -> str:
        """What in a text has no ground, by kind; "" when all of it has."""
        evidence = Evidence.gather(self._results, said, self._now, "America/New_York")
        found = check_generated(text, evidence, said=said, rules=self._policy)
        return "; ".join(f"{each.kind}: {each.text}" for each in found)


def _passages(policy: str) -> Json:
    """The policy by its headings, as the articles of a shop are."""
    passages = []
    for place, part in enumerate(policy.split("\n## ")):
        heading, _, text = part.partition("\n")
        passages.append(
            {
                "article": f"policy-{place}", "title": heading.strip("# "), "text": text.strip(), "url": "",
                "language": "en", "score": 1.0,
            }
        )  # fmt: skip
    return {"passages": passages}


def _money(amount: int) -> Json:
    return {"amount": abs(amount), "currency": CURRENCY}


def _told(tool: str, result: Any) -> Any:
    """A result of the benchmark in the words of the shop's own results."""
    if tool == "calculate":
        return {"total": _money(cents(result))}
    if tool == "get_product_details":
        variants = result["variants"].values()
        return {
            "items": [{**_plain(each), "title": result["name"], "product": result["product_id"]} for each in variants],
            "total": len(variants),
            "left": sum(bool(each["available"]) for each in variants),
        }  # fmt: skip
    return _plain(result)


def _plain(node: Any) -> Any:
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    told: Json = {}
    for name, value in node.items():
        if name in _AMOUNTS and isinstance(value, int | float):
            told[name] = _money(cents(value))
        elif name == "available":
            told["in_stock"] = value
        else:
            # a person's name is a mapping, a product's is its title
            title = name if isinstance(value, dict) else _NAMES.get(name, name)
            told[title] = _plain(value)
    if isinstance(node.get("items"), list):
        told["total"] = _money(sum(cents(each["price"]) for each in node["items"]))
    return told
