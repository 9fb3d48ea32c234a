"""What asking a model used: counted by its vendor, or reckoned by its length where an answer was broken off uncounted."""

from __future__ import annotations

import json
from dataclasses import dataclass

from dangol.contracts.language_model import (
    Job,
    LanguageModel,
    ModelBusy,
    ModelDown,
    ModelKeyRefused,
    ModelRequest,
    ModelRequestRefused,
    ModelTrouble,
    ModelUnknown,
    Usage,
)
from dangol.kernel.facts import ModelAsked

_BYTES_A_TOKEN = (
    3  # a Korean letter is about one token, an English word a little more: rather too many than too few
)
_AUDITED = 4_000  # characters of an answer that are kept
_NOTHING_DONE = (ModelBusy, ModelDown, ModelKeyRefused, ModelRequestRefused, ModelUnknown)


@dataclass
class Heard:
    """What has been heard of one answer so far; `usage` comes with its end."""

    text: str = ""
    usage: Usage | None = None


def asked(
    model: LanguageModel,
    job: Job,
    request: ModelRequest,
    heard: Heard,
    trouble: ModelTrouble | None,
    seconds: float,
) -> ModelAsked:
    """The fact that a model was asked, with what came of it."""
    usage = _used(model, request, heard, trouble)
    return ModelAsked(
        model=model.name,
        job=job,
        outcome=trouble.code if trouble else "answered",
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cost=usage.cost,
        milliseconds=round(seconds * 1000),
        prompt=json.dumps(
            [each.model_dump(exclude_defaults=True) for each in request.messages], ensure_ascii=False
        ),
        answer=heard.text[:_AUDITED],
    )


def _used(model: LanguageModel, request: ModelRequest, heard: Heard, trouble: ModelTrouble | None) -> Usage:
    """What was used. An answer given up or cut short costs its vendor's price too, though nobody counted it."""
    if heard.usage is not None and heard.usage.input_tokens:
        return heard.usage
    if isinstance(trouble, _NOTHING_DONE) and not heard.text:
        return Usage()
    told = "".join(
        each.model_dump_json(exclude_defaults=True) for each in (*request.messages, *request.tools)
    )
    reckoned = Usage(input_tokens=_tokens(told), output_tokens=_tokens(heard.text))
    return reckoned.model_copy(update={"cost": model.price(reckoned)})


def _tokens(text: str) -> int:
    return -(-len(text.encode()) // _BYTES_A_TOKEN)
