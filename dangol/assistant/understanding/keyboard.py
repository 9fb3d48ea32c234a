"""Words typed with the keyboard in the other language, turned back before anything else is read."""

import math
import re
from collections import Counter
from functools import cache

from dangol.kernel.words import hangul
from dangol.kernel.words.normalising import Normalised
from dangol.kernel.words.vocabulary import vocabulary

_TABLES = ("categories", "colours", "materials", "attributes", "audiences", "occasions")
_COMMON_ENGLISH = """
a about after again all also always am an and another any anything are arrive arrived as ask at available away back bad be because
been before best better between big black blue both bought box brand bring broken but buy by call came can cancel card cart cash
change charge cheap cheaper check checkout child clean close code color come cost could coupon credit customer damaged date day days
deal deals delete delivered delivery did different discount do does doing done dont down each easy else email end enough even ever every
exchange expensive express family far fast feel few find fine first fit fits five for free from full get gift give go going gone good
got great had half hand happy hard has have he hello help her here hey hi high him his hold home hope hot hour hours how human i if
im in info inside instead into is it item items its just keep kind know large last late later leave left less let like line list
little live long look looking lot love low machine made make many match may me mean medium men message might mine money month more
most move much must my name near need never new next nice no not nothing now number of off offer ok okay old on once one online only
open or order ordered orders other our out over own package page pair paid pants part password pay payment people per person phone
pick picture place please point points policy possible post price problem product provide put quality question quick quite rather
read ready real really reason receipt receive received recommend red refund register remember remove repeat return review reviews
right run said sale same save say says see seem seen sell send sent service set she ship shipped shipping shop should show sick
side sign similar size sizes small so some someone something soon sorry speak special stay still stock stop store strong such sure
take talk tell than thank thanks that the their them then there these they thing things think this those three through time times
to today together tomorrow too took total track tracking try turn two type under until up update us use used using very wait want
wanted warm was wash waterproof way we wear week weeks well went were what when where which while white who why will with within
without woman women wont work works would wrong year years yes yesterday yet you your account address agent bot complaint invoice
newsletter privacy store subscription unsubscribe wishlist samsung apple
""".split()


@cache
def _english_pairs() -> tuple[dict[str, float], float]:
    words = list(_COMMON_ENGLISH) * 2
    for name in _TABLES:
        for row in vocabulary(name).rows.values():
            words += [part for word in row.en for part in re.findall(r"[a-z]+", word)]
    pairs: Counter[str] = Counter()
    firsts: Counter[str] = Counter()
    for word in words:
        for left, right in zip(f"^{word}", f"{word}$", strict=True):
            pairs[left + right] += 1
            firsts[left] += 1
    scores = {pair: math.log((count + 0.1) / (firsts[pair[0]] + 2.8)) for pair, count in pairs.items()}
    return scores, math.log(0.1 / 400)


@cache
def _known_english() -> frozenset[str]:
    words = set(_COMMON_ENGLISH)
    for name in _TABLES:
        for row in vocabulary(name).rows.values():
            words |= {part for word in row.en for part in re.findall(r"[a-z]+", word)}
    return frozenset(words)


def is_english_word(word: str) -> bool:
    """Whether a word in lower case is common English or an English word of the shop floor."""
    return word in _known_english() or word.removesuffix("s") in _known_english()


def english_likeness(word: str) -> float:
    """How much a Latin word looks like English spelling: mean log-probability of its letter pairs, about -2 to -6."""
    scores, unseen = _english_pairs()
    pairs = [left + right for left, right in zip(f"^{word}", f"{word}$", strict=True)]
    return sum(scores.get(pair, unseen) for pair in pairs) / len(pairs)


def _korean_sound(text: str) -> bool:
    return all(hangul.is_syllable(char) and _is_common(char) for char in text)


def _is_common(syllable: str) -> bool:
    try:
        return len(syllable.encode("euc_kr")) == 2  # the 2,350 syllables in everyday use
    except UnicodeEncodeError:
        return False


def other_keyboard(token: str, known: frozenset[str] = frozenset()) -> str | None:
    """The word meant when a token was typed in the wrong keyboard mode, else None.

    `known` are words of the shop (names, brands), which are never taken for a slip.
    """
    if token.lower() in known or token.lower() in _known_english():
        return None
    if re.fullmatch(r"[A-Za-z]{3,}", token):
        turned = hangul.keys_to_hangul(token)
        foreign = english_likeness(token.lower()) < (-3.9 if re.search("[aeiouyAEIOUY]", token) else -3.0)
        return turned if turned in known or (foreign and len(turned) >= 2 and _korean_sound(turned)) else None
    return _latin_meant(token, known)


def _latin_meant(token: str, known: frozenset[str]) -> str | None:
    if not re.fullmatch(r"[ㄱ-ㅣ가-힣]{2,}", token) or re.fullmatch(
        r"[가-힣]*[ㄱ-ㅎ]+|[가-힣]*[ㅏ-ㅣ]+|[ㄱ-ㅎㅠㅜㅡ]+", token
    ):
        if not _ends_in_one_jamo(token):
            return None
    turned = hangul.hangul_to_keys(token).lower()
    if not re.fullmatch(r"[a-z]{3,}", turned):
        return None
    loose = sum(hangul.is_jamo(char) for char in token)
    rare = any(hangul.is_syllable(char) and not _is_common(char) for char in token)
    if turned in known or (turned in _known_english() and (loose or rare)):
        return turned
    return turned if loose >= 2 and english_likeness(turned) > -3.4 else None


def _ends_in_one_jamo(token: str) -> bool:
    return (
        bool(re.fullmatch(r"[가-힣]+[ㄱ-ㅊㅌ-ㅎㅏ-ㅞㅟㅢㅣ]", token))
        and token[-1] not in "ㅋㅎㅠㅜㅡㅇㄴㅅㄷ"
    )


_TOKEN = re.compile(r"[A-Za-z]+|[ㄱ-ㅣ가-힣]+")


def mend(plain: Normalised, typed: str, known: frozenset[str] = frozenset()) -> Normalised:
    """The message with words of the wrong keyboard mode put right; places still point at what was typed."""
    out: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for match in _TOKEN.finditer(plain.text):
        first, last = plain.origin(*match.span())
        written = typed[first:last] if typed[first:last].isalpha() else match.group()
        meant = other_keyboard(written if written.isascii() else match.group(), known)
        if meant is None:
            continue
        out.append(plain.text[at : match.start()] + meant)
        spans += [*plain.spans[at : match.start()], *[(first, last)] * len(meant)]
        at = match.end()
    if not out:
        return plain
    return Normalised("".join(out) + plain.text[at:], (*spans, *plain.spans[at:]))
