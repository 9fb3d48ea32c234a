"""What is said of goods that do not work, and of a step that was tried."""

from __future__ import annotations

import pytest

from dangol.assistant.minds.embedded.guide_words import dangerous, in_use, of_step, still_wrong


@pytest.mark.parametrize(
    "text",
    ["블루투스 연결이 안돼요", "전원이 안 켜져요", "이어폰 한쪽만 소리가 나요", "가방 지퍼가 뻑뻑해요", "왜 안 켜져요?",
     "the kettle won't switch off", "zipper is stuck", "phone can't find the speaker", "how do I pair the headphones"],
)  # fmt: skip
def test_trouble_in_use(text: str):
    assert in_use(text)


@pytest.mark.parametrize(
    "text",
    ["이거 물 새나요?", "does it leak?", "깨져서 왔어요", "it arrived broken", "결제가 안돼요", "can't log in", "사이즈가 안 맞아요",
     "마음에 안 들어요", "소리 안 나는 마우스 추천해줘", "do you have something not too loud", "방수 되나요", "세탁기 돌려도 돼요?"],
)  # fmt: skip
def test_no_trouble_in_use(text: str):
    assert not in_use(text)


@pytest.mark.parametrize(
    ("text", "danger"),
    [("연기가 나요", True), ("배터리가 부풀었어요", True), ("there is smoke coming out of it", True), ("it shocked me", True),
     ("드라이기에서 타는 냄새가 나요", True), ("the battery is swollen", True), ("캔들에서 연기 나나요?", False),
     ("연기 감지기 있어요", False), ("smoked salmon", False), ("does the battery swell?", False), ("불이 안 들어와요", False),
     ("김치가 터져서 왔어요", False), ("배터리 폭발 위험 없나요?", False)],
)  # fmt: skip
def test_danger_is_told_from_talk_of_it(text: str, danger: bool):
    assert dangerous(text) is danger


@pytest.mark.parametrize(
    ("text", "said"),
    [("해결됐어요", "solved"), ("됐다", "solved"), ("이제 안 새요", "solved"), ("it works now", "solved"), ("no longer leaks", "solved"),
     ("안되는데", "not_yet"), ("해봤는데 안 돼요", "not_yet"), ("still not working", "not_yet"), ("tried it, no luck", "not_yet"),
     ("그것도 해봤어요", "tried"), ("already did that", "tried"), ("어떻게 눌러요?", "how"), ("where is the button?", "how"),
     ("이전 단계", "back"), ("go back", "back"), ("네 해볼게요", "doing"), ("hold on", "doing"), ("그만할래요", "give_up"),
     ("never mind", "give_up"), ("반품은 얼마예요", None), ("do you ship to Jeju?", None)],
)  # fmt: skip
def test_what_is_said_of_a_step(text: str, said: str | None):
    assert of_step(text) == said


@pytest.mark.parametrize(
    "text",
    ["그거 아직도 안 돼요", "아직 안 되네요", "여전히 그래요", "그대로예요", "아직도 고장이에요", "지난번에 알려주신 대로 했는데 안 돼요",
     "아직 해결이 안 됐어요", "아직도 한쪽만 들려요", "it still doesn't work", "still broken", "still not working", "still the same problem",
     "my kettle still won't switch off", "It's still not fixed", "still having the same issue"],
)  # fmt: skip
def test_what_still_does_not_work(text: str):
    assert still_wrong(text)


@pytest.mark.parametrize(
    "text",
    ["아직 배송이 안 왔어요", "아직도 환불이 안 됐어요", "아직 결제가 안 돼요", "아직 재고 있나요?", "계속 쇼핑할게요", "지난번에 산 거 또 살래요",
     "still no refund", "is it still in stock?", "do you still have it in black?", "my parcel is still not here", "still can't log in",
     "still looking for a gift", "안 돼요", "it doesn't work", "아직 안 정했어요", "전에 본 가방 보여주세요"],
)  # fmt: skip
def test_what_is_still_something_else(text: str):
    assert not still_wrong(text)
