"""Hearing a message in the light of what was asked last, without being deaf to anything else."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from datetime import date
from typing import Literal, Protocol

from dangol.assistant.state import Question, State, typed_button
from dangol.assistant.understanding.reading import Context, Expected, Intent, Reading
from dangol.kernel.facts import MessageHeard
from dangol.kernel.shop import Shop

_ASKS_BACK = re.compile(
    r"(?i)[?？]|얼마|언제|어디서|되나|돼요$|인가요|나요|\b(?:how|what|when|where|why|which|can i|do you)\b"
)
_ENDS_ASKING = re.compile(r"[?？]\W*$")
_GIVES = frozenset({"inform", "correct", "affirm", "deny", "choose_option", "set_address", "change_order"})
_GIVEN = frozenset({"email", "phone", "address", "postcode"})
# who is asking is shown by what a contact consists of; a code reads as it stands
_READ_AS = {
    "solved": "yes_no",
    "rating": "choice",
    "proof": "contact",
    "recipient": "contact",
    "own_phone": "contact",
    "own_name": "contact",
    "guide": None,
    "code": None,
    "purchase_code": None,
}
_CONSENT = frozenset({"affirm", "checkout", "inform", "thank"})
_AGREES = frozenset({"affirm", "checkout"})
_AGREED = 0.5  # "undo that pls", read as a yes for want of anything better, is none
_CLEAR = 0.6  # from here on a request of the shopper's own is believed against our question


class Reader(Protocol):
    """What reads a message."""

    def read(self, text: str, context: Context) -> Reading:
        """Intents and entities of a message."""
        ...


MEANT = "meant:"  # a press of "did you mean", followed by the intent


def meant(state: State, heard: MessageHeard) -> tuple[str, str] | None:
    """What a shopper says they meant ("did you mean", pressed or typed): the intent, and the message it is of."""
    pressed = heard.choice or typed_button(state.memory.offered, heard.text)
    if pressed is None or not pressed.startswith(MEANT) or not state.lately:
        return None
    return pressed.removeprefix(MEANT), state.lately[-1].shopper


def hear(reader: Reader, heard: MessageHeard, state: State, shop: Shop, today: date) -> Reading:
    """Read what was heard; once the shopper has said what a message meant, that message again in this meaning."""
    told = meant(state, heard)
    if told is None:
        return listen(reader, heard.text, state, shop, today)
    intent, text = told
    reading = listen(reader, text, state, shop, today)
    return reading.model_copy(update={"intents": (Intent(name=intent, confidence=1.0),)})


def listen(reader: Reader, text: str, state: State, shop: Shop, today: date) -> Reading:
    """Read a message. While a contact or an address is awaited almost anything could be a name, so that a clear
    request ("처음으로", "장화 보여줘") is looked for first, and only what is none is read as the answer."""
    return _in_their_language(
        _without_doubtful_yes(_heard(reader, text, state, shop, today), text), text, state
    )


_HANGUL = re.compile(r"[가-힣]")


def _in_their_language(reading: Reading, text: str, state: State) -> Reading:
    """Where something goes is written as it is there: a Korean address in an English talk is no wish to go on in Korean."""
    if reading.language == state.language or not any(each.type == "address" for each in reading.entities):
        return reading
    rest = text
    for each in reading.entities:
        rest = rest.replace(each.text, " ", 1) if each.text else rest
    return reading if _HANGUL.search(rest) else reading.model_copy(update={"language": state.language})


def _without_doubtful_yes(reading: Reading, text: str) -> Reading:
    """A question is never a yes: "그래요?" and "그건 왜 그래요?" agree to nothing."""
    if not _ENDS_ASKING.search(text):
        return reading
    return reading.model_copy(
        update={"intents": tuple(each for each in reading.intents if each.name != "affirm")}
    )


def _heard(reader: Reader, text: str, state: State, shop: Shop, today: date) -> Reading:
    asked = state.memory.awaits
    awaits: Expected | None = "yes_no" if state.question else _READ_AS.get(asked, asked)  # type: ignore
    if awaits is None:
        free = reader.read(text, _context(state, shop, today, None))
        return _beside_proof(reader, free, _context(state, shop, today, None))
    plain_address = awaits == "address" and _POSTCODE.search(text) and not _ASKS_BACK.search(text)
    if awaits not in ("contact", "address") or plain_address:
        return reader.read(text, _context(state, shop, today, awaits))
    free = reader.read(text, _context(state, shop, today, None))
    if _ASKS_BACK.search(text) or _is_request(free) or _says_no(free):
        return free
    return reader.read(text, _context(state, shop, today, awaits))


_OF_ORDERS = frozenset(
    {"report_item_problem", "return_item", "exchange_item", "track_order", "cancel_order", "complain", "track_refund",
     "get_invoice", "ask_return_policy"}
)  # fmt: skip
# "12 Teheran-ro Gangnam Seoul 06236": no question after a branch, though one is called so
_POSTCODE = re.compile(r"(?<![\d-])\d{5}(?:-\d{4})?(?![\d-])|\b[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}\b")
_SHOWS_WHO = frozenset({"order_id", "email", "phone"})


def _beside_proof(reader: Reader, read: Reading, context: Context) -> Reading:
    """What is wanted beside an order number and an e-mail ("1003 jo@example.com the tee has a hole"): read without them
    where they hid it."""
    proof = [each for each in read.entities if each.type in _SHOWS_WHO]
    first = read.intents[0] if read.intents else None
    if not proof or (first is not None and first.name not in _GIVES and first.confidence >= _CLEAR):
        return read
    rest = read.text
    for each in proof:
        rest = rest[: each.start] + " " * (each.end - each.start) + rest[each.end :]
    alone = reader.read(rest, context) if any(letter.isalpha() for letter in rest) else read
    if not _is_request(alone) or alone.intents[0].name not in _OF_ORDERS:
        return read
    entities = (*proof, *(each for each in alone.entities if each not in proof))
    ordered = tuple(sorted(entities, key=lambda each: each.start))
    sure = tuple(each for each in alone.intents if each.confidence >= _CLEAR)
    return alone.model_copy(
        update={"text": read.text, "language": read.language, "entities": ordered, "intents": sure}
    )


def _says_no(reading: Reading) -> bool:
    """ "아니요" is nobody's name."""
    said = [intent for intent in reading.intents if intent.confidence >= _CLEAR]
    return [intent.name for intent in said] == ["deny"] and not reading.entities


