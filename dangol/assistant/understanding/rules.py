"""Readings certain enough to need no model: one-word answers, jamo slang, insults, attempts to steer."""

# ruff: noqa: E501  a list of alternatives reads best on one line

import re

_SHORT: dict[str, str] = {
    "affirm": (
        r"(?:네+|넵+|넹+|넴|예+|옙|얍|응+|웅+|어+|ㅇㅇ+|ㅇ|ㅇㅋ+|오키+|오케이|오케|okay|ok|okie|콜|ㄱㄱ+|고고+|고|그래요?|그랭|그래여|좋아요?|좋아여|좋습니다|조아요?|"
        r"맞아요?|맞습니다|맞아여|당연하죠|당연|그럼요|그러죠|그렇게 해\s?(?:주세요|줘요?|주세여)|그렇게요|진행해\s?(?:주세요|줘)|yes+|yep|yeah+|yup|ya|sure|sure thing|of course|"
        r"absolutely|definitely|correct|right|that's right|go ahead|sounds good|please do|do it|k|kk|yes please|ye|y|alright|perfect|works for me|ㅇㅋㅇㅋ|ㅇㅇㅋ|그러세요|하세요|해주세요|해줘|부탁해요|부탁드려요)"
    ),
    "deny": (
        r"(?:아니+요?|아뇨+|아니오|아녀|아니여|아닙니다|노+|놉|노노+|ㄴㄴ+|ㄴ|싫어요?|시러요?|안\s?할래요?|안할게요|됐어요?|됐습니다|됐구요|괜찮아요|괜찮습니다|괜찬아요|필요\s?없어요?|"
        r"no+|nope|nah|no thanks|no thank you|not really|not now|nay|n|negative|no need|i'm good|i'm fine|don't)"
    ),
    "thank": (
        r"(?:감사(?:합니다|해요|해여|드려요|드립니다|요|여|링|함다|합니당|해용)?|고마워(?:요|여|용)?|고맙습니다|고맙|ㄱㅅ+|ㄳ+|땡큐|땡스|쌩유|thx|thanks?|thank\s?you|ty|tysm|tnx|cheers|much appreciated|thanks a lot|thanks so much|thank you so much|thank you very much)"
    ),
    "greet": (
        r"(?:안녕(?:하세요|하세여|하십니까|하세용|하셔요|히)?|안뇽(?:하세요)?|ㅎㅇ+|하이+요?|헬로우?|방가|반가워요?|hi+|hello+|hey+|heya|hiya|yo|good (?:morning|afternoon|evening)|hi there|hello there|hey there|greetings|하이루|ㅎㅇㅎㅇ|저기요|여보세요)"
    ),
    "goodbye": r"(?:ㅂㅂ+|ㅂㅇ+|바이+|빠이+|안녕히\s?계세요|수고하세요|수고하세여|수고용|bye+|bye bye|goodbye|see you|see ya|cya|later|good night|take care|잘\s?있어요?)",
    "repeat": r"(?:뭐라고요?|뭐라구요?|네\?+|예\?+|응\?+|what\?+|huh\?*|pardon|come again|sorry\?+|다시요?|(?:다시|한\s?번\s?더)(?:\s?(?:한\s?번\s?)?(?:말(?:씀)?해|얘기해|읽어|들려|불러)\s?(?:줘요?|주세요|주시겠어요|줄래요?))?|(?:can|could) you (?:say|repeat|read) (?:that|it)(?: again| once more)?(?: please)?|(?:say|read) (?:that|it) (?:again|once more)(?: please)?|repeat (?:that|it)(?: please)?|once more(?: please)?|again please)",
    # an account's balance is its points; at a shop, transactions are orders
    "view_points": (
        r"(?:(?:(?:내|제|지금|남은|현재)\s?)?(?:(?:계정|회원|포인트|적립금)\s?)?잔액(?:이|은|을|를)?\s?(?:좀\s?)?(?:얼마(?:예요|에요|야|죠|지|나)?(?:\s?(?:있|남았)(?:어요?|나요|죠|지)?)?|"
        r"(?:알려|말해|들려|읽어|(?:조회|확인)해?)(?:\s?(?:줘요?|주세요|줄래요?))?|뭐(?:예요|야)|어떻게\s?(?:돼요?|되나요))?|"
        r"(?:(?:what(?:'s| is)|check|show(?: me)?|tell me|read me|how much is)\s)?(?:(?:my|the)\s)?(?:(?:account|current)\s)?balance(?: on my account| of my account)?(?: please)?)"
    ),
    "list_orders": (
        r"(?:(?:(?:내|제)\s?)?(?:최근(?:의|에)?\s?)?(?:거래|결제)\s?(?:내역|기록)(?:이|은|을|를)?\s?(?:좀\s?)?(?:(?:알려|말해|들려|읽어|보여|(?:조회|확인)해?)(?:\s?(?:줘요?|주세요|줄래요?))?)?|"
        r"최근에?\s?결제한\s?(?:금액|거|것)(?:이|은)?\s?(?:얼마|뭐|무엇)(?:예요|에요|야|죠|였죠|였어요?)?|"
        r"(?:(?:show(?: me)?|tell me|read me|what (?:are|were)|check)\s)?(?:(?:my|the)\s)?(?:(?:recent|last|latest|past)\s)?transactions?(?: history)?(?: please)?)"
    ),
}
_TAIL = r"[\s!.~^,♡ㅋㅎㅠㅜㅡ;:)(-]*"
_ONE_WORD = {name: re.compile(rf"{words}{_TAIL}", re.DOTALL) for name, words in _SHORT.items()}

