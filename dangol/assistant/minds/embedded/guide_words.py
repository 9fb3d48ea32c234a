"""What is said of goods that do not work, and of a step that was tried: by words, whatever a reader makes of the rest."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from dangol.kernel.words import categories

Said = Literal["solved", "not_yet", "tried", "doing", "back", "again", "give_up", "how"]

_DOES_NOT = re.compile(
    r"(?i)(?:안|못)\s?(?:돼|되|됨|됩|켜|꺼|나와|나오|나[요는고]|들[리려어]|눌|움직|잠기|잠겨|닫|열|펴|접|잡|맞|먹|돌|충전|연결|인식|빠|올라|내려|멈|끓|데워|시원|뜨거|떠요|뜨[네는])|안돼|안됨|안켜|켜지지|꺼지지|되지\s?않|나지\s?않|나오지\s?않|들리지\s?않"
    r"|(?:새요|새네|새는데|샙니다|샌다|새고|샜|흘러요|끊겨|끊김|끊어|멈춰|멈췄|꺼져|꺼집|뻑뻑|걸렸|걸려|벌어져|벌어졌|흔들려|삐걱|삑삑|지지직|잡음|덜컹|튀어요|튀네|튀는|닳아|닳네|느려졌|약해졌|약해요|이상해|먹통|고장)"
    r"|(?:냄새|소음|소리|물|김)(?:가|이)?\s?(?:나요|나네|나는데|납니다|커졌|새)|한쪽(?:만|이|에서만)|두\s?번씩|(?:인식|작동|연결|충전)\S{0,2}\s?(?:을|를)?\s?못|못\s?(?:잡|찾)|계속\s?(?:끓|켜|깜)"
    r"|\b(?:won'?t|will not|doesn'?t|does not|don'?t|do not|isn'?t|is not|aren'?t|not|can'?t|cannot|stopped|no longer|keeps?|kept)\b.{0,30}\b(?:turn(?:ing)?|switch(?:ing)?|power(?:ing)?|charg\w*|connect\w*|pair\w*|work\w*|play\w*|start\w*|open\w*|clos\w*|heat\w*|boil\w*|respond\w*|recogni\w*|detect\w*|mov\w*|stay\w*|hear|typ\w*|print\w*|spin\w*|leak\w*|cut\w*|drop\w*|disconnect\w*|stopp\w*|crash\w*|crackl\w*|beep\w*|blink\w*|squeak\w*|smell\w*|shut\w*)\b"
    r"|\b(?:phone|laptop|computer|pc|tv|device)\b.{0,12}\b(?:can'?t|cannot|doesn'?t|won'?t|not) (?:find|see|show|hear)\b"
    r"|\b(?:stuck|jammed|leak(?:s|ing|y)?|drips?|dripping|stinks?|smells?|squeak\w*|crackl\w*|buzz\w*|rattl\w*|wobbl\w*|disconnect\w*|too loud|lost suction|no sound|one side|shuts? (?:off|down)|cuts? out|malfunction\w*|acting up|comes? apart|(?:is|are|'s|went|gone|goes|seems?|got|completely|totally) (?:dead|silent|weak|frozen|loud)|(?:cursor|pointer|image|picture) jumps?|(?:battery|charge) (?:drains?|dies|is low|runs out))\b"
)
_HOW_TO = re.compile(
    r"(?i)(?:연결|초기화|리셋|페어링|재설정|물때|청소)\S{0,3}\s?(?:는|은|를|을)?\s?(?:어떻게|방법|하는\s?법)|어떻게\s?(?:연결|초기화|리셋|페어링|켜|꺼|충전)"
    r"|\bhow (?:do|can|should) (?:i|you|we) (?:reset|pair|connect|restart|reboot|descale|unclog|fix|turn (?:it )?o[nf]f?)\b"
)
# on its way or just out of the box: that is for the desk of returns
_ARRIVED = re.compile(
    r"(?i)(?:깨|부서|찢|터|찌그러|파손|젖|망가|불량|고장)\S{0,4}\s?(?:서|진|난)?\s?(?:채로\s?)?(?:왔|도착|배송|받)|(?:받자마자|받았는데|받아\s?보니|열어\s?보니|왔는데|왔어요|도착했는데|배송\s?(?:왔|받|중))"
    r"|\b(?:arrived|came (?:broken|damaged|cracked|like)|delivered|received|in the (?:box|parcel|package)|out of the box|unboxed|shipping damage|in transit|wrong (?:item|one|colou?r|size)|missing)\b"
)
_NO_GOODS = re.compile(
    r"(?i)결제|카드(?!\s?지갑)|로그인|비밀번호|회원|가입|쿠폰|적립|포인트|주문|배송|택배|송장|환불|반품|교환|취소|입금|홈페이지|사이트|앱(?:이|에서|을)|인증|문자|메일|알림|상담|전화|주소|영수증"
    r"|\b(?:pay(?:ment|ing)?|paypal|card|log ?in|sign ?in|password|account|coupon|code|points|order|deliver\w*|shipping|parcel|refund|return|exchange|cancel\w*|website|site|page|app|checkout|cart|e-?mail|invoice|receipt|chat|agent|discount)\b"
)
# asked before buying: "does it leak?", "물 새나요?"; "why won't it", "왜 안 켜져요" are told
_ASKED_BEFORE = re.compile(
    r"(?i)^(?!.*(?:왜|어떻게|어떡|어쩌|\bwhy\b|\bhow\b)).*(?:(?<=[가-힣])(?<!냄새)(?<!연기)(?<!소리)나요|[은인한던]가요|까요|는지요?|을까|ㄹ까)\s*\?*\s*$"
    r"|^\s*(?:does|do|is|are|will|can|could|would|has|have|if)\b(?!['’])(?!.*\bwhy\b)"
)
_SEEKS = re.compile(
    r"(?i)(?:있어요|있나요|있을까요|있나|없나요|팔아요|파나요)\s*\?*$|추천|찾아|찾고|보여|사고\s?싶|살게|살까|사이즈|마음에|맘에|색상|디자인|가격"
    r"|\b(?:recommend|looking for|show (?:me|others)|find me|i (?:need|want) an?|do you (?:have|sell)|size|fits?|colou?rs?|price|like it|like them)\b"
)
# "먼지 안 나는 거", "one that doesn't squeak": goods that are sought by what they do not do
_SOUGHT = re.compile(
    r"(?i)[은는운든간긴린된진한]\s?(?:거|것|꺼|걸로?|걸루|데|제품|상품)(?:만|로|들|도|루)?\s?(?:요|있\S*|없\S*|추천\S*|좀\S*|보여\S*|찾\S*|주세요|줘\S*|뭐\S*|살\S*)?\W*$"
    r"|\b(?:something|anything|ones?|some)\s(?:that|which|with)\b"
)
# a fault without a word of what it is
_NO_SYMPTOM = re.compile(
    r"(?i)고장\S*|불량\S*|이상하\S*|이상해\S*|먹통\S*|작동\S*\s?(?:안|못)\s?\S*|안\s?(?:돼|되|됨|됩)\S*|안돼\S*|안됨"
    r"|\b(?:(?:has |just )?stopped working|(?:doesn'?t|does not|don'?t|isn'?t|not|won'?t) work(?:ing)?|malfunction\w*|acting up|broken|broke)\b"
)
_DANGER = re.compile(
    r"(?i)연기\S{0,2}\s?(?:나[요고는네서]|났|난다|납니다|올라|피어|막)|(?:타는|탄)\s?(?:냄새|내)\S{0,2}\s?(?:나|났|심)|불꽃\S{0,2}\s?(?:튀|나|일)|스파크\S{0,2}\s?(?:튀|나|일)|불(?:이)?\s?(?:났|붙었|나요|붙어)"
    r"|(?:배터리|밧데리|바닥|뒤판|뒷면)\S{0,2}.{0,6}(?:부풀|부었|볼록)|부풀어\s?올|감전|전기가\s?(?:찌릿|오르|통해|와요)|찌릿|(?:배터리|충전기|본체|기기|보조배터리)\S{0,2}\s?(?:폭발|터졌|녹았|녹아)|(?:전선|코드|플러그|콘센트|어댑터)\S{0,2}\s?(?:녹|탔|타요|그을)|가스\S{0,2}\s?(?:새|냄새)|화상(?:을)?\s?입|손(?:을|이)?\s?(?:데었|데였|데임)|(?:만질|만지지)\s?(?:수\s?없|못).{0,6}뜨거|너무\s?뜨거워서\s?(?:못|만)"
    r"|\b(?:smok(?:e|ing)\b.{0,20}\b(?:com(?:es?|ing)|from|out|rising)|(?:it'?s|is|started|started to|starts?|began) smok(?:e|ing)|burn(?:ing|t) (?:smell|plastic)|smells? (?:like |of )?(?:it'?s )?burn\w*|sparks?\b.{0,12}\b(?:fly|flew|came|from|when|out)|(?:it|is|was) spark(?:s|ed|ing)|there (?:were|are) sparks|caught fire|on fire|in flames|electric(?:al)? shock|shocked me|electrocut\w*|battery\b.{0,16}\b(?:swoll?en|swelling|bulg\w*|bloat\w*|puff\w*|leak\w*|explod\w*)|(?:swollen|bulging|bloated) battery|explod(?:ed|ing)|(?:cable|plug|charger|cord|socket|adapter)\b.{0,12}\bmelt\w*|smell(?:s|ing)? (?:of )?gas|gas (?:leak|smell)|burn(?:ed|t) (?:my|me)|too hot to touch)\b"
)
_NO_LONGER = re.compile(
    r"(?i)(?:이제|더\s?이상|더는)\s?(?:는\s?)?(?:안|냄새\s?안|소리\s?안)\s?(?:새|끊|삑|튀|걸|뜨거|흔들|나[요네])|\b(?:no longer|stopped|no more|not\b.{0,20}\bany ?more)\b"
)
_GIVE_UP = re.compile(
    r"(?i)그만(?:할|하|둘|두|요|$)|안\s?할래|포기|못\s?하겠|나중에|다음에\s?(?:할|해)|\b(?:stop (?:this|here|now|it)|quit|give up|giving up|forget it|never ?mind|(?:do|try) (?:it|this|that) later|later|enough of this)\b|^\s*stop\W*$"
)
_BACK = re.compile(
    r"(?i)이전\s?(?:단계|거|것|으로)|앞\s?단계|전\s?단계|뒤로|^\s*이전\W*$|\b(?:go back|one back|back one|previous(?: step| one)?|step before)\b|^\s*back\W*$"
)
_AGAIN = re.compile(
    r"(?i)다시\s?(?:한\s?번\s?)?(?:말|알려|설명|보여)|뭐라고|어디까지|이어서|계속(?:할|해)|\b(?:say (?:it|that) again|again please|repeat|come again|where were we|go on|continue|resume)\b"
)
_TRIED = re.compile(
    r"(?i)(?:그것도|그거도|이것도|그건|그거|이건|이거|벌써|이미|아까|진작)\s?(?:다\s?)?\S{0,6}\s?(?:해\s?봤|해\s?봣|했)|(?:해\s?봤|해\s?봣|해\s?보았|다\s?했)\S*|\b(?:already (?:did|tried|done|have)|(?:i'?ve |have )?tried (?:that|this|it|already)|(?:did|done) (?:that|this|it)(?: already)?)\b"
)
_NOT_YET = re.compile(
    r"(?i)안\s?(?:돼|되|됐|됨|된|켜|꺼|나|들|움|잠|닫|눌|열|끓|멈|보|떠|잡)|안돼|안됨|못\s|여전|그대로|똑같|아직|마찬가지|소용|실패|도움\s?안|아니[요오]|^\s*아뇨|ㄴㄴ|계속\s?(?:새|끊|그러|그래|나|꺼)|변화\S{0,2}\s?없|달라진\s?게|해결\S{0,2}\s?(?:안|못)|효과\S{0,2}\s?없"
    r"|\b(?:no|nope|nah|not|still|didn'?t|doesn'?t|don'?t|won'?t|isn'?t|can'?t|cannot|same|nothing|failed|fails|unsuccessful|worse)\b"
)
_SOLVED = re.compile(
    r"(?i)해결|됐(?:다|어|습|네|음|당|$)|되네|된다|됩니다|돼요|되었|이제\s?(?:돼|되|켜|나|들|잘)|잘\s?(?:돼|되|나|들|켜|맞)|켜졌|연결됐|연결되|들려요|들리네|소리\s?나[요네]|고쳐졌|고쳤|멈췄|괜찮아졌|성공|오\s?된"
    r"|\b(?:solved|fixed|works|worked|working|that did it|did the trick|resolved|sorted|all good|success|connected|it'?s (?:on|fine|good|back|ok|okay)|perfect)\b"
)
_DOING = re.compile(
    r"(?i)^\W*(?:네+|넵|넹|예|응|ㅇㅇ|ㅇㅋ|오케이|알겠\S*|알았\S*|잠깐\S*|잠시\S*|해\s?볼\S*|한번\s?해\S*|지금\s?해\S*|기다려\S*|해보고\S*)(?:\s?(?:네|해\s?볼\S*|해보고\S*|잠시\S*|기다려\S*|만요|요))*\W*$"
    r"|^\W*(?:yes|ok(?:ay)?|sure|alright|got it|one (?:sec(?:ond)?|moment|minute)|wait|hold on|let me (?:try|check|see)|trying|i'?ll (?:try|check)|give me a (?:sec|minute|moment))\b.{0,25}$"
)
_WAIT = re.compile(
    r"(?i)^\W*(?:잠깐|잠시|기다려|one (?:sec|moment|minute)|wait|hold on|give me a (?:sec|minute|moment))"
)
_HOW = re.compile(
    r"(?i)어떻게|어케|어디(?!까지)|어느\s?(?:쪽|버튼|거|것)|무슨\s?(?:말|뜻|버튼)|뭘|뭐(?:예요|에요|죠|지|를|냐)|뭔(?:가요|지|데)|몇\s?(?:초|분|번)|모르겠|어려워|\bhow\b|\bwhere\b|\bwhich\b|\bwhat (?:is|does|do you|button|kind)\b|\bi don'?t (?:know|understand|get it|see)\b|\bexplain\b|\bwhat\?"
)
# "아직도 안 돼요", "still broken": something that was spoken of before
_STILL = re.compile(
    r"(?i)(?:아직|여전|그대로|똑같|마찬가지|계속|지난\s?번|저번|전에)\S*.{0,30}?(?:(?:안|못)\s?(?:돼|되|됐|됨|됩|된|켜|나[와오요]|들[리려어]|고쳐)|안돼|안됨|해결\S{0,2}\s?(?:안|못)|되지\s?않|고장|먹통|이상|그래요|그러네|그렇|말썽|문제)"
    r"|(?:여전해|여전하|(?:아직도?\s?)?(?:그대로|똑같|마찬가지)(?:예|네|이|야|에|아|입|인|해))|알려\s?(?:준|주신)\s?(?:대로|거|것|방법)\S*.{0,20}(?:안|못)\s?(?:돼|되|됐|됨)"
    r"|\bstill\b.{0,24}\b(?:broken|not (?:work\w*|fixed|solved|right|ok(?:ay)?|better)|(?:doesn'?t|does not|don'?t|won'?t|isn'?t|is not|can'?t|ain'?t)(?: work\w*| fixed| solved| right)?|(?:the )?same|acting up|happening|faulty|dead|wrong|stuck|silent)\b|^\W*still (?:not|nothing|no)\W*$"
)
_STILL_AT_ALL = re.compile(r"(?i)아직도?|여전히|\bstill\b")
_FROM_START = re.compile(
    r"(?i)(?:맨\s?)?처음\s?(?:부터|으로)|\bfrom (?:the )?(?:start|beginning|scratch|step (?:one|1))\b|\b(?:start|begin) (?:over|again|anew)\b"
)
_OF_STEP: tuple[tuple[Said, re.Pattern[str]], ...] = (
    ("doing", _WAIT), ("solved", _NO_LONGER), ("again", _AGAIN), ("back", _BACK), ("give_up", _GIVE_UP), ("how", _HOW),
    ("not_yet", _NOT_YET), ("doing", _DOING), ("tried", _TRIED), ("solved", _SOLVED),
)  # fmt: skip
_YES = re.compile(r"(?i)^\W*(?:네|넵|예|응|맞|그래|ㅇㅇ|yes|yep|yeah|y\b|it does|it is)")
_NO = re.compile(r"(?i)^\W*(?:아니|아뇨|ㄴㄴ|안\s?|못\s?|no\b|nope|nah|it doesn|it isn|it does not|not\b)")

_BARE_ANSWER = re.compile(
    r"(?i)^\W*(?:네+|넵|예|응|ㅇㅇ|아니[요오]?|아뇨|ㄴㄴ|yes|yeah|yep|no|nope|nah|not really)(?![a-z가-힣])\W*"
)


_CORRECTS = re.compile(
    r"(?i)말고|아니라|아니고|아니에요|아니요?,|아뇨|잘못\s?(?:말|눌|골)|\b(?:not (?:the|my)|i mean[t]?|actually|wrong (?:one|product)|instead)\b|^\W*no\b"
)
# parts of goods: "the battery of my headphones" is said of the headphones
_PARTS = frozenset({"batteries", "chargers", "cables", "charging"})


def corrects(text: str) -> bool:
    """Is something said to have been the wrong goods?"""
    return _CORRECTS.search(text) is not None


def only_names(text: str) -> bool:
    """Is nothing said but the goods ("이어폰이요", "my headphones")?"""
    rest = re.sub(
        r"(?i)(?<![가-힣])(?:이|요|이요|여|예요|이에요|인데요?|꺼|거|the|my|it|it's|its|a|an|ones?)(?![가-힣\w])|\W",
        " ",
        without_goods(text),
    )
    return not re.sub(r"(?:이?요|이?에요|예요|인데요?)", "", rest).strip()


def only_parts(kinds: Sequence[str]) -> bool:
    """Are these only parts that other goods have as well?"""
    return set(kinds) <= _PARTS


def without_goods(text: str) -> str:
    """What is told of goods without the words for them."""
    found = sorted(
        ((each.start, each.end) for each in categories.find(text) if each.slug not in _PARTS), reverse=True
    )
    for start, end in found:
        text = f"{text[:start]} {text[end:]}"
    return re.sub(
        r"(?<!\S)(?:이|가|은|는|을|를|에서|의|my|the|on|of)(?!\S)", " ", " ".join(text.split())
    ).strip()


def bare(text: str) -> str:
    """Words without blanks and marks, for comparing."""
    return re.sub(r"[\W_]+", "", text).lower()


def in_use(text: str) -> bool:
    """Is it told that goods do not work while they are used, and no more than that?"""
    if any(words.search(text) for words in (_ARRIVED, _NO_GOODS, _SEEKS, _SOUGHT)):
        return False
    return bool(_HOW_TO.search(text) or (_DOES_NOT.search(text) and not _ASKED_BEFORE.search(text)))


def tells_symptom(text: str) -> bool:
    """Is more told than that something is broken: what it does, or does not do?"""
    return in_use(_NO_SYMPTOM.sub(" ", text))


def may_be_in_use(text: str) -> bool:
    """Could what a reader takes for trouble with goods be trouble in their use, rather than one of delivery?"""
    return not any(words.search(text) for words in (_ARRIVED, _NO_GOODS, _SEEKS, _SOUGHT, _ASKED_BEFORE))


def dangerous(text: str) -> bool:
    """Is it told that goods smoke, burn, swell or give shocks?"""
    return _DANGER.search(text) is not None and not _ASKED_BEFORE.search(text)


def of_step(text: str) -> Said | None:
    """What is said of a step that was told; None when it is about something else."""
    return next((said for said, words in _OF_STEP if words.search(text)), None)


def still_wrong(text: str) -> bool:
    """Is it told that goods still do not work, as was told before?"""
    if any(words.search(text) for words in (_ARRIVED, _NO_GOODS, _SEEKS, _SOUGHT)):
        return False
    return _STILL.search(text) is not None or (_STILL_AT_ALL.search(text) is not None and in_use(text))


def from_start(text: str) -> bool:
    """Is something wished to be begun anew?"""
    return _FROM_START.search(text) is not None


def sought(text: str) -> bool:
    """Are goods looked for by what they do not do, or do ("먼지 안 나는 거")?"""
    return _SOUGHT.search(text) is not None


def of_step_alone(text: str) -> bool:
    """Is it told how a step went, in more than a yes or a no?"""
    return of_step(_BARE_ANSWER.sub("", text)) in ("solved", "not_yet", "tried")


def yes_or_no(text: str) -> Literal["yes", "no"] | None:
    """Does a text, or the label of an answer, begin with a yes or with a no?"""
    return "no" if _NO.search(text) else "yes" if _YES.search(text) else None
