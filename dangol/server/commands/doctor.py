"""`dangol doctor`: what is configured, reachable and missing, each with the mend."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal
from urllib.parse import urlsplit

import psycopg

from dangol.assistant.understanding.model import TRAINED
from dangol.kernel.errors import Refused
from dangol.kernel.sealing import keyring
from dangol.server.commands.connecting import connected
from dangol.server.commands.console import out, say
from dangol.server.database import Database, current_revision, migrations_folder, revisions
from dangol.server.gateways import PaymentSettingWrong, Standing, standing
from dangol.server.keys import DataKeyLost, DataKeyWrong, key_file, place
from dangol.server.language_models import chosen, close_models, connect_models, has_price
from dangol.server.model_choice import read_choice, settings_with
from dangol.server.pages import STATIC
from dangol.server.postgres import DatabaseDown
from dangol.server.release import release
from dangol.server.settings import Settings
from dangol.server.speech import SpeechSettingWrong, connect_speech

_MARKS = {"good": "[green]✓[/]", "look": "[yellow]![/]", "bad": "[red]✗[/]"}
_LITTLE_ROOM = 1 << 30
_TABLES = {
    "shops": ("가게", "shop"),
    "products": ("상품", "products"),
    "customers": ("고객", "customers"),
    "orders": ("주문", "orders"),
    "articles": ("안내 글", "articles"),
}


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and what to do where it is not well."""

    state: Literal["good", "look", "bad"]
    what: str
    mend: str = ""


async def examine(settings: Settings) -> bool:
    """Print every finding; False when something is broken."""
    findings = await asyncio.to_thread(_findings, settings)
    for finding in findings:
        out.print(f"{_MARKS[finding.state]} ", end="")
        out.print(finding.what, markup=False, highlight=False)
        if finding.mend:
            out.print(f"    → {finding.mend}", markup=False, highlight=False, style="dim")
    return all(finding.state != "bad" for finding in findings)


def _findings(settings: Settings) -> list[Finding]:
    looks: tuple[Callable[[Settings], list[Finding]], ...] = (
        _machine, _data_folder, _database, _data_keys, _understanding, _pages, _letters, _payments, _model, _speech,
        _outside,
    )  # fmt: skip
    return [finding for look in looks for finding in look(settings)]


def _machine(settings: Settings) -> list[Finding]:
    return [
        Finding("good", f"dangol {release()} · Python {platform.python_version()} · {os.cpu_count()} cores")
    ]


def _data_folder(settings: Settings) -> list[Finding]:
    name = say("데이터 폴더", "data folder")
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(settings.data).free
    except OSError as no:
        mend = say("--data로 쓸 수 있는 폴더를 골라 주세요", "choose a folder you may write to with --data")
        return [Finding("bad", f"{name} {settings.data}: {no.strerror}", mend)]
    if not os.access(settings.data, os.W_OK):
        trouble = say("쓸 수 없어요", "not writable")
        return [
            Finding("bad", f"{name} {settings.data}: {trouble}", f"chown -R {os.geteuid()} {settings.data}")
        ]
    if free < _LITTLE_ROOM:
        mend = say("디스크 공간을 늘려 주세요", "make room on the disk")
        return [Finding("look", f"{name} {settings.data}: {free >> 20} MB", mend)]
    return [Finding("good", f"{name} {settings.data.resolve()}")]


def _database(settings: Settings) -> list[Finding]:
    kind = say("내장 PostgreSQL", "embedded PostgreSQL") if settings.own_database is None else "PostgreSQL"
    try:
        database = Database.prepare(settings.own_database, settings.data)
    except DatabaseDown as down:
        return [Finding("bad", f"{kind}: {down}", _database_mend(settings))]
    try:
        with psycopg.connect(database.url, autocommit=True) as conn:
            row = conn.execute("SELECT current_setting('server_version')").fetchone()
            revision = current_revision(conn)
            wanted = revisions(migrations_folder())[-1]
            found = [Finding("good", f"{kind} {row[0] if row else ''} · {revision}")]
            if revision != wanted:
                found.append(Finding("bad", f"{revision} ≠ {wanted}", "dangol serve"))
            return found + [_count(conn, table) for table in _TABLES]
    finally:
        database.leave()


