"""Copies of messages to learn from: noisy the way hurried people type, and about goods of other shops."""

import random
import re
from functools import cache

from dangol.kernel.words import categories, hangul

_MARKS = re.compile(r"[?!.,~'\"]+")
_WORDS = re.compile(r"[가-힣]{2,}")
_NEAR_KEYS = {
    left: right
    for row in (
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ",
        "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ",
        "ㅋㅌㅊㅍㅠㅜㅡ",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
    )
    for left, right in zip(row, row[1:] + row[-2], strict=True)
}
_ENDINGS = (
    (re.compile(r"(?<=[가-힣])요(?=[?!.~\s]|$)"), ("여", "용", "욤", "")),
    (re.compile(r"있나요|있어요|있습니까"), ("있음", "있나여", "있어여", "있나")),
    (re.compile(r"(?:해\s?주세요|해\s?주시겠어요)"), ("해주세여", "해줘요", "해줘", "좀요")),
    (re.compile(r"되나요|돼요|될까요|됩니까"), ("되나여", "됨", "되요", "될까여")),
    (re.compile(r"인가요|이에요|예요"), ("인가여", "임", "이에여", "에요")),
    (re.compile(r"(?:합니다|할게요|하고\s?싶어요)"), ("할께요", "함", "할게여", "하고싶은데")),
)
_SHORTER = (
    (re.compile(r"\byou\b"), "u"), (re.compile(r"\bare\b"), "r"), (re.compile(r"\bplease\b"), "pls"),
    (re.compile(r"\byour\b"), "ur"),
    (re.compile(r"\bthanks\b"), "thx"), (re.compile(r"\bwant to\b"), "wanna"), (re.compile(r"\bgoing to\b"), "gonna"),
    (re.compile(r"\bfor\b"), "4"), (re.compile(r"\b(?:can|could) you\b"), "can u"), (re.compile(r"\band\b"), "n"),
    (re.compile(r"\b(?:the|a|an)\b\s"), ""), (re.compile(r"\bis there\b"), "theres"), (re.compile(r"\bsize\b"), "sz"),
)  # fmt: skip


def noisy(plain: str, language: str, chance: random.Random) -> str:
    """A sloppy way to type a plain text: marks or spaces left out, endings and words shortened, a slip of the finger."""
    bare = _MARKS.sub("", plain).strip()
    if language != "ko":
        return _slip(_abbreviated(bare, chance), chance)
    if chance.random() < 0.5:
        return bare.replace(" ", "")
    return _slip(_casual(_without_particles(bare, chance), chance), chance)


def _without_particles(text: str, chance: random.Random) -> str:
    if chance.random() < 0.5:
        return text
    return _WORDS.sub(
        lambda found: hangul.strip_particles(found.group()) if chance.random() < 0.5 else found.group(), text
    )


def _casual(text: str, chance: random.Random) -> str:
    for pattern, others in _ENDINGS:
        if chance.random() < 0.5:
            text = pattern.sub(chance.choice(others), text)
    return text + chance.choice(("", "", "", "ㅠㅠ", "ㅋㅋ", "ㅎㅎ", "?", "!", "~"))


def _abbreviated(text: str, chance: random.Random) -> str:
    for pattern, shorter in _SHORTER:
        if chance.random() < 0.3:
            text = pattern.sub(shorter, text)
    return text


def _slip(text: str, chance: random.Random) -> str:
    """One letter missed, doubled with its neighbour key, or swapped, in a message long enough to bear it."""
    letters = list(hangul.decompose(text))
    if len(letters) < 12 or chance.random() < 0.4:
        return text
    at = chance.randrange(1, len(letters) - 1)
    if letters[at].isspace() or letters[at].isdigit():
        return text
    way = chance.randrange(3)
    if way == 0:
        del letters[at]
    elif way == 1:
        letters[at] = _NEAR_KEYS.get(letters[at], letters[at])
    else:
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return hangul.compose("".join(letters))


def about_other_goods(plain: str, language: str, chance: random.Random) -> str:
    """The same message about other kinds of goods, so that the model learns the request and not the goods."""
    out, at = [], 0
    for _, start, end in categories.words().find_plain(plain):
        out += [plain[at:start], chance.choice(_goods(language))]
        at = end
    return "".join([*out, plain[at:]])


@cache
def _goods(language: str) -> tuple[str, ...]:
    rows = categories.words().rows.values()
    words = (word for row in rows for word in (row.ko if language == "ko" else row.en))
    return tuple(word for word in words if word[0] != "^" and word[-1] != "$")
