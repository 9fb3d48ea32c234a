"""The label of a return: its barcode is read again from what was drawn, as a scanner would."""

from __future__ import annotations

import re
from dataclasses import replace

import httpx
import pytest
import zxingcpp
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from PIL import Image, ImageDraw
from returns.desk import ReturnDesk

from dangol.contracts.carrier import Party
from dangol.kernel.errors import Refused
from dangol.returns.labels import Label, label_pdf, label_zpl
from dangol.returns.routes import routes

LABEL = Label(
    tracking_no="500000000123",
    carrier="샘플 택배",
    number="R20261121-0007",
    order="20261121-0042",
    sender=Party(
        name="김단골", phone="010-1234-5678", postcode="06236", lines="서울 강남구 테헤란로 123, 4층 401호"
    ),
    receiver=Party(name="가온상점 ^XZ~", phone="02-000-0000", postcode="", lines="서울 강남구 가온로 1"),
    language="ko",
)
_BAR = re.compile(rb"n ([\d.]+) ([\d.-]+) ([\d.]+) ([\d.]+) re f")
_SCALE = 6


def read_bars(pdf: bytes) -> str:
    """The barcode of a page, from the rectangles drawn on it."""
    page = Image.new("L", (int(284 * _SCALE), int(426 * _SCALE)), 255)
    pen = ImageDraw.Draw(page)
    x0, y0 = 0.0, 0.0
    for moved in re.finditer(rb"1 0 0 1 ([\d.]+) ([\d.]+) cm", pdf):
        x0, y0 = float(moved[1]), float(moved[2])
    for found in _BAR.finditer(pdf):
        x, y, width, height = (float(each) for each in found.groups())
        left, bottom = (x0 + x) * _SCALE, page.height - (y0 + y) * _SCALE
        pen.rectangle((left, bottom - height * _SCALE, left + width * _SCALE - 1, bottom), fill=0)
    read = zxingcpp.read_barcodes(page)
    return read[0].text if read else ""


@pytest.mark.parametrize("number", ["500000000123", "R20261121-0007", "1Z999AA10123456784"])
def test_the_barcode_of_the_pdf_is_read_again(number: str) -> None:
    pdf = label_pdf(replace(LABEL, tracking_no=number))
    assert pdf.startswith(b"%PDF-")
    assert read_bars(pdf) == number


def test_the_label_carries_its_font() -> None:
    """A printer of a shop abroad has no Korean font of its own."""
    pdf = label_pdf(LABEL)
    assert b"FontFile2" in pdf
    assert b"HYGothic" not in pdf


def test_the_zpl_holds_the_number_and_no_command_of_a_stranger() -> None:
    zpl = label_zpl(LABEL)
    assert zpl.startswith("^XA\n^CI28")
    assert zpl.rstrip().endswith("^XZ")
    assert zpl.count("^XZ") == 1
    assert "^BCN,200,Y,N,N^FD500000000123^FS" in zpl
    assert "테헤란로" in zpl
    assert "~" not in zpl


def test_the_longest_address_leaves_the_barcode_free() -> None:
    endless = Party(
        name="김수한무거북이와두루미삼천갑자동방삭치치카포사리사리센타워리워리세브리깡 😀",
        phone="010-1234-5678",
        postcode="06236",
        lines="서울특별시 강남구 테헤란로123길 45-6, 아주아주긴이름의주상복합아파트단지이천이십육차 "
        "제101동 제2345호 (역삼동, 경비실 옆 무인 택배함에 넣어 주시고 문자를 남겨 주세요) " * 2,
    )
    label = replace(LABEL, sender=endless, receiver=endless)
    assert read_bars(label_pdf(label)) == LABEL.tracking_no
    for block in label.blocks():
        assert len(block.lines) == 6
        assert "😀" not in "".join(block.lines)
        assert block.lines[-1] == "010-1234-5678"
    tops = [int(found) for found in re.findall(r"\^FO48,(\d+)\^A0N", label_zpl(label))]
    assert max(top for top in tops if top < 1000) + 34 < 780  # where the barcode begins
    pdf = label_pdf(label)
    baselines = [float(found) for found in re.findall(rb"1 0 0 1 22\.67\d* ([\d.]+) Tm", pdf)]
    assert min(each for each in baselines if each > 60) > 52 * 72 / 25.4


async def test_the_label_is_fetched_with_its_key_only(desk: ReturnDesk, database_url: str) -> None:
    order = await desk.arrived({"SOCK-GRY": 1})
    view = await desk.start(order, sending="label")
    assert view.label_url is None
    await desk.further()
    view = await desk.view(view.number)
    assert view.label_url == f"/label/{view.number}"
    app = FastAPI()

    @app.exception_handler(Refused)
    async def refused(_request: Request, no: Exception) -> JSONResponse:
        assert isinstance(no, Refused)
        return JSONResponse({"code": no.code}, no.status)

    app.include_router(
        routes(desk.carriers["sample"]._open, lambda: desk.till.ctx.shop, lambda number: f"key-{number}")
    )
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://shop", verify=False
    ) as client:
        path = f"/api/store/returns/{view.number}/label"
        pdf = await client.get(f"{path}.pdf", params={"key": f"key-{view.number}"})
        assert pdf.headers["content-type"] == "application/pdf"
        assert read_bars(pdf.content) == view.tracking_no
        zpl = await client.get(f"{path}.zpl", params={"key": f"key-{view.number}"})
        assert view.tracking_no in zpl.text
        assert (await client.get(f"{path}.pdf", params={"key": "guess"})).status_code == 404
        assert (
            await client.get("/api/store/returns/R1/label.pdf", params={"key": "key-R1"})
        ).status_code == 404