def _data_keys(settings: Settings) -> list[Finding]:
    name = say("데이터 키", "data key")
    try:
        key = asyncio.run(_sealing_key(settings))
    except DataKeyLost as lost:
        mend = say(
            f"백업해 둔 키를 {place(settings)}에 되돌려 주세요. 없으면 잠긴 메모, 파일, 2단계 인증을 읽을 수 없어요",
            f"put the key from your backup into {place(settings)}; without it sealed notes, files and factors stay shut",
        )
        return [Finding("bad", f"{name}: {lost}", mend)]
    except DataKeyWrong as wrong:
        return [Finding("bad", f"{name}: {place(settings)}", str(wrong.details["like"]))]
    except (DatabaseDown, psycopg.Error):
        return []  # the database has its own line
    file = key_file(settings)
    if settings.data_key is None and file.stat().st_mode & 0o077:
        trouble = say("다른 사용자가 읽을 수 있어요", "others may read it")
        return [Finding("look", f"{name} {key}: {file}, {trouble}", f"chmod 600 {file}")]
    return [Finding("good", f"{name} {key} · {place(settings)}")]


async def _sealing_key(settings: Settings) -> str:
    async with connected(settings):
        return keyring().current


def _database_mend(settings: Settings) -> str:
    if settings.own_database is not None:
        return say(
            "DANGOL_DATABASE_URL의 주소, 사용자, 암호, 데이터베이스 이름을 확인해 주세요",
            "check host, user, password and database name in DANGOL_DATABASE_URL",
        )
    return say(
        f"{settings.data}/postgres/log에 이유가 있어요",
        f"{settings.data}/postgres/log says why",
    )


def _count(conn: psycopg.Connection[tuple[object, ...]], table: str) -> Finding:
    row = conn.execute(
        psycopg.sql.SQL("SELECT count(*) FROM {}").format(psycopg.sql.Identifier(table))
    ).fetchone()
    count = int(str(row[0])) if row else 0
    name = say(*_TABLES[table])
    if count:
        return Finding("good", f"{name}: {count:,}")
    command = f"dangol import {'shop' if table == 'shops' else table}"
    return Finding("look", f"{name}: 0", command)


def _understanding(settings: Settings) -> list[Finding]:
    name = say("말뜻 모델", "understanding")
    if any(TRAINED.glob("*.npz")):
        return [Finding("good", f"{name}: {say('준비됨', 'trained')}")]
    return [Finding("look", f"{name}: {say('아직 학습 전', 'not trained yet')}", "dangol train")]


def _pages(settings: Settings) -> list[Finding]:
    name = say("위젯과 가게 화면", "widget and storefront")
    if (STATIC / "widget.js").is_file() and (STATIC / "store" / "index.html").is_file():
        return [Finding("good", f"{name}: {say('준비됨', 'built')}")]
    return [Finding("look", f"{name}: {say('아직 만들기 전', 'not built')}", "make web")]


def _letters(settings: Settings) -> list[Finding]:
    name = say("메일", "e-mail")
    if settings.smtp_url is None:
        where = settings.data / "letters"
        kept = say("파일로만 저장", "kept as files in")
        return [Finding("look", f"{name}: {kept} {where}", "DANGOL_SMTP_URL=smtp://user:password@host:587")]
    url = urlsplit(settings.smtp_url.get_secret_value())
    try:
        with smtplib.SMTP(url.hostname or "", url.port or 587, timeout=3):
            return [Finding("good", f"{name}: {url.hostname}")]
    except (OSError, smtplib.SMTPException, ValueError) as no:
        mend = say("DANGOL_SMTP_URL을 확인해 주세요", "check DANGOL_SMTP_URL")
        return [Finding("bad", f"{name}: {url.hostname}: {type(no).__name__}", mend)]


def _payments(settings: Settings) -> list[Finding]:
    name = say("결제", "payments")
    try:
        return [_gateway(name, found) for found in standing(settings, _currency(settings))]
    except PaymentSettingWrong as no:
        return [Finding("bad", f"{name}: {no.details['written']}", f"DANGOL_PAYMENTS={no.details['like']}")]


def _gateway(name: str, found: Standing) -> Finding:
    name = f"{name}: {say(found.card.title['ko'], found.card.title['en'])}"
    if found.missing:
        missing = ", ".join(found.missing)
        return Finding("bad", f"{name}: {say('키가 없어요', 'no keys')}", missing)
    if not found.takes_currency:
        takes = ", ".join(sorted(found.card.currencies))
        trouble = say("이 가게의 통화를 받지 않아요", "does not take this shop's currency")
        return Finding("bad", f"{name}: {trouble}", say(f"받는 통화: {takes}", f"it takes {takes}"))
    if found.mode == "live":
        return Finding("good", f"{name}: {say('진짜 결제', 'live, real money')}")
    trying = say("시험용 (진짜 돈은 오가지 않아요)", "for trying (no real money moves)")
    manual = say(
        "docs/manual/payments.md에 준비하는 법이 있어요", "docs/manual/payments.md says how to go live"
    )
    return Finding("look", f"{name}: {trying}", manual)


