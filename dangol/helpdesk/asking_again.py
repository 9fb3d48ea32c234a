"""Whether staff ask for what the shopper has already given: the quality of a hand-over, told from the transcript."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dangol.kernel import facts
from dangol.kernel.facts import Fact

_GIVEN = {
    "order": re.compile(r"(?<!\d)(?:\d{8}-\d{3,6}|\d{6,14})(?!\d|-\d)"),
    "email": re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.]+"),
    "phone": re.compile(r"(?<!\d)0\d{1,2}[- ]?\d{3,4}[- ]?\d{4}(?!\d)"),
}
_NAMED = {
    "order": re.compile(r"(?i)주문\s?번호|\border (?:number|no\b|id\b)"),
    "email": re.compile(r"(?i)이메일|메일\s?주소|\be-?mail\b"),
    "phone": re.compile(r"(?i)전화\s?번호|연락처|휴대폰|핸드폰|\bphone\b|\bmobile\b|\bcontact number\b"),
    "address": re.compile(r"(?i)(?<!메일 )(?<!메일)주소|\b(?<!mail )address\b"),
}
_ASKS = re.compile(
    r"(?i)[?？]|알려|말씀해|적어\s?주|보내\s?주|남겨\s?주|입력해|부탁|\b(?:please|could you|can you|may i|what(?:'s| is))\b"
)
_SENTENCE = re.compile(r"(?<=[.?!？。\n])\s*")


@dataclass
class Given:
    """What the shopper has given in a conversation so far: kind → the values."""

    values: dict[str, set[str]] = field(default_factory=dict)

    def hear(self, fact: Fact) -> None:
        """Take up what a fact gives: words, a form, an order that was shown to be theirs."""
        if isinstance(fact, facts.MessageHeard):
            for kind, pattern in _GIVEN.items():
                for value in pattern.findall(fact.text):
                    self._note(kind, value)
            for name, value in (fact.form or {}).get("values", {}).items():
                if value and name in _NAMED:
                    self._note(name, str(value))
        elif isinstance(fact, facts.ReplyGiven):
            for block in fact.blocks:
                if block.kind == "order":
                    self._note("order", block.order)

    def _note(self, kind: str, value: str) -> None:
        self.values.setdefault(kind, set()).add(value)

    def asked_again(self, text: str) -> tuple[str, ...]:
        """The kinds that these words ask for though they were given; naming the value confirms it and asks nothing."""
        again: dict[str, None] = {}
        for sentence in _SENTENCE.split(text):
            if not _ASKS.search(sentence):
                continue
            for kind, pattern in _NAMED.items():
                known = self.values.get(kind)
                if known and pattern.search(sentence) and not any(value in sentence for value in known):
                    again[kind] = None
        return tuple(again)
