"""What only a generated text can get wrong: products that do not exist, deeds that were not done, promises nobody may make."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dangol.assistant.truth.alternatives import any_of
from dangol.assistant.truth.checking import Unbacked, check_text
from dangol.assistant.truth.claims import claims
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.figures import read
from dangol.assistant.truth.likeness import about
from dangol.assistant.truth.presence import false_presence
from dangol.assistant.truth.situation import Reading
from dangol.assistant.truth.statements import false_rules
from dangol.assistant.truth.text import Span, plain, sentence_spans, spaceless, span_at

_DEED = any_of(
    r"(?:담아|넣어|빼|취소해|환불해|주문해|결제해|적용해|예약해|등록해|발송해|변경해|바꿔|처리해|접수해|신청해|저장해|전달해"
    r"|연결해|할인해|깎아|발급해|보내)\s?(?:드렸|놨|놓았|뒀|두었|줬)"
    r"|(?<![가-힣])(?!말씀|안내|알려|찾아|보여|추천|설명|골라|도와|정리|비교|답변|확인)[가-힣]{0,4}[아어여해워려겨쳐춰꿔궈와뤄]\s?(?:드렸|두었|뒀|놓았|놨)(?=어요|습니다)"
    r"|(?<![가-힣])(?:장바구니에\s)?(?:담았|담겼|넣었)(?:어요|습니다|네요|답니다)"
    r"|(?:주문|결제|취소|환불|반품|교환|예약|적용|등록|접수|변경|발급|신청)(?:이|가|은|는|도|을|를)?\s?(?:모두\s|잘\s|정상\s|정상적으로\s)?"
    r"(?:이미\s|벌써\s|방금\s|다\s)?(?:했|완료했|완료됐|완료되었|처리했|처리됐|처리되었|됐|되었|마쳤|끝났|확정됐|확정되었)(?:어요|습니다|네요|답니다|고)"
    r"|\b(?:i|we)(?:'ve| have)?(?: just| now| already| also| gone ahead and)*\s(?:added|placed|cancell?ed|refunded|applied|booked|reserved"
    r"|ordered|changed|updated|sent|processed|issued|credited|removed|saved|scheduled|notified|transferred|connected|submitted"
    r"|registered|(?:put|signed|set|added|booked) (?:you|it|them|that|the|one|two))\b"
    r"|\b(?:i|we)(?:'ve| have)?(?: just| now| already| also)*\s(?:done|did) (?:it|that|so|this)\b"
    r"|\b(?:i|we)(?:'ve| have)?(?: just| now| already| also)*\s(?:set|put|kept|held)\s(?:\w+\s){1,3}(?:aside|by|back)\b"
    r"|(?:챙겨|끼워|얹어)\s?(?:넣었|드렸|뒀|두었)"
    r"|\b(?:your|the|this|that)\s(?:order|refund|return|cancell?ation|payment|coupon|discount|exchange|reservation|item|request)"
    r"\s(?:has (?:now |already )?been|was|is now|have been|is all)\s(?:placed|cancell?ed|confirmed|processed|applied|issued"
    r"|approved|completed?|booked|refunded|added|submitted|set|changed|updated)\b"
)
_PROMISE = any_of(
    r"보장(?:해|합|드|할|하)|약속(?:드|해|합|할)|틀림없이|무조건\s|(?:반드시|꼭)\s[^.]{0,20}(?:드릴게|드릴께|드리겠|됩니다|돼요)"
    r"|(?:할인|환불|보상|면제|취소|교환|교체|(?<!수량을 )(?<!옵션을 )(?<!주소를 )(?<!색을 )(?<!색상을 )(?<!사이즈를 )바꿔|고쳐|(?:다시|새로|새것으로) 보내|서비스로|덤으로|무료로|공짜로|깎아)(?:해|로)?\s?(?:\S{1,8}\s)?(?:드릴게요|드리겠습니다|드릴께요|줄게요)"
    r"|(?:연락|전화)\s?(?:을|를)?\s?(?:드릴게|드릴께|드리겠)|\b(?:i|we)(?:'ll| will)\s(?:call|phone|contact|text|e-?mail) you\b"
    r"|돌려\s?(?:드릴게요|드리겠)|보상(?:을|해)?\s?(?:드릴|드리|드려|드립|합니다|해요)|\bno questions asked\b"
    r"|\b(?:i|we)(?:'ll| will)\s(?:\w+ly\s)?(?:replace|reimburse|pay (?:you )?back|make (?:it|that) up)\b"
    r"|\b(?:i|we)(?:'ll| will)\s(?:have|get) (?:it|them|more|one|some) (?:back|in)\b|\bguarantee[ds]?\b|\bi promise\b|\bwe promise\b|\blegally binding\b"
    r"|\b(?:i|we)(?:'ll| will| can)\s(?:also\s|gladly\s|happily\s|personally\s)?(?:refund|discount|waive|compensate|throw in|match|credit"
    r"|knock|take (?:\S+\s){0,3}off|give you (?:\S+\s){0,4}(?:off|free|discount|refund|credit)|make an exception|honou?r)\b"
)
_WILL = re.compile(r"(?:드릴게요|드릴께요|드리겠습니다|드리겠)$")
_BEFORE = re.compile(
    r"\b(?:if|once|when|after|until|unless|as soon as|can't|cannot|not|never)\b[^.!?]*$|n't\b[^.!?]*$"
)
# a promise under a condition is one too
_DENIED = re.compile(r"\b(?:can't|cannot|not|never)\b[^.!?,;]*$|n't\b[^.!?,;]*$")
_BEHIND = re.compile(
    r"^[가-힣]{0,3}(?:는지|으?면|다면|후|뒤|기 전|지 않|지 못)|^[^.!?]{0,14}(?:수(?:는|가)? 없|않|못)|^[^.!?]*[?？]"
)
_PUT_DOWN = re.compile(
    r"(?:문\s?앞|경비실|택배함|현관)[가-힣]{0,3}\s$"
)  # 문 앞에 놓아 드렸어요: the carrier did
_CAME_OFF = re.compile(
    r"\d[\d,]*\s?(?:만?\s?원|%|퍼센트|프로)\s?(?:[을를]\s)?(?:깎아|할인해|빼)\s?드렸|[십백천만]\s?원\s?(?:을\s)?(?:깎아|할인해|빼)\s?드렸"
)
_QUOTED = re.compile(
    r"「([^」]{2,60})」|『([^』]{2,60})』|\"([^\"]{2,60})\"|(?<![A-Za-z0-9])'([^']{2,60})'(?![A-Za-z0-9])|\*\*([^*]{2,60})\*\*"
)
_CALLED = re.compile(
    r"([가-힣A-Za-z0-9][가-힣A-Za-z0-9 ]{1,28}?)\s?(?:이라는|라는)\s(?:상품|제품|모델|이름|신발|옷|가방|쿠폰)"
    r"|(?i:\b(?:called|named)\s)((?:[A-Z][\w'-]*\s?){1,5})"
)
_TOKEN = re.compile(
    r"(?<![\w/.@-])(?=[a-z]*\d|\d*[a-z])(?=\w*\d{3})(?=\w*[a-z])[a-z0-9]{5,40}(?![\w@])", re.ASCII
)
_TITLED = re.compile(r"(?:[A-Z][\w'’-]+ ){1,4}[A-Z][\w'’-]*", re.ASCII)
_MORE = "플러스|프로|맥스|미니|라이트|울트라|에어|스페셜|골드|프리미엄|디럭스|[2-9]세대|Plus|Pro|Max|Mini|Lite|Ultra|Air|Deluxe|Premium"
_ANY_MORE = re.compile(_MORE)
_ENDS_A_NAME = re.compile(r"[은는이가을를도의\s.,!]|$")
_FEAST = re.compile(r"\b(?:New Year's (?:Eve|Day)|Christmas (?:Eve|Day)|Boxing Day|Black Friday)\b")
_MODEL = re.compile(r" (?:[A-Z]+\d{1,2}|\d{1,2}[A-Z]+)\b", re.ASCII)  # Lumo X7
_ORDINARY = frozenset(
    [
        "the", "one", "two", "three", "four", "five", "six", "another", "each", "only", "just", "here", "there", "our",
        "your", "this", "these", "those", "a", "an", "if", "in", "for", "with", "and", "but", "yes", "no", "sorry",
        "sure", "thanks", "thank", "hello", "hi", "dear", "please", "both", "all", "i", "we", "you", "it", "monday",
        "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat",
        "sun", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
        "korea", "korean", "english", "seoul", "us", "usa", "uk", "eu", "ai", "faq", "free", "shipping", "standard",
        "express", "customer", "service", "size", "color", "colour", "large", "medium", "small", "xl", "am", "pm",
        "black", "white", "red", "blue", "green", "grey", "gray", "navy", "beige", "brown", "pink", "ivory", "on", "at",
        "to", "from", "is", "are", "after", "before", "being", "once", "when", "while", "since", "until", "as", "so", "then",
        "now", "not", "use",
    ]
)  # fmt: skip
_MARKS = re.compile(r"</?data\b|\[(?:EMAIL|ID|PHONE|ORDER|ADDRESS|NAME)_\d+\]|```|\btool_call")
_GIVEN_AWAY = any_of(
    r"(?:모든|전|이|그|저)?\s?(?:상품|제품|물건|신발|옷|것)(?:들)?(?:이|은|을|를|도|전부|모두|\s)*\s?(?:전부\s|모두\s|다\s)?(?:공짜|무료|무상)"
    r"|(?:공짜|무료)로\s?(?:가져|드|받아 가|살 수|구매)"
    r"|\b(?:everything|(?:all|any|these|the|this|that|your) (?:\w+ )?(?:items?|products?|goods|boots|shoes|mugs?|order))"
    r" (?:is|are|comes?)(?: \w+)? free\b|\b(?:take|have|get) (?:it|them|everything|this|one) (?:for )?free\b"
)
_FREE_THINGS = re.compile(
    r"배송|반품|교환|포장|수선|픽업|반송|shipping|delivery|returns?|exchange|wrap|pickup|pick-up"
)
_SHARED = 32  # letters and digits in a row that no answer has in common with the rules by chance


def check_generated(
    text: str,
    evidence: Evidence,
    *,
    said: str = "",
    rules: str = "",
    reading: Reading | None = None,
    since: int = 0,
) -> list[Unbacked]:
    """Everything in a generated text that must not be sent, in order.

    `said` are the shopper's own words, which may be repeated; `rules` is what must never be told. Kinds besides those of
    `check`: product, deed, promise, leak. `reading`: the text as it was read already, by parts of names too. `since`: the
    place up to which it was checked before and is of use only to understand the rest.
    """
    reading = reading or Reading.of(text, evidence, read(text), loosely=True)
    found = check_text(text, evidence, reading=reading, since=since)
    found += _rules(text, evidence, said, found, since)
    found += claims(text, evidence)
    found += _deeds(text, evidence)
    found += _names(text, evidence, said)
    found += _tokens(text, evidence, said)
    found += _gifts(text)
    found += _presence(text, reading, evidence, found, since)
    found = _but_written(text, evidence, found)
    found += _leaks(text, rules)
    return sorted((each for each in found if each.end > since), key=lambda unbacked: unbacked.start)


def _but_written(text: str, evidence: Evidence, found: list[Unbacked]) -> list[Unbacked]:
    """A whole sentence of an article may be told as it stands there, whatever it says."""
    if not found:
        return found
    written = [span for span in sentence_spans(text) if evidence.is_written(span.cut(text))]
    return [each for each in found if not any(span.start <= each.start < span.end for span in written)]


def _rules(text: str, evidence: Evidence, said: str, found: list[Unbacked], since: int) -> list[Unbacked]:
    """Clauses that state a false rule and in which nothing was found yet."""
    return [
        Unbacked("policy", text[span.start : span.end].strip(), span.start, span.end)
        for span in false_rules(text, evidence, said, since)
        if not any(span.start <= other.start < span.end for other in found)
    ]


def _presence(
    text: str, reading: Reading, evidence: Evidence, found: list[Unbacked], since: int
) -> list[Unbacked]:
    """Clauses that say of goods that they are there, gone or coming, and in which no stock was found wrong yet."""
    wrong = [each for each in found if each.kind == "stock"]
    return [
        Unbacked("stock", text[span.start : span.end].strip(), span.start, span.end)
        for span in false_presence(reading, evidence, since)
        if not any(span.start <= other.start < span.end for other in wrong)
    ]


def _deeds(text: str, evidence: Evidence) -> Iterator[Unbacked]:
    low = plain(text)
    sentences = sentence_spans(low)
    for kind, pattern in (("deed", _DEED), ("promise", _PROMISE)):
        for match in pattern.finditer(low):
            sentence = span_at(sentences, match.start())
            before, behind = low[sentence.start : match.start()], low[match.end() : sentence.end]
            if (
                (_PUT_DOWN.search(before) and evidence.parcels)
                or _is_on_record(match.group(), sentence.cut(low), evidence)
                or (_BEFORE if kind == "deed" else _DENIED).search(before)
                or _BEHIND.search(behind)
                or _is_quoted(match.group(), evidence, kind)
            ):
                continue
            yield Unbacked(kind, match.group().strip(), match.start(), match.end())


def _is_on_record(words: str, sentence: str, evidence: Evidence) -> bool:
    """Whether a scan of a parcel tells the deed in the same word (접수), or it is what came off an order, with its amount."""
    if any(words.strip()[:2] in scan for _, scan in evidence.happened):
        return True
    off = any(fact.roles == {"discount"} and fact.source == "record" for fact in evidence.of("money"))
    return off and bool(_CAME_OFF.search(sentence))


def _is_quoted(words: str, evidence: Evidence, kind: str) -> bool:
    """A promise the shop's own articles make in these words may be told."""
    if kind != "promise":
        return False
    wanted = spaceless(_WILL.sub("드", words))  # 다시 보내 드릴게요, where an article says 다시 보내 드려요
    if wanted.endswith("드") and any(wanted in spaceless(text) for text in evidence.passages):
        return True
    wanted = spaceless(words)
    told = "compensate" in about(plain(words)) and any(
        "compensate" in about(text) for text in evidence.passages
    )
    return told or any(wanted in quote for quote in evidence.quotes)


