"""OpenAI's chat models."""

from __future__ import annotations

import httpx2
from openai import AsyncOpenAI
from pydantic_ai.providers.openai import OpenAIProvider

from dangol.connect.addresses import is_outside
from dangol.connect.language_models.asking import LayeredModel, Tariff
from dangol.connect.language_models.counting import CountedModel

_URL = "https://api.openai.com/v1"


def connect(model: str, *, key: str, url: str | None = None, tariff: Tariff | None = None) -> LayeredModel:
    """A model of OpenAI by its name."""
    http = httpx2.AsyncClient()
    client = AsyncOpenAI(api_key=key, base_url=url or _URL, max_retries=0, http_client=http)
    return LayeredModel(
        name=f"openai:{model}",
        outside=is_outside(url or _URL),
        model=CountedModel(model, provider=OpenAIProvider(openai_client=client)),
        tariff=tariff,
        clients=(http,),
    )
