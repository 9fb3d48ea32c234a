"""What is said to please and states nothing: greetings, thanks, sympathy, apologies, praise of a choice.

A sentence is one when every word of it is of these, so that no claim can hide among them.
"""

from __future__ import annotations

import re

from dangol.assistant.truth.figures import read
from dangol.assistant.truth.statements import RULES
from dangol.assistant.truth.text import plain

_SET_PHRASES = re.compile(
    r"\b(?:do )?come and (?:have (?:a )?look(?: around)?|see (?:us|for yourself))\b|\bhave a (?:look|think|browse|(?:good|great|nice|lovely|wonderful) \w+)\b|\btake care\b"
    r"|\b(?:i'm|we're|i am|we are) here (?:to help|for you)\b|\b(?:getting|being|reaching|get|be) (?:in touch|out)\b|\breaching out\b|(?:(?<=choice)|(?<=idea)|(?<=gift)|(?<=present)|(?<=pick)) for (?:an?|the|your) (?:[a-z]+ )?[a-z]+|\b(?:almost|nearly) there\b|\b(?:oh,? (?:no|dear)|dear me)\b|\bwhat an? (?:shame|pity|nuisance|relief|treat|day|week)\b|\b(?:poor|lucky) (?:thing|you|little \w+)s?\b|\b(?:bad|hard|good|best of) luck(?: with (?:the|that|your) \w+)?\b|\bthere(?:'s| is) (?:just )?one (?:catch|exception|snag|thing)\b|\bwe (?:do|are) indeed\b|\bno (?:problem|trouble|bother)\b"
)
_ENGLISH_WORD = (
    r"hello|hi|hey|there|again|good|great|lovely|nice|wonderful|fantastic|excellent|perfect|brilliant|super|beautiful"
    r"|gorgeous|morning|afternoon|evening|day|night|weekend|thanks|thank|you|your|yours|many|much|so|very|too|for|asking"
    r"|writing|message|question|patience|waiting|interest|order|welcome|back|gift|present|though|checking|first|letting|know|us|thoughtful|generous|clever|wise|smart|to|a|an|the|at|choice|choices|pick|taste|eye"
    r"|idea|thought|happy|glad|pleased|delighted|pleasure|help|of|service|sorry|apologies|apologise|apologize|about|that|this"
    r"|hear|it|trouble|inconvenience|wait|bother|congratulations|congrats|exciting|how|what|sweet|fun|kind|enjoy|hope|well"
    r"|best|wishes|see|soon|chat|talk|cheers|bye|goodbye|my|i|i'm|i'd|we|we're|it's|that's|you're|dear|oh|ah|wow|aww|and"
    r"|really|truly|indeed|am|are|is|be|been|to|love|must|frustrating|annoying|disappointing|understand|understandable"
)
_ENGLISH = re.compile(rf"(?:(?:{_ENGLISH_WORD})(?![a-z'])[\s,.!~-]*)+")
_KOREAN_WORD = (
    r"네|예|아|어머|와|우와|오|저런|아이고|이런|정말|참|너무|무척|많이|대단히|진심으로|먼저|우선|다시|또|한번|오늘도|고객님|손님"
    r"|안녕하(?:세요|십니까)|반갑습니다|반가워요|어서|오세요|환영(?:합니다|해요|드려요)|감사(?:합니다|해요|드려요|드립니다)|고맙습니다|고마워요"
    r"|(?:찾아|문의해?|물어봐|말씀해|기다려|연락|관심|구매해|주문해|이용해)|주셔서|가져|죄송(?:합니다|해요|하지만|스러워요)|미안(?:합니다|해요)|유감(?:입니다|이에요)"
    r"|안타깝(?:습니다|네요)|아쉽(?:습니다|네요)|(?:놀라|속상하|당황하|불편하|번거로우|답답하|걱정되|걱정하|기다리|고생하|힘드|곤란하|실망하)셨(?:겠어요|겠네요|겠습니다|군요|지요|죠|을)"
    r"|고생|많으셨(?:어요|습니다)|축하(?:드려요|드립니다|해요|합니다)|좋은|멋진|탁월한|훌륭한|예쁜|즐거운|행복한|편안한|선택(?:이에요|이세요|입니다|이십니다)|질문(?:이에요|이세요|입니다)"
    r"|하루|주말|저녁|시간|쇼핑|되세요|보내세요|기꺼이|도와드릴게요|도와드리겠습니다|수고하세요|맛있게|드세요|양해|부탁(?:드려요|드립니다|해요)|소식(?:이에요|입니다)|기다리(?:시게|게)|번거롭게|불편(?:하시게|하게|을)|해서|해|드려서|하셔서|되시길|바랄게요|바랍니다|잘|고르셨(?:어요|네요|습니다)|편하실|때|한번|들러|놀러|주세요"
)
_KOREAN = re.compile(rf"(?:(?:{_KOREAN_WORD})(?=[\s,.!~^]|$)[\s,.!~^]*)+")

