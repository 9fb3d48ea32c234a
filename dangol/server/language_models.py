"""Which language model does which job, as the settings say; none is imported before one is chosen."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal, cast

from dangol.assistant import records
from dangol.assistant.state import Spent
from dangol.connect.index import LANGUAGE_MODELS
from dangol.contracts.language_model import JOBS, Job, LanguageModel, ModelTrouble, Usage
from dangol.customers import api as customers
from dangol.kernel.errors import Refused
from dangol.server.database import Connection
from dangol.server.settings import Settings, of_vendor

Models = dict[Job, LanguageModel]


class ModelSettingWrong(Refused):
    """A setting of the language model cannot be used; `setting`, `written` and what it should look like."""

    code = "model_setting_wrong"
    status = 422


class ModelPackageMissing(Refused):
    """The packages that talk to language models are not installed."""

    code = "model_package_missing"
    status = 503


def chosen(settings: Settings) -> dict[Job, str]:
    """The model of each job as `vendor:model`; empty when none is set."""
    named = {job: getattr(settings, f"model_{job}") or settings.model for job in JOBS}
    return {job: name for job, name in named.items() if name}


async def connect_models(settings: Settings) -> Models:
    """The models in use, one connection for each. Raises ModelSettingWrong, ModelPackageMissing."""
    wanted = chosen(settings)
    if not wanted:
        return {}
    if find_spec("pydantic_ai") is None:
        raise ModelPackageMissing(install="pip install 'dangol[models]'")
    named = {name: await asyncio.to_thread(_connected, settings, name) for name in set(wanted.values())}
    return {job: named[name] for job, name in wanted.items()}


@dataclass
class Cabinet:
    """The models in use, exchanged while the shop is open; `source` says who chose them."""

    models: Models
    source: Literal["settings", "console", "none"] = "none"

    def of(self, job: Job) -> LanguageModel | None:
        """The model of a job, None where there is none."""
        return self.models.get(job)

    async def exchange(self, models: Models, source: Literal["settings", "console", "none"]) -> None:
        """Use these from now on. Answers in the making are broken off, and the embedded mind ends them."""
        before, self.models, self.source = self.models, models, source
        await close_models(before)

    async def spent(self, conn: Connection, since: datetime) -> Spent:
        """What models used since a moment; nothing is asked of the database where there are none."""
        return await records.spent_since(conn, since) if self.models else Spent()

    async def person(self, conn: Connection, customer: int) -> dict[str, str]:
        """What is on record of a customer's person; nothing is asked of the database where no model is outside."""
        if not any(model.outside for model in self.models.values()):
            return {}
        known = await customers.customer(conn, customer)
        return {"name": known.name, "email": known.email or "", "phone": known.phone or ""} if known else {}

    async def close(self) -> None:
        """Let go of them all."""
        await close_models(self.models)


def has_price(model: LanguageModel) -> bool:
    """Whether a price is known; where none is, no limit in money can hold it."""
    return model.price(Usage(input_tokens=1_000, output_tokens=1_000)) is not None


async def close_models(models: Models) -> None:
    """Let go of every model, each once."""
    for model in {id(each): each for each in models.values()}.values():
        await model.close()


def _connected(settings: Settings, name: str) -> LanguageModel:
    vendor, _, model = name.partition(":")
    vendors = [card.name for card in LANGUAGE_MODELS]
    if vendor not in vendors or not model:
        raise ModelSettingWrong(
            setting="DANGOL_MODEL", written=name, like=f"vendor:model, vendor of {vendors}"
        )
    connection: Any = import_module(f"dangol.connect.language_models.{vendor}.connection")
    key = settings.model_key.get_secret_value() if settings.model_key else ""
    try:
        made = connection.connect(
            model,
            key=of_vendor(key, vendor, vendors),
            url=of_vendor(settings.model_url, vendor, vendors) or None,
            tariff=_tariff(settings.model_price),
        )
    except ModelTrouble as no:
        raise _wrong(vendor, name, no) from no
    return cast(LanguageModel, made)


def _wrong(vendor: str, name: str, no: ModelTrouble) -> ModelSettingWrong:
    if vendor == "gguf":
        like = no.details.get("install", "gguf:/models/some-model.gguf, a file that is there")
        return ModelSettingWrong(setting="DANGOL_MODEL", written=name, like=like)
    return ModelSettingWrong(setting="DANGOL_MODEL_URL", written="", like="http://127.0.0.1:8080/v1")


def _tariff(written: str) -> Any:
    if not written:
        return None
    asking: Any = import_module("dangol.connect.language_models.asking")
    try:
        first, _, last = written.partition("/")
        return asking.Tariff(float(first), float(last or first))
    except ValueError as no:
        raise ModelSettingWrong(setting="DANGOL_MODEL_PRICE", written=written, like="0.25/2.00") from no