def _with_more(text: str, evidence: Evidence) -> Iterator[Span]:
    """Where a title stands with a word that would make it another model: "the Brook Pro", "Brook Pro Treatment Plant"."""
    for more in _ANY_MORE.finditer(text):
        before, behind = text[: more.start()], text[more.end() :]
        for title in evidence.titles.values():
            first, _, rest = title.partition(" ")
            if before.rstrip().endswith(title) and _ENDS_A_NAME.match(behind):
                yield Span(before.rindex(title), more.end())
            elif rest and before.endswith(f"{first} ") and behind.startswith(f" {rest}"):
                yield Span(before.rindex(first), more.end() + 1 + len(rest))


def _names(text: str, evidence: Evidence, said: str) -> Iterator[Unbacked]:
    spoken = spaceless(plain(said))
    for pattern in (_QUOTED, _CALLED):
        for match in pattern.finditer(text):
            name = next(group for group in match.groups() if group)
            if not _known(name, evidence, spoken):
                yield Unbacked("product", name.strip(), match.start(), match.end())
    for span in _with_more(text, evidence):
        name = spaceless(span.cut(text))
        if name not in spoken and not any(name in each for each in (*evidence.titles, *evidence.strings)):
            yield Unbacked("product", span.cut(text), span.start, span.end)
    for match in _TITLED.finditer(_FEAST.sub(lambda feast: feast.group().lower(), text)):
        words = [
            word.removesuffix("'s")
            for word in match.group().split()
            if word.lower() not in _ORDINARY and not any(char.isdigit() for char in word)
        ]
        made_up = _MODEL.search(match.group()) and words and not _known(match.group(), evidence, spoken)
        if made_up or (
            len(words) > 1
            and not _known(" ".join(words), evidence, spoken)
            and not _parts_known(words, evidence, spoken)
        ):
            yield Unbacked("product", match.group(), match.start(), match.end())


