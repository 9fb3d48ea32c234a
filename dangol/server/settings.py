"""What an operator can set: from `DANGOL_…` in the environment, a `.env` file, or flags of a command."""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "127.0.0.1", "::1": "[::1]"}  # noqa: S104 - how they are reached

OWN_EXAMPLES = (
    "understanding"  # in the data folder: the shop's own example messages, and the model made of them
)


class Settings(BaseSettings):
    """The settings of one server; each is documented by its description (`docs/manual/settings.md`)."""

    model_config = SettingsConfigDict(
        env_prefix="DANGOL_", env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    data: Path = Field(
        default=Path("dangol-data"),
        description="Folder of the embedded database, pictures, attachments, indexes and letters.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="A PostgreSQL of your own (`postgresql://…`); without it one runs inside the data folder.",
    )
    database_connections: Annotated[int, Field(ge=2, le=200)] = Field(
        default=16, description="Most connections to the database that one server process holds open."
    )
    host: str = Field(
        default="127.0.0.1", description="Address to serve on; `0.0.0.0` for every network of the machine."
    )
    port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=8000, description="Port to serve on; 0 takes a free one."
    )
    workers: Annotated[int, Field(ge=1, le=64)] = Field(
        default=1,
        description="Server processes of `dangol serve` that share the address; limits count in each of them.",
    )
    public_url: str | None = Field(
        default=None,
        description="How shoppers reach this server (`https://shop.example.com`); links in letters and payments use it.",
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Origins of other sites whose pages may carry the widget, separated by commas.",
    )
    trusted_proxies: str = Field(
        default="",
        description="Addresses of reverse proxies whose `X-Forwarded-For` is believed, separated by commas.",
    )
    shop_secret: SecretStr | None = Field(
        default=None,
        description="Secret with which the shop signs `customer_token` (HS256); without it one is made in the data folder.",
    )
    data_token: SecretStr | None = Field(
        default=None,
        description="Token with which the shop's other systems send data in (`/api/data`); without it one is made in the "
        "data folder (`secrets/data-token`).",
    )
    data_key: SecretStr | None = Field(
        default=None,
        description="Keys that seal notes, files and second factors (`name:base64 of 32 bytes`, separated by commas, the "
        "one to seal with first); without them one is made in the data folder (`secrets/data-keys`). Keep it apart from "
        "backups of the database.",
    )
    messages_per_minute: Annotated[int, Field(ge=1)] = Field(
        default=60, description="Messages one conversation may send in a minute."
    )
    conversations_per_minute: Annotated[int, Field(ge=1)] = Field(
        default=30,
        description="Conversations one address may open in a minute (twenty times as many from this machine).",
    )
    requests_per_minute: Annotated[int, Field(ge=1)] = Field(
        default=900,
        description="Requests one address may make in a minute (twenty times as many from this machine).",
    )
    sweettracker_key: SecretStr | None = Field(
        default=None,
        description="Key of 스마트택배 (Sweet Tracker): parcels of Korean carriers are asked for where they are.",
    )
    easypost_key: SecretStr | None = Field(
        default=None, description="Key of EasyPost: the same for parcels of UPS, USPS, FedEx and DHL."
    )
    smtp_url: SecretStr | None = Field(
        default=None,
        description="Mail server for letters (`smtp://user:password@host:587`); without it they lie in the data folder.",
    )
    mail_from: str = Field(
        default="", description="Sender of letters; without it the shop's contact address."
    )
    payments: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("sample",),
        description="Payment vendors, separated by commas: `stripe`, `toss`, `paypal`, or `sample` (no real money). "
        "New payments go to the first that offers the way of paying; keep a former one until its refunds are over.",
    )
    stripe_key: SecretStr | None = Field(
        default=None, description="Secret key of Stripe (`sk_live_…`, `sk_test_…` for trying)."
    )
    stripe_webhook_secret: SecretStr | None = Field(
        default=None, description="Signing secret of the webhook endpoint at Stripe (`whsec_…`)."
    )
    toss_key: SecretStr | None = Field(
        default=None, description="Secret key of Toss Payments (`live_sk_…`, `test_sk_…` for trying)."
    )
    paypal_client_id: str = Field(default="", description="Client id of the app at PayPal.")
    paypal_secret: SecretStr | None = Field(default=None, description="Secret of the app at PayPal.")
    paypal_webhook_id: str = Field(default="", description="Id of the webhook at PayPal.")
    payment_url: str = Field(
        default="",
        description="Address of a payment vendor's API where it is not the usual one "
        "(`paypal=https://api-m.sandbox.paypal.com`).",
    )
    model: str = Field(
        default="",
        description="Language model, as `vendor:model` (`openai:…`, `anthropic:…`, `gemini:…`, `ollama:…`, "
        "`openai_compatible:…`, `gguf:FILE`); without it everything is answered by the embedded mind.",
    )
    model_key: SecretStr | None = Field(
        default=None,
        description="Key of the model's vendor; with several vendors `openai=…,anthropic=…`.",
    )
    model_url: str = Field(
        default="",
        description="Address of the model's server, needed for `openai_compatible` (`http://127.0.0.1:8080/v1`); "
        "with several vendors `openai_compatible=…,ollama=…`.",
    )
    model_price: str = Field(
        default="",
        description="US dollars for a million tokens in and out (`0.25/2.00`) where no list price is known.",
    )
    model_talk: str = Field(default="", description="Another model for talking with shoppers.")
    model_read: str = Field(
        default="", description="Another model for choosing between the readings of an unsure message."
    )
    model_summarise: str = Field(
        default="", description="Another model for summaries of products, reviews and hand-offs."
    )
    model_translate: str = Field(
        default="", description="Another model for translating articles and messages."
    )
    model_write: str = Field(
        default="",
        description="Another model for advice between products and for writing in the shop's tone.",
    )
    hearing: str = Field(
        default="browser",
        description="What turns speech into text: `browser` (the shopper's own, no server part), `faster_whisper:FOLDER`, "
        "`openai_compatible:MODEL`, or `off`.",
    )
    speaking: str = Field(
        default="browser",
        description="What reads answers aloud: `browser`, `espeak`, `openai_compatible:MODEL/VOICE`, or `off`.",
    )
    speech_url: str = Field(
        default="",
        description="Address of an OpenAI-compatible server for speech (`http://127.0.0.1:8080/v1`).",
    )
    speech_key: SecretStr | None = Field(default=None, description="Its key, where it wants one.")
    metrics_public: bool = Field(
        default=False, description="Answer `/metrics` to every address and not to this machine alone."
    )
    log_format: Literal["auto", "console", "json"] = Field(
        default="auto", description="`json` for machines, `console` for eyes, `auto` by where the log goes."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least that is logged."
    )

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _split(cls, written: object) -> object:
        if isinstance(written, str):
            return tuple(part.strip().rstrip("/") for part in written.split(",") if part.strip())
        return written

    @field_validator("payments", mode="before")
    @classmethod
    def _names(cls, written: object) -> object:
        if isinstance(written, str):
            return tuple(part.strip().lower() for part in written.split(",") if part.strip())
        return written

    @field_validator("public_url")
    @classmethod
    def _no_slash_at_the_end(cls, written: str | None) -> str | None:
        return written.rstrip("/") if written else None

    @property
    def own_database(self) -> str | None:
        """The URL of the shop's own PostgreSQL, None when it is embedded."""
        return self.database_url.get_secret_value() if self.database_url else None

    @property
    def base_url(self) -> str:
        """Where shoppers reach this server."""
        return self.public_url or f"http://{_LOOPBACK.get(self.host, self.host)}:{self.port}"


def of_vendor(written: str, vendor: str, vendors: Collection[str]) -> str:
    """The part of `vendor=value,vendor=value` for this vendor, or all of a plain value."""
    parts = dict(
        (name.strip(), value.strip())
        for name, mark, value in (part.partition("=") for part in written.split(","))
        if mark and name.strip() in vendors
    )
    return parts.get(vendor, "") if parts else written.strip()


def shop_secret(settings: Settings) -> str:
    """The secret the shop signs its customers with; made once and kept in the data folder when none is set."""
    return (
        settings.shop_secret.get_secret_value()
        if settings.shop_secret
        else kept_secret(settings.data, "shop")
    )


def kept_secret(data: Path, name: str) -> str:
    """A secret of this installation, made on first use (256 bits), readable by its owner only."""
    file = data / "secrets" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{name}.{secrets.token_hex(8)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(32))
    try:
        os.link(draft, file)  # fails when there is one: never half a secret, never two
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return file.read_text().strip()
