"""Models served by Ollama."""

from __future__ import annotations

import httpx2
from openai import AsyncOpenAI
from pydantic_ai.models.ollama import OllamaModel
from pydantic_ai.providers.ollama import OllamaProvider

from dangol.connect.addresses import is_outside
from dangol.connect.language_models.asking import LayeredModel, Tariff
from dangol.connect.language_models.counting import CountedModel

_ELSEWHERE = ("-cloud", ":cloud")  # Ollama hands on to its own machines what such a model is asked
_URL = "http://127.0.0.1:11434/v1"


class _Model(CountedModel, OllamaModel):
    """A model of Ollama, counted like its kin."""


def connect(model: str, *, key: str, url: str | None = None, tariff: Tariff | None = None) -> LayeredModel:
    """A model Ollama has pulled."""
    http, elsewhere = httpx2.AsyncClient(), model.endswith(_ELSEWHERE)
    client = AsyncOpenAI(api_key=key or "none", base_url=url or _URL, max_retries=0, http_client=http)
    return LayeredModel(
        name=f"ollama:{model}",
        outside=is_outside(url or _URL) or elsewhere,
        model=_Model(model, provider=OllamaProvider(openai_client=client)),
        tariff=tariff or (None if elsewhere else Tariff(0, 0)),
        clients=(http,),
    )