def _currency(settings: Settings) -> str | None:
    """The currency of the shop that is laid out; None when there is none, or no database."""
    try:
        database = Database.prepare(settings.own_database, settings.data)
    except DatabaseDown:
        return None
    try:
        with psycopg.connect(database.url) as conn:
            row = conn.execute("select raw->>'currency' from shops").fetchone()
            return str(row[0]) if row and row[0] else None
    except psycopg.Error:
        return None
    finally:
        database.leave()


def _model(settings: Settings) -> list[Finding]:
    settings = asyncio.run(_as_chosen(settings))
    wanted = sorted(set(chosen(settings).values()))
    name = say("언어 모델", "language model")
    if not wanted:
        none = say("없음 (내장 이해로 답해요)", "none (the embedded mind answers)")
        return [Finding("good", f"{name}: {none}")]
    if find_spec("pydantic_ai") is None:
        return [Finding("bad", f"{name}: {', '.join(wanted)}", "pip install 'dangol[models]'")]
    return [
        Finding("good", f"{name}: {', '.join(wanted)}", "dangol model test"),
        *asyncio.run(_unpriced(settings)),
    ]


async def _as_chosen(settings: Settings) -> Settings:
    """The settings with the models chosen in the console, which count before them."""
    try:
        async with connected(settings) as conn:
            picked = await read_choice(conn, settings)
    except (DatabaseDown, DataKeyLost, DataKeyWrong, psycopg.Error):
        return settings  # these have lines of their own
    return settings_with(settings, *picked) if picked else settings


async def _unpriced(settings: Settings) -> list[Finding]:
    """Models no limit in money can hold, for nobody knows their price."""
    try:
        models = await connect_models(settings)
    except Refused as no:
        details = ", ".join(f"{name}={written}" for name, written in no.details.items())
        return [Finding("bad", f"{say('언어 모델', 'language model')}: {no.code}", details)]
    named = sorted({model.name for model in models.values() if not has_price(model)})
    await close_models(models)
    if not named:
        return []
    told = say(
        "가격을 몰라서 돈으로 정한 한도에 걸리지 않아요", "no price is known, so no limit in money holds it"
    )
    mend = say(
        "DANGOL_MODEL_PRICE=0.25/2.00 (입력/출력 토큰 100만 개의 달러)을 정하거나 하루 토큰 한도(day_tokens)를 정해 주세요",
        "set DANGOL_MODEL_PRICE=0.25/2.00 (dollars of a million tokens, in/out), or limit the tokens of a day (day_tokens)",
    )
    return [Finding("look", f"{', '.join(named)}: {told}", mend)]


def _speech(settings: Settings) -> list[Finding]:
    name = say("음성", "speech")
    try:
        speaking = connect_speech(settings)
    except SpeechSettingWrong as no:
        details = no.details
        return [Finding("bad", f"{name}: {details['setting']}={details['written']}", str(details["like"]))]
    jobs = ((say("듣기", "hearing"), settings.hearing), (say("말하기", "speaking"), settings.speaking))
    found = [Finding("good", f"{name}: {', '.join(f'{job} {written}' for job, written in jobs)}")]
    leaves = [each for each in (speaking.recogniser, speaking.synthesiser) if each and each.outside]
    if leaves:
        told = say("고객의 말이 가게 밖으로 나가요", "what shoppers say leaves the shop's machines")
        found.append(Finding("look", f"{name}: {', '.join(sorted({each.name for each in leaves}))}", told))
    return found


def _outside(settings: Settings) -> list[Finding]:
    found = []
    if settings.public_url is None:
        found.append(
            Finding(
                "look",
                say(
                    f"주소: {settings.base_url} (이 컴퓨터에서만)",
                    f"address: {settings.base_url} (this machine only)",
                ),
                "DANGOL_PUBLIC_URL=https://shop.example.com",
            )
        )
    elif not settings.public_url.startswith("https://"):
        found.append(
            Finding("look", f"{settings.public_url}", say("https 주소를 써 주세요", "use an https address"))
        )
    else:
        found.append(Finding("good", settings.public_url))
    secret = say("고객 로그인 서명", "customer sign-in secret")
    if settings.shop_secret is None:
        where = settings.data / "secrets" / "shop"
        found.append(Finding("good", f"{secret}: {where}"))
    elif len(settings.shop_secret.get_secret_value()) < 32:
        found.append(
            Finding("look", f"{secret}: < 32", say("32자 이상으로 정해 주세요", "use 32 characters or more"))
        )
    else:
        found.append(Finding("good", f"{secret}: DANGOL_SHOP_SECRET"))
    return found
