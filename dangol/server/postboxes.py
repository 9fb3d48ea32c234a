"""Which postboxes letters leave through: the mail server that is set, else files in the data folder."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from dangol.connect.postboxes.folder.connection import FolderPostbox
from dangol.connect.postboxes.smtp.connection import Security, SmtpPostbox
from dangol.contracts.postbox import Postbox
from dangol.kernel.shop import Shop
from dangol.server.settings import Settings

_SECURITY: dict[str, tuple[Security, int]] = {"smtps": ("tls", 465), "smtp": ("starttls", 587)}


class NotAMailServer(ValueError):
    """DANGOL_SMTP_URL is no address of a mail server."""


def postboxes(settings: Settings, shop: Shop) -> tuple[Postbox, ...]:
    """One for e-mail and one for short messages. Raises NotAMailServer."""
    folder = settings.data / "letters"
    sender = settings.mail_from or shop.contact.email or "shop@localhost"
    return _email(settings, sender), FolderPostbox(folder, "sms", sender=sender)


def _email(settings: Settings, sender: str) -> Postbox:
    if settings.smtp_url is None:
        return FolderPostbox(settings.data / "letters", "email", sender=sender)
    url = urlsplit(settings.smtp_url.get_secret_value())
    try:
        port = url.port
    except ValueError:
        port = 0
    if url.scheme not in _SECURITY or not url.hostname or port == 0:
        raise NotAMailServer("DANGOL_SMTP_URL must look like smtp://user:password@host:587")
    security, usual = _SECURITY[url.scheme]
    return SmtpPostbox(
        host=url.hostname,
        port=port or usual,
        sender=sender,
        security="none" if url.query == "security=none" else security,
        user=unquote(url.username) if url.username else None,
        password=unquote(url.password) if url.password else None,
    )