# "집에 들이신다니 부럽네요!", "강아지를 키우시는군요!": what the shopper told is taken up, and nothing is said of the shop
_TAKEN_UP = re.compile(
    r"(?:[가-힣]+\s){0,4}(?:[가-힣]+(?:시는군요|이시군요|셨군요)|[가-힣]+(?:이?라니|[은는신졌렸겼났]다니|프다니|하다니)(?:\s(?:정말|참|너무|무척|많이|얼마나))?\s"
    r"(?:부럽|뜻깊|반갑|기쁘|멋지|좋으시|좋|대단하|놀라우시|설레시|설레|걱정되시|속상하시|힘드시|추우시|더우시|불편하시|아쉬우시|안타깝|아쉽|축하)[가-힣]*)"
    r"[\s,.!~]*"
)

# "Sorry to hear he won't touch it!", "고장 나서 불편하시죠": of the shopper's trouble
_FELT = re.compile(
    r"(?:i'm |we're |i am |we are )?(?:so |very |really |truly )?sorry (?:to hear|about)\b[^.!?]{0,60}[.!]*"
    r"|(?:[가-힣]+\s){0,5}(?:놀라|속상하|당황하|불편하|번거로우|답답하|걱정되|걱정하|힘드|곤란하|실망하|아쉬우|난감하)(?:셨|시)(?:겠어요|겠네요|겠습니다|죠|지요|네요)[.!]*"
    r"|(?:[가-힣]+\s){0,4}[가-힣]+(?:다고요|라고요|군요|셨어요)[,.!]*\s?(?:정말\s)?(?:축하(?:드려요|드립니다|해요)|반가워요|반갑습니다)[.!]*"
    r"|good to hear from you[.!]*|(?:that's )?good news[,!]* (?:it's|they're) (?:moving|on (?:its|their) way)[.!]*|(?:i|we)(?: do| really| so)? hope (?:(?:that|this|it|they|you|he|she)(?:'s|'re|'ll)? |your |the )[^.!?]{2,70}[.!]*"
    r"|(?!.*당첨)(?:[가-힣]+\s){0,3}축하(?:드려요|드립니다|해요|합니다)[.!~]*|not (?:long|far) to (?:wait|go)(?: now)?[.!]*"
)


def is_courtesy(sentence: str) -> bool:
    """Whether a sentence only greets, thanks, feels for somebody, takes up what was told or praises what was chosen."""
    low = plain(sentence).strip()
    taken = _TAKEN_UP.match(low) or _FELT.fullmatch(low)
    if taken and (RULES.search(taken.group()) or read(taken.group())):
        return False  # "반품이 무료라니": of the shop
    bare = low[taken.end() :] if taken else low
    if not bare or _KOREAN.fullmatch(bare):
        return True
    left = _SET_PHRASES.sub("", low).strip(" .,!~-")
    return bool(low) and (not left or bool(_ENGLISH.fullmatch(left)))
