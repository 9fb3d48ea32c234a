"""The words by which a rule of a reply is told from an offer, from what has happened and from what is asked for."""

from __future__ import annotations

import re

from dangol.assistant.truth.alternatives import any_of

# words that limit or widen what is said; both sides have them, or it is not the same
_MARKS = {
    "before": r"(?<=[가-힣 ])전(?:까지|에|이|이라|에는)?(?=[\s,.]|면|라면)|\bbefore\b|\bprior\b|\buntil\b|\bby\b",
    "after": r"(?<=[가-힣 ])(?:뒤|후|다음)(?:에|로|부터|에도|에는)?(?=[\s,.])|\bafter\b|\bonce\b|\bsince\b|\bas soon as\b",
    "only": r"[가-힣]만(?=[\s,.])|[가-힣]만 |(?:에서|까지|에게|으로|때|경우에?)만|뿐|\bonly\b|\bjust\b|\bsolely\b",
    "except": r"제외|빼고|말고|외에|아니면|않으?면|않는 한|\bunless\b|\bexcept\w*|\bother than\b|\bapart from\b|\bbut not\b|\bexclud\w+",
    "too": r"[가-힣](?:도|까지도|조차)(?=\s)|\balso\b|\btoo\b|\beven\b|\bas well\b|\bincluding\b|\bboth\b",
    "all": r"모든|모두|전부|전액|전체|언제(?:든|나)|누구나|어디(?:든|나)|(?:어디|누가|누구|언제|무엇|뭐|몇|얼마|어떤|어느|어떻게)[가-힣]*\s(?:[가-힣]+\s)?[가-힣]*(?:든|도)(?=[\s,.])|무조건|항상|상관\s?없|\ball\b|\bany\w*|\bevery\w*|\balways\b|\b(?:how|what|when|where|which|who)ever\b|\bno matter\b|\bon or off\b|\bor not\b|\bwith or without\b|\bwhole\b|\bfull\b|\bfully\b",
    "without": r"없이|없어도|없으[시셔]|안 [가-힣]+도(?=[\s,.])|\bwithout\b|\bno need\b|\bneedn't\b|(?:don't|not) (?:have|need) to\b",
    "half": r"절반|반(?=값|을|은|만)|일부|부분|\bhalf\b|\bpart\w*",
    "most": r"까지(?!도)|이내|안에|이하|최대|\bup to\b|\bat most\b|\bwithin\b|\bno more\b|\bmaximum\b|\bunder\b",
    "least": r"이상|부터|최소|넘|초과|\bat least\b|\bor more\b|\bover\b|\bfrom\b|\babove\b|\bminimum\b|\bmore than\b",
    "each": r"마다|[가-힣]당(?=\s)|매(?=일|주|월|달|년|번)|\bper\b|\beach\b|\bevery\b",
    "own": r"\byour own\b|\byourself\b|직접|가져오[신시]",
    "us": r"저희가|가게가|매장이|판매자|\bwe(?:'ll| will|'d| would)? (?:pay|cover|bear|foot)|\bour (?:cost|expense)|\bon us\b",
    "you": r"고객님이|고객님께서|손님이|고객 부담|\byou (?:pay|have to|need to|must)\b|\byour (?:own )?(?:cost|expense)",
}  # fmt: skip
MARKS = {name: any_of(words) for name, words in _MARKS.items()}

OFFERS = any_of(
    r"(?:드릴|할|볼|줄)(?:까요|게요|께요)|도와드|^\s*(?:저는|제가|저희로서는)\s|모르|기록에 없|적혀 있지|나와 있지|안내가 없|확인되지|찾지 못"
    r"|\b(?:i|we(?='ll| will| can| could|'d| would))(?:'ll| will| can(?:not|'t)?| could|'d| would)? (?:help|look|check|find|show|connect|put you|tell|see|ask|pass)\b|\blet me\b|\bi(?:'m| am| can| can't| cannot| could| don't)\b|(?:n't|\bnot) (?:mention|on record|say|state)"
    r"|^(?:please |just |do )?let us know\b|\bfeel free\b|\bdoesn't say\b|\bnot stated\b"
)
IF_LIKED = re.compile(r"\bif you(?:'d| would) like\b")
ASKS = re.compile(
    r"(?:말씀해|알려|문의해) ?주|(?:확인해|살펴) ?주세요[\s.!]*$"
)  # asks for something, unless it tells a rule besides
# by which way something is to be told is a rule: "앱으로 알려 주세요"
BY_A_WAY = re.compile(
    r"(?:전화|앱|문자|카톡|카카오톡|이메일|메일|누리집|홈페이지|팩스|편지|매장|방문)[가-힣]{0,2}(?:로|에서|에|해서|하셔서)\s"
)
OF_AN_ORDER = any_of(
    r"장바구니|송장\s?번호|\btracking number\b|담겨|담으신|\bin (?:the|your) (?:cart|basket|bag)\b|^you (?:paid|bought|ordered)\b|\byou(?:'ve| have) got\b(?! (?:\w+ ){1,2}(?:days?|weeks?|months?|years?|hours?|fortnight)\b)"
)
# what has happened is no rule, and checked as a state or a deed
PAST = re.compile(
    r"[았었했됐졌났갔왔렸셨](?:어요|습니다|죠|지요|네요|군요|고요)[\s.!]*$"
    r"|^(?!.*\b(?:must|can|may|only|if|unless|before|after|until|when|once)\b)(?:your|the|it|we|nothing)\b[^,]{0,40}"
    r"\b(?:has|have|was|were|received|arrived|left|shipped)\b(?! to\b)"
)
# "I'd take the dozen": what is advised is no rule
ADVISES = re.compile(
    r"\bi(?:'d| would) (?:take|go (?:for|with|one|a)|pick|choose|get|suggest|recommend)\b|\bi (?:suggest|recommend)\b|좋은 선택|탁월한 선택|\ba (?:good|great|lovely|fine|safe|nice) (?:choice|pick|bet|option)\b|추천(?:해요|드려요|합니다|드립니다)|권해요|권합니다|권해 드려요"
)
SO_IS = re.compile(
    r"^(?:and )?so (?:is|are|do|does|can|will|may)\b|마찬가지|(?:똑|꼭)?같아요[\s.!]*$|\bthe same (?:goes|is true|holds|applies) (?:for|of|to)\b"
)
