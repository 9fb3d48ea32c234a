"""A messy file of past enquiries becomes masked enquiries, groups that ask the same, and questions without an article."""

from __future__ import annotations

import json
from pathlib import Path

from school import School

from dangol.server.commands.imports import take_over

MESSY = (
    "번호;문의 내용;답변;문의유형\n"
    "1;우산 수선 맡길 수 있나요?;010-2222-3333으로 전화 주세요;수선\n"
    "2;우산 수선도 해 주시나요?;네;수선\n"
    "3;고장난 우산 수선 되나요?;네;수선\n"
    '4;"반품은 며칠 안에 해야 하나요?";7일이에요;반품\n'
    "5;;빈 문의;\n"
    "6;반품 기간이 며칠이에요?;7일;반품\n"
    "7;반품 며칠까지 돼요?;7일;반품\n"
    "8;a;b;c;d;e\n"
    "9;메일은 hong@shop.kr 입니다 연락 주세요;네;기타\n"
)


async def test_a_messy_file_is_taken_over_masked_and_grouped(school: School, tmp_path: Path):
    file = tmp_path / "enquiries.csv"
    file.write_bytes(MESSY.encode("cp949"))
    async with school.premises.open_connection() as conn:
        report = await take_over(conn, school.settings, "conversations", file, None, school.clock.now())
        again = await take_over(conn, school.settings, "conversations", file, None, school.clock.now())
    assert (report.created, [one.row for one in report.refused]) == (7, [6, 9])
    assert (again.created, again.unchanged) == (0, 7)
    stored = str(await school.rows("select text, answer from enquiries"))
    assert "2222" not in stored
    assert "hong@shop.kr" not in stored
    items = (await school.get("/proposals"))["items"]
    repair = next(one for one in items if "수선" in one["title"])
    returns = next(one for one in items if "반품" in one["title"])
    assert repair["size"] >= 3
    assert (repair["tag"], returns["tag"]) == ("수선", "반품")
    assert repair["unanswered"] > returns["unanswered"]
    assert returns["reading"] == "ask_return_policy"
    await school.do("PUT", f"/proposals/{repair['id']}", state="taken")
    assert repair["id"] not in {one["id"] for one in (await school.get("/proposals"))["items"]}


async def test_conversations_as_json_give_the_shoppers_first_words(school: School, tmp_path: Path):
    said = [{"role": "customer", "text": "Do you wrap gifts?"}, {"role": "agent", "text": "Yes."}]
    file = tmp_path / "past.json"
    file.write_text(json.dumps({"tickets": [{"id": 1, "messages": said}, "nonsense"]}), encoding="utf-8")
    async with school.premises.open_connection() as conn:
        report = await take_over(conn, school.settings, "conversations", file, None, school.clock.now())
    assert (report.created, [one.code for one in report.refused]) == (1, ["not_an_object"])
    assert await school.rows("select text, answer, language from enquiries where source = 'past.json'") == [
        ("Do you wrap gifts?", "Yes.", "en")
    ]


RARE = {
    "자수": ("자수 새길 수 있나요", "수건에 자수 가능한가요", "자수 비용이 얼마인가요"),
    "필터": ("필터 교체 주기가 어떻게 되나요", "정수기 필터 교환 시기 알려주세요", "필터 언제 갈아야 해요"),
    "리본": ("리본에 쓸 문구 수정 부탁드립니다", "리본 문구 바꿔주세요", "화환 리본 문구 변경할게요"),
    "insole": ("insoles sold separately?", "do you sell spare insoles", "can I buy just the insoles"),
    "engrav": ("do you engrave names", "how much is engraving", "can I get my initials engraved"),
}


async def test_enquiries_about_something_rare_stand_together_however_they_are_worded(
    school: School, tmp_path: Path
):
    mixed = [text for texts in zip(*RARE.values(), strict=True) for text in texts]
    noise = [
        "ㅇㅇ",
        "배송 언제 와요ㅠㅠ",
        "hi??",
        "결제가 두번 됐어요 확인좀",
        "where is my parcel",
        "감사합니다!!",
    ]
    rows = [{"본문": text, "등록일": "2026-10-01", "id": at} for at, text in enumerate([*mixed, *noise])]
    file = tmp_path / "mixed.json"
    file.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    async with school.premises.open_connection() as conn:
        await take_over(conn, school.settings, "conversations", file, None, school.clock.now())
    items = (await school.get("/proposals"))["items"]
    for word, texts in RARE.items():
        (group,) = [one for one in items if word in one["title"].lower() and one["title"] in texts]
        assert group["size"] == len(texts), word
