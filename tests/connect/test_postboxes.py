"""Letters: by mail to a real server on loopback, and into a folder."""

from __future__ import annotations

import asyncio
import contextlib
import email
import email.policy
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dangol.connect.index import POSTBOXES
from dangol.connect.postboxes.folder.connection import FolderPostbox
from dangol.connect.postboxes.smtp.connection import SmtpPostbox
from dangol.contracts.postbox import CarrierDown, Letter

LETTER = Letter(
    medium="email",
    to="kim@example.com",
    subject="[가온상점] 주문이 확정됐어요",
    text="김단골 고객님, 고마워요.\n.점으로 시작하는 줄도 그대로예요.\n",
    language="ko",
)


@dataclass
class MailServer:
    """As much of SMTP (RFC 5321) as a letter needs."""

    port: int = 0
    mails: list[bytes] = field(default_factory=list)
    refuse: bytes = b""

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 ready\r\n")
        while line := await reader.readline():
            verb = line.split()[0].upper()
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                body = await reader.readuntil(b"\r\n.\r\n")
                self.mails.append(body[:-5].replace(b"\r\n..", b"\r\n."))
            if verb == b"RCPT" and self.refuse:
                writer.write(self.refuse + b"\r\n")
                continue
            writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
            if verb == b"QUIT":
                break
        writer.close()


@contextlib.asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    mail = MailServer()
    server = await asyncio.start_server(mail.talk, "127.0.0.1", 0)
    mail.port = server.sockets[0].getsockname()[1]
    async with server:
        yield mail


def smtp(port: int) -> SmtpPostbox:
    return SmtpPostbox(
        host="127.0.0.1", port=port, sender="가온상점 <shop@example.com>", security="none", timeout=3
    )


async def test_a_letter_arrives_as_it_was_written() -> None:
    async with mail_server() as mail:
        first = await smtp(mail.port).send(LETTER, key="announcement:1:email")
        again = await smtp(mail.port).send(LETTER, key="announcement:1:email")
    message = email.message_from_bytes(mail.mails[0], policy=email.policy.default)
    assert message["To"] == LETTER.to
    assert message["Subject"] == LETTER.subject
    assert message.get_content().replace("\r\n", "\n").strip() == LETTER.text.strip()
    assert first == again
    second = email.message_from_bytes(mail.mails[1], policy=email.policy.default)
    assert message["Message-ID"] == second["Message-ID"]


async def test_no_header_is_smuggled_in() -> None:
    letter = LETTER.model_copy(update={"subject": "hi\r\nBcc: all@example.com", "to": "kim@example.com"})
    async with mail_server() as mail:
        await smtp(mail.port).send(letter, key="k")
    message = email.message_from_bytes(mail.mails[0], policy=email.policy.default)
    assert message["Bcc"] is None


async def test_a_server_that_refuses_or_is_not_there_is_told_of() -> None:
    async with mail_server() as mail:
        mail.refuse = b"550 no such box kim@example.com"
        with pytest.raises(CarrierDown) as refused:
            await smtp(mail.port).send(LETTER, key="k")
    assert "kim" not in str(refused.value.details["why"])
    with pytest.raises(CarrierDown):
        await smtp(9).send(LETTER, key="k")


async def test_letters_lie_in_a_folder_once(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    box = FolderPostbox(folder, "email", sender="shop@example.com")
    name = await box.send(LETTER, key="a/../b")
    assert await box.send(LETTER, key="a/../b") == name
    (file,) = sorted(folder.iterdir())
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert message.get_content().replace("\r\n", "\n") == LETTER.text
    sms = FolderPostbox(folder, "sms", sender="")
    await sms.send(Letter(medium="sms", to="010-1234-5678", text="안녕하세요", language="ko"), key="s")
    (text,) = sorted(folder.glob("*.txt"))
    assert text.read_text() == "010-1234-5678\n\n안녕하세요\n"


async def test_a_folder_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CarrierDown):
        await FolderPostbox(tmp_path / "file" / "below", "email", sender="a@b.c").send(LETTER, key="k")


def test_every_postbox_stands_in_the_index() -> None:
    assert [card.name for card in POSTBOXES] == [SmtpPostbox.name, FolderPostbox.name]
