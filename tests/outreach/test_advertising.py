"""The rules of advertising: who may be written to and when, and which letters do not leave the house."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from dangol.kernel.outreach_policy import OutreachPolicy
from dangol.outreach.linter import FREE_REFUSAL, MARK, Draft, advertising_faults, information_faults
from dangol.outreach.rules import Medium, Standing, night_ends, why_not
from dangol.server.workers.announcement_words import TEXTS
from dangol.server.workers.outreach_words import ADVERTISING

SEOUL = ZoneInfo("Asia/Seoul")
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=SEOUL)
LINK = "https://shop.example.com/api/store/unsubscribe/1?key=k"
GOOD = Draft(
    head=f"{MARK} [가온상점] 구매하신 상품, 이렇게 관리해 주세요",
    text=f"가온상점 · help@example.com\n\n손세탁해 주세요.\n\n{FREE_REFUSAL}: {LINK}\n",
    sender="가온상점",
    contacts=("help@example.com",),
    refusal=LINK,
)
words = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
moments = st.integers(0, 365 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes))


@given(moments)
def test_nobody_is_written_to_between_nine_and_eight(at: datetime) -> None:
    agreed = Standing(agreed=frozenset({"email", "sms"}))
    night = at.hour >= 21 or at.hour < 8
    assert (why_not("email", agreed, OutreachPolicy(), at) == "night") is night
    ends = night_ends(at)
    assert (ends is not None) is night
    if ends is not None:
        assert at < ends <= at + timedelta(hours=11)
        assert night_ends(ends) is None


@given(
    st.sampled_from(["conversation", "email", "sms"]),
    st.frozensets(st.sampled_from(["email", "sms"])),
    st.booleans(),
    st.integers(0, 9),
    st.integers(0, 9),
    moments,
)
def test_a_letter_leaves_only_with_consent_and_within_the_caps(
    medium: Medium, agreed: frozenset[str], refused: bool, today: int, this_week: int, at: datetime
) -> None:
    policy = OutreachPolicy(letters_a_week=2)
    open_ = why_not(medium, Standing(agreed, refused, today, this_week), policy, at) is None
    if refused or night_ends(at) is not None:
        assert not open_
    else:
        seldom = today == 0 and this_week < 2
        assert open_ is ((medium == "conversation" or medium in agreed) and seldom)


def test_a_good_letter_leaves() -> None:
    assert not advertising_faults(GOOD, korean=True)


def test_each_near_miss_of_the_mark_is_held_back() -> None:
    for mark in ("(광 고)", "[광고]", "(광.고)", "광고", "", "【광고】", " (광고)", "※(광고)"):
        head = GOOD.head.replace(MARK, mark)
        (fault,) = advertising_faults(Draft(head, GOOD.text, GOOD.sender, GOOD.contacts, LINK), korean=True)
        assert fault in ("no_mark", "wrong_mark")


def test_each_missing_part_is_named() -> None:
    def faults(head: str = GOOD.head, text: str = GOOD.text, refusal: str = LINK) -> tuple[str, ...]:
        return advertising_faults(Draft(head, text, GOOD.sender, GOOD.contacts, refusal), korean=True)

    assert faults(text=GOOD.text.replace("help@example.com", "")) == ("no_contact",)
    assert faults(head=GOOD.head.replace("가온상점", ""), text=GOOD.text.replace("가온상점", "")) == (
        "no_sender",
    )
    assert faults(text=GOOD.text.replace(LINK, "")) == ("no_refusal",)
    assert faults(text=GOOD.text.replace(FREE_REFUSAL, "수신거부")) == ("no_refusal",)
    assert faults(refusal="") == ("no_refusal",)
    assert faults(text=GOOD.text + "\n더 많은 상품 보기") == ("refusal_not_last",)


@given(words, words, words, words)
def test_whatever_a_letter_says_it_leaves_only_marked_and_refusable(
    head: str, text: str, before: str, after: str
) -> None:
    for draft in (
        Draft(head, text, "가온상점", ("help@example.com",), LINK),
        Draft(before + GOOD.head, GOOD.text + after, "가온상점", ("help@example.com",), LINK),
    ):
        if not advertising_faults(draft, korean=True):
            assert draft.head.startswith("(광고)")
            assert "가온상점" in draft.head + draft.text
            assert LINK in draft.text.rstrip().splitlines()[-1]
            assert FREE_REFUSAL in draft.text


def test_what_is_sent_as_information_sells_nothing() -> None:
    for kind, texts in TEXTS.items():
        if kind not in ADVERTISING:
            for subject, said in texts.values():
                assert not information_faults(f"{subject} {said}"), kind
    for sells in ("지금 10% 할인", "쿠폰을 드려요", "Special offer inside", "(광고) 신상품", "사은품 증정"):
        assert information_faults(sells) == ("sells",)
