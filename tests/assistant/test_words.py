"""Every line exists in both languages, takes the same values, and can be said formally."""

import ast
import re
import string
from pathlib import Path

import pytest

from dangol.assistant.speak import korean
from dangol.assistant.speak.lines import line
from dangol.assistant.speak.locales import TEXTS
from dangol.assistant.speak.wording import say
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop

ASSISTANT = Path(__file__).parents[2] / "dangol" / "assistant"


def _values(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _lines_used() -> set[str]:
    used = set()
    for file in ASSISTANT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                if node.func.id in {"line", "Line", "say_line", "back_to_shop", "_said"} and isinstance(
                    first, ast.Constant
                ):
                    used.add(str(first.value))
    return used


def test_both_languages_have_the_same_lines_with_the_same_values():
    assert set(TEXTS["ko"]) == set(TEXTS["en"])
    optional = {"customer", "topic"}
    for name, korean_text in TEXTS["ko"].items():
        assert _values(korean_text) - optional == _values(TEXTS["en"][name]) - optional, name


def test_every_line_used_has_words():
    used = _lines_used()
    assert len(used) > 100
    assert used - set(TEXTS["ko"]) == set()


SENTENCES = [
    name
    for name, text in TEXTS["ko"].items()
    if re.search(r"요[.?]?$", text) and not name.startswith(("button_", "why_"))
]


@pytest.mark.parametrize("name", SENTENCES)
def test_every_sentence_has_a_formal_form(name):
    for sentence in re.split(r"(?<=[.?!])\s+", korean.formal(TEXTS["ko"][name])):
        assert not re.search(r"(?<!까)요[.?!)]*$", sentence), sentence


@pytest.mark.parametrize(
    ("plain", "polite"),
    [
        ("장바구니에 담았어요.", "장바구니에 담았습니다."), ("도와드릴게요.", "도와드리겠습니다."), ("품절이에요.", "품절입니다."),
        ("무엇을 도와드릴까요?", "무엇을 도와드릴까요?"), ("주소를 알려 주세요.", "주소를 알려 주십시오."), ("기억해 둘게요.", "기억해 두겠습니다."),
        ("이렇게 하시겠어요?", "이렇게 하시겠습니까?"), ("모자라요.", "모자랍니다."), ("써요. 커요.", "씁니다. 큽니다."), ("팔아요.", "팝니다."),
    ],
)  # fmt: skip
def test_formal_endings(plain, polite):
    assert korean.formal(plain) == polite


@pytest.mark.parametrize(
    ("word", "particle", "expected"),
    [
        ("운동화", "은", "운동화는"), ("신발", "은", "신발은"), ("티셔츠", "을", "티셔츠를"), ("서울", "으로", "서울로"),
        ("부산", "으로", "부산으로"), ("제주", "으로", "제주로"), ("129,000원", "이에요", "129,000원이에요"),
        ("사과", "이에요", "사과예요"), ("Nike", "은", "Nike는"), ("270", "은", "270은"), ("2", "이", "2가"),
        ("블랙 (270)", "이", "블랙 (270)이"), ("XL", "을", "XL을"), ("“코트”", "을", "“코트”를"), ("배송", "이고", "배송이고"),
    ],
)  # fmt: skip
def test_particles_follow_the_last_sound(word, particle, expected):
    assert korean.with_particle(word, particle) == expected


def test_values_are_written_as_the_language_writes_them(shop: Shop):
    price = Money(amount=129000, currency="KRW")
    assert say(line("price_is", title="코트", price=price), "ko", shop) == "코트는 129,000원이에요."
    assert say(line("price_is", title="The coat", price=price), "en", shop) == "The coat is ₩129,000."
    assert say(line("wishes", count=1), "en", shop).startswith("You saved 1 item;")
    assert say(line("others_in_stock", options=["S", "M", "L"]), "en", shop) == "What we do have: S, M and L."


def test_the_operator_chooses_the_formal_tone(shop: Shop):
    formal = shop.model_copy(update={"assistant": shop.assistant.model_copy(update={"tone": "hapsyo"})})
    assert say(line("cart_empty"), "ko", formal) == "장바구니가 비어 있습니다."
    assert (
        say(line("price_is", title="코트", price=Money(amount=5, currency="KRW")), "ko", formal)
        == "코트는 5원입니다."
    )
    assert say(line("cart_empty"), "en", formal) == "Your cart is empty."


def _calls_with_values() -> list[tuple[str, str, set[str]]]:
    """Every line written out with its values: the file, the line's name, the names of its values."""
    found = []
    for file in ASSISTANT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            first = node.args[0]
            if (
                node.func.id == "line"
                and isinstance(first, ast.Constant)
                and all(k.arg for k in node.keywords)
            ):
                found.append((file.name, str(first.value), {str(k.arg) for k in node.keywords}))
            elif node.func.id in {"say_line", "_said", "back_to_shop"} and isinstance(first, ast.Constant):
                found.append((file.name, str(first.value), set()))
    return found


def test_every_line_is_given_the_values_its_words_need():
    calls = _calls_with_values()
    assert len(calls) > 150
    lacking = {
        (file, name): sorted(_values(TEXTS[language][name]) - given)
        for file, name, given in calls
        for language in TEXTS
        if _values(TEXTS[language][name]) - given
    }
    assert not lacking