def _tokens(text: str, evidence: Evidence, said: str) -> Iterator[Unbacked]:
    """Model numbers, passwords, codes: letters and figures in one word stand in the evidence or are made up."""
    spoken = spaceless(plain(said))
    for match in _TOKEN.finditer(plain(text)):
        word = match.group()
        if re.fullmatch(r"\d+(?:mm|cm|ml|kg|km|won|krw|usd|st|nd|rd|th)", word):
            continue
        if word not in spoken and not any(word in string for string in (*evidence.strings, *evidence.quotes)):
            yield Unbacked("reference", text[match.start() : match.end()], match.start(), match.end())


def _known(name: str, evidence: Evidence, spoken: str) -> bool:
    wanted = spaceless(name)
    if wanted.isascii() and len(wanted) > 4:
        wanted = wanted.removesuffix("s")  # three Dot Grid Journals are still the Dot Grid Journal
    if not wanted or wanted in spoken or wanted in evidence.strings:
        return True
    # "소나기 장화는": what a particle or an ending adds is no part of the name
    if any(
        title and (wanted in title or (title in wanted and len(wanted) - len(title) < 4))
        for title in evidence.titles
    ):
        return True
    return any(wanted in string for string in evidence.strings) or any(
        wanted in quote for quote in evidence.quotes
    )


def _parts_known(words: list[str], evidence: Evidence, spoken: str) -> bool:
    """Two names in a row ("Cloudburst Boots Moon Jar Mug") are each one the evidence has."""
    return any(
        _known(" ".join(words[:at]), evidence, spoken) and _known(" ".join(words[at:]), evidence, spoken)
        for at in range(1, len(words))
    )


def _gifts(text: str) -> Iterator[Unbacked]:
    """Goods are never free, whatever else is."""
    low = plain(text)
    sentences = sentence_spans(low)
    for match in _GIVEN_AWAY.finditer(low):
        if not _FREE_THINGS.search(span_at(sentences, match.start()).cut(low)):
            yield Unbacked("policy", text[match.start() : match.end()], match.start(), match.end())


def _leaks(text: str, rules: str) -> Iterator[Unbacked]:
    for mark in _MARKS.finditer(text):
        yield Unbacked("leak", mark.group(), mark.start(), mark.end())
    said, kept = spaceless(text), spaceless(rules)
    if len(said) < _SHARED or not kept:
        return
    for at in range(0, len(said) - _SHARED + 1, 4):
        if said[at : at + _SHARED] in kept:
            yield Unbacked("leak", text[:60], 0, len(text))
            return
