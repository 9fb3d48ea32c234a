"""What an answer used, told by servers that speak OpenAI's protocol each in its own way.

Most count once, at the end. Some tell in every chunk how much it is so far, some how much has come since the last chunk.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import pairwise

from openai.types.chat import ChatCompletionChunk
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIStreamedResponse
from pydantic_ai.usage import RequestUsage


@dataclass(frozen=True)
class Told:
    """What one chunk tells was used, and whether it brings something of the answer."""

    usage: RequestUsage
    brings: bool


def in_all(told: Sequence[Told]) -> RequestUsage:
    """What was used in all: a question is counted once, its answer by the last count or by the sum of all."""
    counted = [each for each in told if each.usage.output_tokens] or list(told[-1:])
    whole = copy(max((each.usage for each in told), key=lambda usage: usage.input_tokens))
    written = [each.usage.output_tokens for each in counted]
    whole.output_tokens = written[-1] if _so_far(told, counted) else sum(written)
    return whole


def _so_far(told: Sequence[Told], counted: Sequence[Told]) -> bool:
    """Whether each count is of the answer so far: it grows with all that comes, and the question is not told less of."""
    written = [each.usage.output_tokens for each in counted]
    if len(written) > 1 and written[-1] == sum(written[:-1]):
        return True  # in parts, and at the end the sum of them
    asked = [each.usage.input_tokens for each in told]
    return all(
        after.usage.output_tokens > before.usage.output_tokens - (not after.brings)
        for before, after in pairwise(counted)
    ) and all(after >= before for before, after in pairwise(asked))


@dataclass
class CountedStream(OpenAIStreamedResponse):
    """A stream of which every count is looked at."""

    _told: list[Told] = field(default_factory=list, init=False)

    def _map_usage(self, response: ChatCompletionChunk) -> RequestUsage:
        usage = super()._map_usage(response)
        if response.usage is not None:
            self._told.append(Told(usage, _brings(response)))
        return usage

    def _add_usage(self, usage: RequestUsage, *, reported: bool, cumulative: bool = False) -> None:
        if reported:
            super()._add_usage(in_all(self._told), reported=True, cumulative=True)


def _brings(chunk: ChatCompletionChunk) -> bool:
    delta = chunk.choices[0].delta if chunk.choices else None
    return bool(delta and (delta.content or delta.tool_calls))


class CountedModel(OpenAIChatModel):
    """A chat model whose server may count in whichever way."""

    @property
    def _streamed_response_cls(self) -> type[OpenAIStreamedResponse]:
        return CountedStream