def _is_request(reading: Reading) -> bool:
    if any(entity.type in _GIVEN for entity in reading.entities):
        return False
    return any(intent.name not in _GIVES and intent.confidence >= _CLEAR for intent in reading.intents[:1])


def _context(state: State, shop: Shop, today: date, awaits: Expected | None) -> Context:
    memory = state.memory
    return Context(
        language=state.language,
        languages=shop.languages,
        expects=awaits,
        offered=tuple(choice.label for choice in memory.offered)
        or tuple(item.title for item in memory.shown),
        product_on_page=state.page is not None,
        today=today,
        currency=shop.currency,
        time_zone=shop.time_zone,
        last_intents=memory.last_intents,
    )


# "shall I cancel it?" "취소부터 해줘": the very act, told to be done, agrees to it
_THE_ACT = {
    "cancel_order": re.compile(
        r"(?i)^\W*(?:네|넵|응|ㅇㅇ|예|그냥|일단|우선|빨리)?\W*(?:주문\s?)?취소(?:부터|요|욤|여|로)?\s?(?:먼저\s?)?(?:요|해|해요|해줘\S*|해\s?주\S+|할게\S*|할래\S*|할께\S*|하겠\S*|시켜\S*|진행\S*|부탁\S*)?\W*$"
        r"|^\W*(?:yes|yeah|ok(?:ay)?|please|just|go ahead and)?\W*cancel(?: it| that| this| the order| my order| order)?(?: first| now| please| pls)*\W*$"
    ),
    "start_return": re.compile(
        r"(?i)^\W*(?:네|넵|응|ㅇㅇ|예|그냥|일단)?\W*(?:반품|환불)\s?(?:요|해|해요|해줘\S*|해\s?주\S+|할게\S*|할래\S*|할께\S*|하겠\S*|진행\S*|부탁\S*)\W*$"
        r"|^\W*(?:yes|yeah|ok(?:ay)?|please|just|go ahead and)?\W*(?:return|refund)(?: it| that| them)(?: now| please| pls)*\W*$"
    ),
}


