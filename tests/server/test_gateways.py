"""A shop changes its payment vendor by its settings: the same purchase with each of them, and nothing else changed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from connect.payment_vendors import paypal, stripe, toss
from connect.payment_vendors.vendor import Vendor, on_loopback
from pydantic import SecretStr
from server_talk import OpenHouse, Talk, stock
from structlog.testing import capture_logs

from dangol.connect.index import PAYMENTS
from dangol.kernel.clock import SystemClock
from dangol.kernel.shop import Shop
from dangol.payments import api as payments
from dangol.server.cli import run
from dangol.server.doors import bind
from dangol.server.gateways import PaymentSettingWrong, connect_gateways, standing
from dangol.server.serving import serving
from dangol.server.settings import Settings, kept_secret
from dangol.server.wire import open_premises

BUYING = (
    "흰 머그컵 하나 담아줘",
    "결제할게요",
    "김하나 010-1234-5678 hana@example.com",
    "서울 강남구 테헤란로 123, 4층 06133",
    "네 주문할게요",
)
KEYS: dict[str, dict[str, Any]] = {
    "sample": {},
    "stripe": {
        "stripe_key": SecretStr(stripe.KEY),
        "stripe_webhook_secret": SecretStr(stripe.SECRET),
    },
    "toss": {"toss_key": SecretStr(toss.KEY)},
    "paypal": {
        "paypal_client_id": paypal.CLIENT,
        "paypal_secret": SecretStr(paypal.SECRET),
        "paypal_webhook_id": paypal.WEBHOOK,
    },
}
VENDORS: dict[str, type[Vendor]] = {
    "stripe": stripe.StripeVendor,
    "toss": toss.TossVendor,
    "paypal": paypal.PayPalVendor,
}


@dataclass
class Played:
    """A vendor whose page a test can use: the sample gateway by its own knobs, the others in this process."""

    house: OpenHouse
    vendor: Any

    async def play(self, vendor_ref: str, act: str) -> None:
        if self.vendor is not None:
            await self.vendor.play(vendor_ref, act)
            return
        key = kept_secret(self.house.settings.data, "sample-gateway-key")
        async with self.house.client(Authorization=f"Bearer {key}") as client:
            path = f"/sample-gateway/v1/payments/{vendor_ref}/test/play"
            assert (await client.post(path, json={"act": act})).is_success

    async def tell(self) -> None:
        if self.vendor is not None:
            answers = await self.vendor.deliver(f"{self.house.url}/api/payments/webhooks/{self.name}")
            assert set(answers) <= {204}

    @property
    def name(self) -> str:
        return next(iter(self.house.premises.gateways))


@contextlib.asynccontextmanager
async def shop_with(name: str, database_url: str, shop: Shop, data: Path) -> AsyncIterator[Played]:
    currency = "USD" if name == "paypal" else "KRW"
    await stock(database_url, shop.model_copy(update={"currency": currency}), data)
    vendor: Any = VENDORS[name](SystemClock()) if name in VENDORS else None  # type: ignore[arg-type]
    async with on_loopback(vendor) if vendor else contextlib.nullcontext():
        with bind("127.0.0.1", 0) as door:
            settings = Settings(
                data=data,
                database_url=SecretStr(database_url),
                port=door.getsockname()[1],
                payments=name,  # type: ignore[arg-type]
                payment_url=f"{name}={vendor.url}" if vendor else "",
                **KEYS[name],
            )
            async with open_premises(settings) as premises, serving(premises.app, settings, door):
                yield Played(OpenHouse(premises, settings, settings.base_url), vendor)


async def _payment(url: str) -> dict[str, Any]:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as conn:
        cursor = conn.cursor(row_factory=psycopg.rows.dict_row)
        await cursor.execute(
            "select p.*, o.status from payments p join orders o on o.number = p.order_number"
            " order by p.id desc limit 1"
        )
        row = await cursor.fetchone()
        assert row is not None
        return row


async def _until(url: str, state: str) -> dict[str, Any]:
    """The payment once the workers have brought it there."""
    for _ in range(600):
        row = await _payment(url)
        if row["state"] == state:
            return row
        await asyncio.sleep(0.05)
    raise AssertionError(f"never {state}: {await _payment(url)}")


@pytest.mark.parametrize("name", sorted(KEYS))
async def test_one_purchase_with_each_vendor_by_settings_alone(
    name: str,
    database_url: str,
    shop: Shop,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with capture_logs() as logged:
        await _purchase(name, database_url, shop, tmp_path)
    heard = caplog.text + str(logged)
    for value in KEYS[name].values():
        assert not isinstance(value, SecretStr) or value.get_secret_value() not in heard


async def _purchase(name: str, database_url: str, shop: Shop, tmp_path: Path) -> None:
    async with shop_with(name, database_url, shop, tmp_path) as till:
        async with till.house.client() as client:
            opened = await client.post("/api/chat/conversations", json={"locale": "ko-KR"})
        talk = Talk(till.house, opened.json())
        for words in BUYING:
            said = await talk.say(words)
        row = await _payment(database_url)
        assert row["gateway"] == name
        assert row["url"] in str(said["blocks"])

        await till.play(row["vendor_ref"], "pay")
        await till.tell()
        row = await _until(database_url, "paid")
        assert (row["status"], row["received"]) == ("paid", row["amount"])

        async with till.house.client() as client:
            forged = await client.post(
                f"/api/payments/webhooks/{name}",
                json={"eventType": "PAYMENT_STATUS_CHANGED", "data": {"paymentKey": "nobody"}},
            )
            back = await client.get(f"/api/payments/return/{row['reference']}")
        assert forged.status_code == 401
        assert back.status_code == 303
        await till.tell()

        premises = till.house.premises
        async with premises.open_connection() as conn:
            await payments.refund(
                conn,
                premises.gateways,
                row["order_number"],
                2_000,
                key="part",
                cause="goodwill",
                now=SystemClock().now(),
            )
        await till.tell()
        row = await _until(database_url, "partly_refunded")
        assert row["refunded"] == 2_000


async def test_money_only_approved_is_taken_when_the_shopper_comes_back(
    database_url: str, shop: Shop, tmp_path: Path
) -> None:
    async with shop_with("toss", database_url, shop, tmp_path) as till:
        async with till.house.client() as client:
            opened = await client.post("/api/chat/conversations", json={"locale": "ko-KR"})
        talk = Talk(till.house, opened.json())
        for words in BUYING:
            await talk.say(words)
        row = await _payment(database_url)
        await till.play(row["vendor_ref"], "pay")
        till.vendor.outbox.clear()  # its webhook is lost on the way
        async with till.house.client() as client:
            back = await client.get(f"/api/payments/return/{row['reference']}?paymentKey=forged&amount=1")
        assert back.status_code == 303
        assert (await _payment(database_url))["status"] == "paid"


async def test_money_approved_for_an_order_that_is_gone_is_not_taken(
    database_url: str, shop: Shop, tmp_path: Path
) -> None:
    async with shop_with("toss", database_url, shop, tmp_path) as till:
        async with till.house.client() as client:
            opened = await client.post("/api/chat/conversations", json={"locale": "ko-KR"})
        talk = Talk(till.house, opened.json())
        for words in BUYING:
            await talk.say(words)
        row = await _payment(database_url)
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as conn:
            await conn.execute("update orders set status = 'cancelled'")
        await till.play(row["vendor_ref"], "pay")
        await till.tell()
        async with till.house.client() as client:
            await client.get(f"/api/payments/return/{row['reference']}")
        assert till.vendor.payments[row["vendor_ref"]]["status"] == "IN_PROGRESS"


def test_every_vendor_of_the_index_can_be_chosen(tmp_path: Path) -> None:
    assert set(KEYS) == {card.name for card in PAYMENTS}
    for name, keys in KEYS.items():
        currency = "USD" if name == "paypal" else "KRW"
        settings = Settings(data=tmp_path, payments=name, **keys)  # type: ignore[arg-type]
        assert list(connect_gateways(settings, SystemClock(), currency)) == [name]
    both = Settings(data=tmp_path, payments="toss, stripe", **KEYS["toss"], **KEYS["stripe"])  # type: ignore[arg-type]
    assert list(connect_gateways(both, SystemClock(), "KRW")) == ["toss", "stripe"]


@pytest.mark.parametrize(
    ("wrong", "currency", "setting"),
    [
        ({"payments": "nobody"}, "KRW", "DANGOL_PAYMENTS"),
        ({"payments": "stripe", "stripe_key": "sk_live_x"}, "KRW", "DANGOL_STRIPE_WEBHOOK_SECRET"),
        ({"payments": "paypal", **KEYS["paypal"]}, "KRW", "DANGOL_PAYMENTS"),
        ({"payments": "toss", **KEYS["toss"]}, "USD", "DANGOL_PAYMENTS"),
    ],
)
def test_a_wrong_setting_is_named(wrong: dict[str, Any], currency: str, setting: str) -> None:
    with pytest.raises(PaymentSettingWrong) as no:
        connect_gateways(Settings(**wrong), SystemClock(), currency)
    assert no.value.details["setting"] == setting


@pytest.mark.parametrize(
    ("keys", "mode"),
    [
        ({"payments": "sample"}, "sample"),
        ({"payments": "stripe", "stripe_key": "sk_test_1"}, "test"),
        ({"payments": "stripe", "stripe_key": "rk_live_1"}, "live"),
        ({"payments": "toss", "toss_key": "test_gsk_1"}, "test"),
        ({"payments": "toss", "toss_key": "live_sk_1"}, "live"),
        ({"payments": "paypal"}, "live"),
        ({"payments": "paypal", "payment_url": "paypal=https://api-m.sandbox.paypal.com"}, "test"),
    ],
)
def test_whether_money_is_real_is_known(keys: dict[str, Any], mode: str) -> None:
    assert [each.mode for each in standing(Settings(**keys), None)] == [mode]


def test_the_doctor_tells_of_keys_and_modes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database_url: str
) -> None:
    monkeypatch.setenv("DANGOL_DATA", str(tmp_path))
    monkeypatch.setenv("DANGOL_DATABASE_URL", database_url)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("DANGOL_PAYMENTS", "toss,stripe")
    monkeypatch.setenv("DANGOL_TOSS_KEY", "test_sk_very-secret")
    assert run(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "Toss Payments: for trying" in said
    assert "DANGOL_STRIPE_KEY, DANGOL_STRIPE_WEBHOOK_SECRET" in said
    assert "very-secret" not in said
    monkeypatch.setenv("DANGOL_PAYMENTS", "nobody")
    assert run(["doctor"]) == 1
    assert "paypal, sample, stripe, toss" in capsys.readouterr().out
    assert run(["serve", "--port", "0"]) == 1
