"""Which goods a message means, among those somebody bought."""

from __future__ import annotations

import pytest

from dangol.kernel.words import goods

BOUGHT = {
    "tumbler": ("옹기 텀블러", ["아이보리", "591ml"]),
    "running": ("달길 러너 2 쿠션 러닝화", ["블랙", "260"]),
    "sandals": ("여름 샌들", ["블루", "250"]),
    "socks": ("Dalgil Running Socks 3-Pack", ["Black", "L"]),
    "bag": ("Small Canvas Tote", ["Navy"]),
}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("텀블러 반품할게요", ["tumbler"]),
        ("I want to return the tumbler", ["tumbler"]),  # another language than its title's
        ("신발 취소해 주세요", ["running", "sandals"]),
        ("달길 러너 환불이요", ["running"]),
        ("샌들이랑 양말 반품", ["sandals", "socks"]),
        ("파란 신발 반품", ["sandals"]),
        ("the blue one please", ["sandals"]),
        ("주문 취소해 주세요", []),
        ("환불해 주세요 너무 작아요", []),
        ("it is too small, I want my money back", []),  # no bag, though its name says so
        ("cancel my canvas tote", ["bag"]),
        ("", []),
    ],
)
def test_goods_are_known_by_name_kind_and_colour(said: str, meant: list[str]) -> None:
    found = {name: goods.marks(title, options, said) for name, (title, options) in BOUGHT.items()}
    assert goods.meant(found) == meant
