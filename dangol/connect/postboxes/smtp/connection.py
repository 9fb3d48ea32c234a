"""E-mail through a mail server, in a thread of its own for each letter."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from typing import Literal

from dangol.connect.postboxes.smtp.card import CARD
from dangol.connect.postboxes.writing import as_email, letter_id
from dangol.contracts.postbox import CarrierDown, Letter

Security = Literal["tls", "starttls", "none"]


class SmtpPostbox:
    """Implements Postbox for e-mail. `tls` speaks TLS from the first byte (465), `starttls` changes to it (587)."""

    name = CARD.name
    medium: Literal["email", "sms"] = "email"

    def __init__(
        self,
        *,
        host: str,
        port: int,
        sender: str,
        security: Security = "starttls",
        user: str | None = None,
        password: str | None = None,
        timeout: float = 15.0,
    ) -> None:
        self._host = host
        self._port = port
        self._sender = sender
        self._security = security
        self._user = user
        self._password = password
        self._timeout = timeout

    async def send(self, letter: Letter, *, key: str) -> str:
        """Hand over a letter; its Message-ID follows from the key. Raises CarrierDown with the server's own word."""
        message = as_email(letter, key, self._sender)
        try:
            await asyncio.to_thread(self._deliver, message)
        except (OSError, smtplib.SMTPException) as no:
            raise CarrierDown(postbox=self.name, why=_why(no)) from no
        return letter_id(key)

    def _deliver(self, message: EmailMessage) -> None:
        with self._connected() as server:
            if self._security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if self._user:
                server.login(self._user, self._password or "")
            server.send_message(message)

    def _connected(self) -> smtplib.SMTP:
        if self._security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self._host, self._port, timeout=self._timeout, context=context)
        return smtplib.SMTP(self._host, self._port, timeout=self._timeout)


def _why(no: Exception) -> str:
    """The server's code and nothing it may repeat of the letter or the password."""
    code = getattr(no, "smtp_code", None)
    return f"{type(no).__name__} {code}" if code else type(no).__name__
