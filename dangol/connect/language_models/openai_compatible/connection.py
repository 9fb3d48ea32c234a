"""Any server that speaks OpenAI's protocol."""

from __future__ import annotations

import httpx2
from openai import AsyncOpenAI
from pydantic_ai.providers.openai import OpenAIProvider

from dangol.connect.addresses import is_outside
from dangol.connect.language_models.asking import LayeredModel, Tariff
from dangol.connect.language_models.counting import CountedModel
from dangol.contracts.language_model import ModelUnknown


def connect(model: str, *, key: str, url: str | None = None, tariff: Tariff | None = None) -> LayeredModel:
    """A model of the server at `url`. Raises ModelUnknown without one: there is nobody to ask."""
    if not url:
        raise ModelUnknown(missing="url")
    http = httpx2.AsyncClient()
    client = AsyncOpenAI(api_key=key or "none", base_url=url, max_retries=0, http_client=http)
    return LayeredModel(
        name=f"openai_compatible:{model}",
        outside=is_outside(url),
        model=CountedModel(model, provider=OpenAIProvider(openai_client=client)),
        tariff=tariff,
        clients=(http,),
    )
