"""Anthropic's models."""

from __future__ import annotations

import httpx2
from anthropic import AsyncAnthropic
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.providers.anthropic import AnthropicProvider

from dangol.connect.addresses import is_outside
from dangol.connect.language_models.asking import LayeredModel, Tariff

_URL = "https://api.anthropic.com"


def connect(model: str, *, key: str, url: str | None = None, tariff: Tariff | None = None) -> LayeredModel:
    """A model of Anthropic by its name."""
    http = httpx2.AsyncClient()
    client = AsyncAnthropic(api_key=key, base_url=url or _URL, max_retries=0, http_client=http)
    return LayeredModel(
        name=f"anthropic:{model}",
        outside=is_outside(url or _URL),
        model=AnthropicModel(model, provider=AnthropicProvider(anthropic_client=client)),
        structured="tool",
        tariff=tariff,
        clients=(http,),
    )