_INSULTS = re.compile(
    r"(?<![가-힣])(?:씨+발|시+발(?!점)|ㅅㅂ|ㅆㅂ|병+신|븅신|ㅂㅅ|ㅄ|개새|새끼|ㅅㄲ|지+랄|ㅈㄹ|좆|존나|ㅈㄴ|닥쳐|꺼져|미친\s?(?:놈|년|새|것|거\s?아냐)|또라이|등신|멍청(?:이|한\s?(?:놈|년|새끼|봇|기계))|바보(?:야|냐|같은|멍청)|돌대가리|쓰레기\s?같은|염병|엿\s?먹)|"
    r"\b(?:fuck(?:ing|er|ed)?|f\*+k|f u|stfu|shit(?:ty|head)?|bullshit|asshole|bastard|bitch|idiot|moron|stupid (?:bot|machine|robot|thing|ai|assistant)|dumb(?:ass| bot| machine)|"
    r"you(?:'re| are)? (?:so )?(?:useless|stupid|dumb|an idiot|garbage|trash|pathetic|worthless)|screw you|shut up|piss off|go to hell|piece of (?:crap|shit|junk bot)|dickhead|wtf is wrong with you)\b"
)
_PERSON = re.compile(
    r"상담[원사](?:이?랑|하고|과|님)?\s?(?:연결|바꿔|불러|통화|부탁|좀|이랑|과|하고|으로|한테|에게|$)|상담사|(?:사람|직원|담당자|매니저|인간)\s?(?:이?랑|하고|과|한테|으로|좀)?\s?(?:연결|바꿔|불러|통화|상담|얘기|이야기|대화|나와)|"
    r"\b(?:talk|speak|chat|connect me|transfer me|get me|put me through|pass me)\s?(?:to|with|through to)?\s(?:a |an |the |some |your |to )*(?:real |live |actual |human )*(?:person|human|agent|representative|rep|manager|supervisor|operator|someone real|somebody real|staff|advisor|human being|customer service)\b|"
    r"^(?:agent|human|representative|real person|operator|live agent|상담원|상담사|사람)(?:\splease|\splz|요|이요)?[.!?\s]*$"
)
_STEERING = re.compile(
    r"(?:ignore|disregard|forget|override|bypass)\s(?:all\s|any\s|your\s|the\s|my\s|previous\s|prior\s|these\s)*(?:rules?|instructions?|guidelines|prompts?|policies|restrictions|programming|training|system)(?:\s(?:and|you were given|above|before))?|"
    r"system prompt|developer mode|jailbreak|act as (?:a|an|if|my)|pretend (?:to be|you are|you're|that you)|you are now|reveal your (?:prompt|instructions)|"
    r"(?:규칙|지시|명령|설정|지침|프롬프트)(?:사항)?(?:은|는|을|를)?\s?(?:다\s|모두\s|전부\s|싹\s|모조리\s)?(?:무시|잊어|잊고|무효|어기|벗어나)|시스템\s?프롬프트|개발자\s?모드|프롬프트\s?(?:보여|알려|출력)|너는\s이제(?:부터)?|이제부터\s?(?:너는|넌)|역할극|관리자\s?모드"
)
_CORRECTION = re.compile(
    r"말고|아니고|아니구|아니라|잘못\s?(?:말|썼|입력|적)|정정|\b(?:i meant|i mean|sorry|instead of|not|actually|wait|correction|scratch that|make that)\b"
)


def one_word(plain: str) -> str | None:
    """The intent of a message that is one bare word or slang (ㅇㅇ, 노노, thx), or None."""
    stripped = plain.strip()
    for name, pattern in _ONE_WORD.items():
        if pattern.fullmatch(stripped):
            return name
    return None


def letters(plain: str) -> int:
    """How many letters and figures a text has."""
    return sum(char.isalnum() for char in plain)


def is_insult(plain: str) -> bool:
    """Whether a message holds an insult or swear word."""
    return _INSULTS.search(plain) is not None


def wants_person(plain: str) -> bool:
    """Whether a message asks for a person in so many words."""
    return _PERSON.search(plain) is not None


def is_steering(plain: str) -> bool:
    """Whether a message tries to steer the assistant (“ignore your rules”)."""
    return _STEERING.search(plain) is not None


def only_steers(plain: str) -> bool:
    """Whether nothing else is said beside an attempt to steer."""
    return is_steering(plain) and letters(_STEERING.sub("", plain)) < 8


def corrects(plain: str) -> bool:
    """Whether a message has the words of a correction (말고, I meant)."""
    return _CORRECTION.search(plain) is not None
