"""Korean letters: jamo, the two-set keyboard, initial consonants and particles, for text typed in a hurry."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from functools import lru_cache

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
MEDIALS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]

_KEYS = {
    **dict(
        zip("qwertyuiopasdfghjklzxcvbnm", "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", strict=True)
    ),
    **dict(zip("QWERTOP", "ㅃㅉㄸㄲㅆㅒㅖ", strict=True)),
}
_DOUBLE_MEDIALS = {
    "ㅗㅏ": "ㅘ",
    "ㅗㅐ": "ㅙ",
    "ㅗㅣ": "ㅚ",
    "ㅜㅓ": "ㅝ",
    "ㅜㅔ": "ㅞ",
    "ㅜㅣ": "ㅟ",
    "ㅡㅣ": "ㅢ",
}
_DOUBLE_FINALS = {
    "ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ",
    "ㄹㅅ": "ㄽ", "ㄹㅌ": "ㄾ", "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ",
}  # fmt: skip
_PARTS = {double: pair for table in (_DOUBLE_MEDIALS, _DOUBLE_FINALS) for pair, double in table.items()}
_JAMO_KEYS = {jamo: key for key, jamo in _KEYS.items()}


def is_syllable(char: str) -> bool:
    """Whether a character is a whole Korean syllable (가–힣)."""
    return "가" <= char <= "힣"


def is_jamo(char: str) -> bool:
    """Whether a character is a loose Korean letter (ㄱ–ㅣ)."""
    return "ㄱ" <= char <= "ㅣ"


def is_korean(char: str) -> bool:
    """Whether a character is Korean, whole or loose."""
    return is_syllable(char) or is_jamo(char)


def split_syllable(char: str) -> tuple[str, str, str]:
    """The initial, medial and final ("" if none) of one whole syllable."""
    code = ord(char) - 0xAC00
    return INITIALS[code // 588], MEDIALS[code % 588 // 28], FINALS[code % 28]


def has_final(char: str) -> bool:
    """Whether a syllable ends in a consonant, which decides which particle follows it."""
    return is_syllable(char) and (ord(char) - 0xAC00) % 28 > 0


@lru_cache(maxsize=65536)
def decompose(text: str) -> str:
    """Korean syllables as single keyboard letters (값 → ㄱㅏㅂㅅ); the rest as it is."""
    out: list[str] = []
    for char in text:
        parts = split_syllable(char) if is_syllable(char) else (char,)
        for part in parts:
            out.append(_PARTS.get(part, part))
    return "".join(out)


def compose(jamo: str) -> str:
    """Keyboard letters as syllables, the way a Korean keyboard composes them (ㄱㅏㅂㅅ → 값)."""
    out: list[str] = []
    at = 0
    while at < len(jamo):
        syllable, at = _compose_one(jamo, at)
        out.append(syllable)
    return "".join(out)


def _compose_one(jamo: str, at: int) -> tuple[str, int]:
    first = jamo[at]
    if first not in INITIALS or at + 1 >= len(jamo) or jamo[at + 1] not in MEDIALS:
        pair = jamo[at : at + 2]
        return (_DOUBLE_MEDIALS[pair], at + 2) if pair in _DOUBLE_MEDIALS else (first, at + 1)
    medial, next_at = jamo[at + 1], at + 2
    if jamo[at + 1 : at + 3] in _DOUBLE_MEDIALS:
        medial, next_at = _DOUBLE_MEDIALS[jamo[at + 1 : at + 3]], at + 3
    final, next_at = _take_final(jamo, next_at)
    code = (INITIALS.index(first) * 21 + MEDIALS.index(medial)) * 28 + FINALS.index(final)
    return chr(0xAC00 + code), next_at


def _take_final(jamo: str, at: int) -> tuple[str, int]:
    def starts_next(place: int) -> bool:
        return place + 1 < len(jamo) and jamo[place + 1] in MEDIALS

    pair = jamo[at : at + 2]
    if pair in _DOUBLE_FINALS and not starts_next(at + 1):
        return _DOUBLE_FINALS[pair], at + 2
    if at < len(jamo) and jamo[at] in FINALS and not starts_next(at):
        return jamo[at], at + 1
    return "", at


def initial_consonants(text: str) -> str:
    """The first consonant of each syllable (나이키 → ㄴㅇㅋ), for search by initials."""
    return "".join(split_syllable(char)[0] if is_syllable(char) else char for char in text)


def keys_to_hangul(text: str) -> str:
    """What Latin keys would have written on a Korean keyboard (tkatjdwjswk → 삼성전자)."""
    return compose("".join(_KEYS.get(char) or _KEYS.get(char.lower(), char) for char in text))


def hangul_to_keys(text: str) -> str:
    """What Korean letters would have written on a Latin keyboard (메ㅔㅣㄷ → apple)."""
    return "".join(_JAMO_KEYS.get(jamo, jamo) for jamo in decompose(text))


def edit_distance(a: str, b: str, limit: int) -> int:
    """Insertions, deletions, replacements and neighbour swaps between two strings; limit + 1 when more."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        earlier, before, row = before, row, [i, *[0] * len(b)]
        for j, right in enumerate(b, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                row[j] = min(row[j], earlier[j - 2] + 1)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def jamo_distance(a: str, b: str, limit: int = 3) -> int:
    """How many keystrokes apart two words are, Korean letters counted singly (니이키, 나이키 → 1)."""
    return edit_distance(decompose(a), decompose(b), limit)


# a particle, and whether the syllable before it must end in a consonant (True), in a vowel (False) or either (None)
_PARTICLES: tuple[tuple[str, bool | None], ...] = tuple(
    sorted(
        [
            *((p, True) for p in ("이에요", "이예요", "이랑", "이나", "이요", "이용", "이여", "으로", "은요", "은", "이", "을", "과")),
            *((p, False) for p in ("예요", "에요", "랑", "나", "로", "는요", "는", "가", "를", "와")),
            *((p, None) for p in ("에서는", "에서", "에게", "한테", "까지", "부터", "보다", "처럼", "마다", "밖에", "하고", "에는")),
            *((p, None) for p in ("에도", "에", "도", "만", "의", "요", "용", "여", "야", "들", "께", "만요", "도요", "로요", "으로요")),
        ],
        key=lambda pair: -len(pair[0]),
    )
)  # fmt: skip


@lru_cache(maxsize=65536)
def strip_particles(token: str) -> str:
    """A Korean word without the particle at its end (운동화를 → 운동화); agreement is checked (나이 stays 나이)."""
    for particle, needs_final in _PARTICLES:
        stem = token[: -len(particle)]
        if not token.endswith(particle) or not stem or not is_syllable(stem[-1]):
            continue
        agrees = needs_final is None or has_final(stem[-1]) == needs_final
        if agrees or (particle == "로" and split_syllable(stem[-1])[2] == "ㄹ"):
            return stem
    return token


@lru_cache(maxsize=8192)
def is_particle(text: str) -> bool:
    """Whether a piece of text is nothing but Korean particles (을, 에서는, 이랑도)."""
    if not text:
        return True
    return any(text.startswith(particle) and is_particle(text[len(particle) :]) for particle, _ in _PARTICLES)
