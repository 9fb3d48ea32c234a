"""Names of the shop as people misspell them: slips of the finger, the other script, shortened sounds."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from dangol.assistant.understanding.keyboard import is_english_word
from dangol.kernel.words import hangul
from dangol.kernel.words.vocabulary import vocabulary

_TABLES = (
    "categories",
    "colours",
    "materials",
    "attributes",
    "audiences",
    "occasions",
    "seasons",
    "topics",
    "reasons",
    "sorts",
)
_CONSONANTS = {
    **dict.fromkeys("ㄱㄲㅋgkqc", "k"), **dict.fromkeys("ㄷㄸㅌdt", "t"), **dict.fromkeys("ㅂㅃㅍbpfv", "p"),
    **dict.fromkeys("ㅅㅆs", "s"), **dict.fromkeys("ㅈㅉㅊjz", "c"), **dict.fromkeys("ㄹlr", "l"), "ㅁ": "m", "m": "m",
    "ㄴ": "n", "n": "n", "x": "ks",
}  # fmt: skip
_ENGLISH_SOUNDS = (("sch", "s"), ("sh", "s"), ("ch", "j"), ("ph", "f"), ("th", "s"), ("ck", "k"), ("ce", "s"), ("ci", "si"), ("cy", "si"), ("gh", ""), ("kn", "n"), ("wr", "r"), ("qu", "k"), ("dge", "j"), ("tion", "sn"))  # fmt: skip


@cache
def _ordinary_words() -> frozenset[str]:
    words: set[str] = set()
    for name in _TABLES:
        for row in vocabulary(name).rows.values():
            for phrase in (*row.ko, *row.en):
                words.update(re.findall(r"[a-z]+|[가-힣]+", phrase.lower()))
    return frozenset(words)


def is_ordinary(word: str) -> bool:
    """Whether a word is everyday language or a common word of the shop floor, so no name by itself."""
    return word in _ordinary_words() or is_english_word(word) or word.isdigit() or word in _FILLERS


_FILLERS = frozenset(
    "있어요 있나요 있음 있어 없어요 없나요 주세요 얼마 얼마예요 얼마에요 언제 어디 어때요 보여줘 보여주세요 찾아줘 추천 추천해줘 주문 배송 환불 교환 취소 "
    "반품 결제 쿠폰 할인 가격 사이즈 색상 색깔 제품 상품 후기 리뷰 재고 입고 매장 고객님 안녕하세요 감사합니다 사고 싶어요 싶은데 좋은 예쁜 이쁜 같은 비슷한 다른 "
    "그거 이거 저거 그럼 그리고 근데 그런데 혹시 지금 오늘 내일 어제 되나요 돼요 되요 될까요 하나 두개 개만 해줘 해주세요 담아줘 알려줘 알려주세요 뭐예요 뭐가 "
    "사람 상담원 연결 정도 이하 이상 미만 말고 으로 에서 까지 부터 네요 네 아니요 아니 응 용 랑 이랑 거 것 좀 더 수 때 몇 다시 빨리 천천히 제가 나 저 우리 "
    "포인트 적립금 장바구니 영수증 주소 전화번호 비밀번호 회원 회원가입 탈퇴 문의 선물 포장 세트 신상 인기 가능 가능한가요 가능해요 필요해요 필요한데 궁금해요".split()
)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """The consonants of a name as they sound, the same in both scripts (나이키, nike, 나잌 → nk)."""
    if any(hangul.is_korean(char) for char in word):
        parts = [_korean_sound(char) for char in word]
        return re.sub(r"(.)\1+", r"\1", "".join(parts))
    plain = word.lower()
    for written, said in _ENGLISH_SOUNDS:
        plain = plain.replace(written, said)
    letters = [_CONSONANTS.get(char, "") for char in plain]
    return re.sub(r"(.)\1+", r"\1", "".join(letters))


def _korean_sound(char: str) -> str:
    if not hangul.is_syllable(char):
        return _CONSONANTS.get(char, "")
    first, _, final = hangul.split_syllable(char)
    last = "n" if final == "ㅇ" else "".join(_CONSONANTS.get(part, "") for part in hangul.decompose(final))
    return _CONSONANTS.get(first, "") + last


def _grams(word: str) -> set[str]:
    letters = f"^{hangul.decompose(word)}$"
    return {letters[at : at + 3] for at in range(len(letters) - 2)}


def allowed_slips(word: str) -> int:
    """How many keystrokes a misspelt name may be away, by its length in letters."""
    length = len(hangul.decompose(word))
    return 0 if length < 5 else 1 if length < 9 else 2


class Speller:
    """Finds the name meant by a misspelt word. `names` are brands and branches, `words` the words of product names."""

    def __init__(self, names: Mapping[str, object], words: Iterable[str] = ()):
        self._names = frozenset(names)
        self._by_sound: dict[str, list[str]] = {}
        for name in self._names:
            if len(sound(name)) >= 2 and not name.isdigit():
                self._by_sound.setdefault(sound(name), []).append(name)
        self._name_grams = _index(sorted(self._names))
        self._word_grams = _index(sorted(word for word in words if len(hangul.decompose(word)) >= 5))

    def name_for(self, token: str) -> str | None:
        """The brand or branch meant by a token that is none as written, or None."""
        if len(token) < 2 or is_ordinary(token) or not self._names:
            return None
        return self._name_grams.nearest(token) or self._same_sound(token)

    def _same_sound(self, token: str) -> str | None:
        for name in self._by_sound.get(sound(token), []):
            if token.isascii() == name.isascii() and not _is_short_form(token, name):
                continue
            if len(sound(token)) >= 3 or (len(token) >= 2 and _close_vowels(token, name)):
                return name
        return None

    def word_for(self, token: str) -> str | None:
        """The word of a product name meant by a misspelt token, or None."""
        return self._word_grams.nearest(token)


def _is_short_form(token: str, name: str) -> bool:
    return not token.isascii() and not name.isascii() and len(token) < len(name) and token[0] == name[0]


_VOWELS = {
    "ㅏ": "a",
    "ㅑ": "a",
    "ㅐ": "e",
    "ㅔ": "e",
    "ㅓ": "o",
    "ㅕ": "o",
    "ㅗ": "o",
    "ㅛ": "o",
    "ㅜ": "u",
    "ㅠ": "u",
    "ㅡ": "u",
    "ㅣ": "i",
}


def _romanised(word: str) -> str:
    if word.isascii():
        return word
    out = []
    for char in hangul.decompose(word):
        out.append(_VOWELS.get(char) or _CONSONANTS.get(char, ""))
    return "".join(out)


def _close_vowels(token: str, name: str) -> bool:
    a, b = _romanised(token), _romanised(name)
    a, b = ("".join(_CONSONANTS.get(char, char) for char in one) for one in (a, b))
    return hangul.edit_distance(a, b, 2) <= 2


class _Grams:
    """Words by their three-letter pieces, to find the ones near a misspelling without looking at them all."""

    def __init__(self, words: list[str]):
        self.words = words
        places: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            for gram in _grams(word):
                places.setdefault(gram, []).append(at)
        self.places: dict[str, NDArray[np.int32]] = {
            gram: np.array(rows, np.int32) for gram, rows in places.items()
        }

    def nearest(self, token: str) -> str | None:
        slips = allowed_slips(token)
        lists = sorted((self.places[gram] for gram in _grams(token) if gram in self.places), key=len)
        if not slips or not lists:
            return None
        counts = Counter(
            np.concatenate([rows for rows in lists[:6] if len(rows) < 4000] or lists[:1]).tolist()
        )
        near = [self.words[at] for at, _ in counts.most_common(12)]
        scored = [(hangul.jamo_distance(token, word, slips), word) for word in near]
        best = min(scored, default=(slips + 1, ""))
        return best[1] if best[0] <= min(slips, allowed_slips(best[1])) else None


def _index(words: list[str]) -> _Grams:
    return _Grams(words)