def _agrees_by_name(tool: str, text: str) -> bool:
    return tool in _THE_ACT and _THE_ACT[tool].match(text) is not None


# "leave it as it is", "원래대로 둬주세요" to what would change something
_LEAVES = re.compile(
    r"(?i)(?:원래|있던|지금|전)\s?(?:그)?대로|그대로\s?(?:두|둬|놔)|그냥\s?(?:두|둬|놔)|^\W*(?:no,? |nah,? |actually,? |just )*leave (?:it|things|everything)(?: as (?:it is|is|it was|they are)| alone| then| be)?\W*$|\bas it (?:is|was)\b|^\W*(?:please |ok |no |wait )*undo\b|되돌려"
)
# "so yes or no", "네?": a question back, by which nothing is agreed to
_ASKS_BACK = re.compile(
    r"(?i)\byes or no\b|\by ?/ ?n\b|\byes or what\b|(?:네|예|된다|되는|맞아|할지)\S{0,3}\s?(?:아니[면요오야]|안\s?(?:된다|되는)|말지)|[?？]\W*$"
)
# so many are meant, and nothing is agreed to by it
_ALL_OF_THEM = re.compile(
    r"(?i)^\W*(?:both(?: of them)?|all(?: of them)?|everything|둘\s?다|셋\s?다|전부\s?다?|모두|다)\s?(?:요|여|예요|please|pls)?\W*$"
)


# "yes please, a new one" to money back, "네 환불로요" to other goods: the other of the two is wanted
_OTHER = {
    "return": re.compile(
        r"(?i)새\s?(?:걸|거|것|제품|상품)(?:로|으로)|교환|바꿔|\b(?:a new one|new ones|another one|replac\w+|exchang\w+|swap\w*)\b"
    ),
    "exchange": re.compile(r"(?i)환불|돈으로|\b(?:refund\w*|money back)\b"),
}


def _unless_the_other(text: str, question: Question | None) -> Literal["yes", "dropped"]:
    """A yes, but for one that asks for money where other goods are proposed, or for these where money is."""
    proposed = question.args.get("request", {}) if question and question.tool == "start_return" else {}
    other = _OTHER.get(proposed.get("kind", ""))
    return "dropped" if other is not None and other.search(text) else "yes"


def _of_the_act(text: str, question: Question) -> Literal["yes", "no", "dropped"] | None:
    """What the words say to this very act, whatever they are read as; None where they say nothing of it."""
    many = question.tool == "start_return" and _ALL_OF_THEM.match(text)
    if many or _ASKS_BACK.search(text):
        return "dropped"
    if question.tool in _CHANGES and _LEAVES.search(text):
        return "no"
    return _unless_the_other(text, question) if _agrees_by_name(question.tool, text) else None


_CHANGES = frozenset({"cancel_order", "change_address", "change_option", "change_payment", "start_return"})


def yes_or_no(heard: MessageHeard, state: State, reading: Reading) -> Literal["yes", "no", "dropped"]:
    """What a message says to a question: pressed, typed or said; a yes with something else in it is no yes."""
    pressed = heard.choice or typed_button(state.memory.offered, heard.text)
    if pressed in ("yes", "no"):
        return "yes" if pressed == "yes" else "no"
    if pressed is None and state.question is not None and (said := _of_the_act(heard.text, state.question)):
        return said
    names = {intent.name for intent in reading.intents}
    sure = any(intent.name in _AGREES and intent.confidence >= _AGREED for intent in reading.intents)
    if pressed is None and sure and names <= _CONSENT and not reading.entities:
        return _unless_the_other(heard.text, state.question)
    first = reading.intents[0].name if reading.intents else ""
    if pressed is None and any(entity.type == "order_id" for entity in reading.entities):
        return "dropped"  # "no, order 1003": the question is gone, and the rest is heard
    return "no" if pressed is None and first in ("deny", "cancel_dialogue") else "dropped"
