"""A message nobody was sure of is taken up again in the meaning its shopper chose, with all it named."""

from datetime import date

from dangol.assistant.listening import hear, meant
from dangol.assistant.minds.embedded.jobs import JOBS
from dangol.assistant.minds.embedded.talking import MEANINGS
from dangol.assistant.speak.locales import en, ko
from dangol.assistant.state import Exchange, Memory, OfferedChoice, State
from dangol.assistant.understanding.reading import Context, Entity, Intent, Reading
from dangol.kernel.facts import MessageHeard
from dangol.kernel.shop import Shop

UNCLEAR = "2개 그거 어떻게 좀"
ASKED = State(
    conversation_id="c",
    memory=Memory(offered=(OfferedChoice(id="meant:add_to_cart", label="장바구니에 담기"),)),
    lately=(Exchange(shopper=UNCLEAR, answer="혹시 어떤 뜻이었을까요?"),),
)


SHOP = Shop(name={"ko": "가게"}, locale="ko-KR", currency="KRW", time_zone="Asia/Seoul")


class OneReading:
    """A reader that takes every message for a price asked, of two."""

    def __init__(self) -> None:
        self.read_texts: list[str] = []

    def read(self, text: str, context: Context) -> Reading:
        self.read_texts.append(text)
        two = Entity(type="quantity", text="2개", value=2, start=0, end=2)
        return Reading(
            text=text, language="ko", intents=(Intent(name="ask_price", confidence=0.2),), entities=(two,)
        )


def heard(**given: str) -> MessageHeard:
    return MessageHeard(message="m", **{"text": "", **given})


def test_a_press_reads_the_unclear_message_again_in_the_meaning_chosen():
    reader = OneReading()
    reading = hear(reader, heard(choice="meant:add_to_cart"), ASKED, SHOP, date(2026, 11, 21))
    assert reader.read_texts == [UNCLEAR]
    assert [one.name for one in reading.intents] == ["add_to_cart"]
    assert reading.values("quantity") == [2]


def test_typing_what_a_button_says_is_pressing_it():
    assert meant(ASKED, heard(text="장바구니에 담기")) == ("add_to_cart", UNCLEAR)


def test_anything_else_is_a_message_of_its_own():
    assert meant(ASKED, heard(text="환불 되나요")) is None
    assert meant(State(conversation_id="c"), heard(choice="meant:add_to_cart")) is None


def test_every_meaning_has_its_words_and_its_job():
    for name in MEANINGS:
        assert name in JOBS
        assert f"meant_{name}" in ko.TEXTS
        assert f"meant_{name}" in en.TEXTS
