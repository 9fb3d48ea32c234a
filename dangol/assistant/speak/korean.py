"""Korean that fits the word before it and the tone the shop wants: particles, 해요체, 합쇼체."""

from __future__ import annotations

import re

_PAIRS = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
    "이에요": ("이에요", "예요"),
    "이고": ("이고", "고"),
}
# how the last sound of a digit or a Latin letter closes when read in Korean
_DIGIT_CLOSES = {
    "0": "ㅇ",
    "1": "ㄹ",
    "2": "",
    "3": "ㅁ",
    "4": "",
    "5": "",
    "6": "ㄱ",
    "7": "ㄹ",
    "8": "ㄹ",
    "9": "",
}
_LETTER_CLOSES = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ"}
_LATIN_WORD_CLOSES = ("b", "c", "k", "l", "m", "n", "p", "t", "ng")


def _closing(word: str) -> str:
    """The final consonant a word is heard with: "" for an open syllable, "ㄹ" for ㄹ, "ㅇ" for any other."""
    text = re.sub(r"[\s)\]\"'”’!?.,]+$", "", re.sub(r"\([^)]*\)\s*$", "", word))
    if not text:
        return ""
    last = text[-1]
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return "" if final == 0 else "ㄹ" if final == 8 else "ㅇ"
    if last in _DIGIT_CLOSES:
        return _DIGIT_CLOSES[last]
    lower = text.lower()
    if last.isalpha() and (len(text) == 1 or text[-2:].isupper()):
        return _LETTER_CLOSES.get(last.lower(), "")
    if lower.endswith("l"):
        return "ㄹ"
    return "ㅇ" if lower.endswith(_LATIN_WORD_CLOSES) else ""


def with_particle(word: str, particle: str) -> str:
    """A word with the form of the particle that follows from its last sound: 티셔츠를, 신발을, 서울로, 부산으로."""
    closed, open_ = _PAIRS[particle]
    closing = _closing(word)
    if particle == "으로" and closing == "ㄹ":
        return word + open_
    return word + (closed if closing else open_)


# the endings our own sentences use, from 해요체 to 합쇼체; longest first
_FORMAL = (
    ("해 드릴까요?", "해 드릴까요?"),
    ("드릴까요?", "드릴까요?"),
    ("볼까요?", "볼까요?"),
    ("할까요?", "할까요?"),
    ("을까요?", "을까요?"),
    ("일까요?", "일까요?"),
    ("주시겠어요?", "주시겠습니까?"),
    ("하시겠어요?", "하시겠습니까?"),
    ("겠어요?", "겠습니까?"),
    ("으신가요?", "으십니까?"),
    ("신가요?", "십니까?"),
    ("인가요?", "입니까?"),
    ("나요?", "습니까?"),
    ("세요?", "십니까?"),
    ("어요?", "습니까?"),
    ("드릴게요", "드리겠습니다"),
    ("할게요", "하겠습니다"),
    ("볼게요", "보겠습니다"),
    ("둘게요", "두겠습니다"),
    ("을게요", "겠습니다"),
    ("릴게요", "리겠습니다"),
    ("갈게요", "가겠습니다"),
    ("낼게요", "내겠습니다"),
    ("울게요", "우겠습니다"),
    ("꿀게요", "꾸겠습니다"),
    ("출게요", "추겠습니다"),
    ("주세요", "주십시오"),
    ("보세요", "보십시오"),
    ("마세요", "마십시오"),
    ("하세요", "하십시오"),
    ("르세요", "르십시오"),
    ("으세요", "으십시오"),
    ("시면 돼요", "시면 됩니다"),
    ("이에요", "입니다"),
    ("예요", "입니다"),
    ("아니에요", "아닙니다"),
    ("거예요", "것입니다"),
    ("네요", "습니다"),
    ("군요", "습니다"),
    ("했어요", "했습니다"),
    ("겠어요", "겠습니다"),
    ("았어요", "았습니다"),
    ("었어요", "었습니다"),
    ("였어요", "였습니다"),
    ("없어요", "없습니다"),
    ("있어요", "있습니다"),
    ("같아요", "같습니다"),
    ("많아요", "많습니다"),
    ("좋아요", "좋습니다"),
    ("맞아요", "맞습니다"),
    ("않아요", "않습니다"),
    ("어려워요", "어렵습니다"),
    ("고마워요", "고맙습니다"),
    ("반가워요", "반갑습니다"),
    ("가까워요", "가깝습니다"),
    ("뵈어요", "뵙습니다"),
    ("드려요", "드립니다"),
    ("몰라요", "모릅니다"),
    ("달라요", "다릅니다"),
    ("빨라요", "빠릅니다"),
    ("걸려요", "걸립니다"),
    ("들어요", "듭니다"),
    ("나와요", "나옵니다"),
    ("나가요", "나갑니다"),
    ("와요", "옵니다"),
    ("줘요", "줍니다"),
    ("여요", "입니다"),
    ("져요", "집니다"),
    ("려요", "립니다"),
    ("워요", "웁니다"),
    ("돼요", "됩니다"),
    ("봐요", "봅니다"),
    ("써요", "씁니다"),
    ("해요", "합니다"),
    ("팔아요", "팝니다"),
    ("받아요", "받습니다"),
    ("남아요", "남습니다"),
    ("작아요", "작습니다"),
    ("넓어요", "넓습니다"),
    ("젊어요", "젊습니다"),
    ("커요", "큽니다"),
    ("싸요", "쌉니다"),
    ("세요", "십시오"),
    ("습니다", "습니다"),
    ("죠", "습니다"),
)


def formal(sentence: str) -> str:
    """A sentence of ours in 합쇼체; only the endings change, never a word or a figure."""

    def change(match: re.Match[str]) -> str:
        word = match.group(1)
        for plain, polite in _FORMAL:
            if word.endswith(plain):
                return word[: -len(plain)] + polite
        return word

    return re.sub(r"([가-힣 ]*[가-힣]\??)(?=[.!)]|$|\n)", change, sentence)


def has_formal(ending: str) -> bool:
    """Does a sentence with this ending have a 합쇼체 form here? A house test asks it of every line."""
    text = ending.rstrip(" .!")
    return any(text.endswith(plain) for plain, _ in _FORMAL) or formal(text) != text
