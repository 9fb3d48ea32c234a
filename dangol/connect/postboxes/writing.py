"""How a letter becomes an e-mail, the same for every way out."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from dangol.contracts.postbox import Letter


def letter_id(key: str) -> str:
    """A name for a letter that follows from its key and is safe in file names and headers."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def as_email(letter: Letter, key: str, sender: str) -> EmailMessage:
    """The letter as a message; its Message-ID follows from the key, so that a mail sent twice is known as one."""
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = one_line(letter.to)
    message["Subject"] = one_line(letter.subject)
    message["Message-ID"] = f"<{letter_id(key)}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = letter.language
    if letter.unsubscribe:  # RFC 8058: mail programs offer a button that posts there
        message["List-Unsubscribe"] = f"<{one_line(letter.unsubscribe)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    return message


def one_line(text: str) -> str:
    """Nobody adds a header by writing a line break into a name."""
    return " ".join(text.split())
