"""Google's Gemini models."""

from __future__ import annotations

import httpx2
from google.genai.types import HttpRetryOptions
from pydantic_ai.models.google import GoogleModel
from pydantic_ai.providers.google import GoogleProvider

from dangol.connect.addresses import is_outside
from dangol.connect.language_models.asking import LayeredModel, Tariff

_URL = "https://generativelanguage.googleapis.com"
_PATIENCE = 120.0  # seconds; each request has its own, shorter limit


def connect(model: str, *, key: str, url: str | None = None, tariff: Tariff | None = None) -> LayeredModel:
    """A Gemini model by its name."""
    http = httpx2.AsyncClient(timeout=_PATIENCE)
    provider = GoogleProvider(
        api_key=key, base_url=url or _URL, http_client=http, retry_options=HttpRetryOptions(attempts=1)
    )
    return LayeredModel(
        name=f"gemini:{model}",
        outside=is_outside(url or _URL),
        model=GoogleModel(model, provider=provider),
        tariff=tariff,
        clients=(http,),
    )
