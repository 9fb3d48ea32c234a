"""What all language models here share: the contract's words into those of the model layer of pydantic-ai, and back."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx2
from pydantic_ai import exceptions, messages
from pydantic_ai.direct import model_request_stream
from pydantic_ai.models import Model, ModelRequestParameters, StreamedResponse
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.settings import ModelSettings
from pydantic_ai.tools import ToolDefinition
from pydantic_ai.usage import RequestUsage

from dangol.contracts.language_model import (
    CallProposed,
    Delta,
    Ended,
    MalformedAnswer,
    Message,
    ModelBusy,
    ModelDown,
    ModelKeyRefused,
    ModelRequest,
    ModelRequestRefused,
    ModelTooSlow,
    ModelTrouble,
    ModelUnknown,
    ToolOffered,
    Usage,
    Words,
)

_CUT_SHORT = ("length", "content_filter")
_ANSWER = "give_answer"  # the tool through which a vendor without JSON answers gives one
_OF_THE_MOMENT = (408, 409, 425)  # refusals that say nothing of the request
# the most telling kind first: an error of the layer may be of several
_TROUBLES: tuple[tuple[type[Exception], type[ModelTrouble]], ...] = (
    (exceptions.ModelAuthenticationError, ModelKeyRefused),
    (exceptions.ModelNotFoundError, ModelUnknown),
    (exceptions.ModelRateLimitError, ModelBusy),
    (exceptions.ModelQuotaExceededError, ModelBusy),
    (exceptions.ModelRequestTimeout, ModelTooSlow),
    (exceptions.ModelTimeoutError, ModelTooSlow),
    (exceptions.ModelOverloadedError, ModelBusy),
    (exceptions.ModelRequestRejectedError, ModelRequestRefused),
    (exceptions.ModelAPIError, ModelDown),
    (exceptions.UnexpectedModelBehavior, MalformedAnswer),
    (exceptions.UserError, ModelRequestRefused),
    (httpx2.TimeoutException, ModelTooSlow),
    (httpx2.HTTPError, ModelDown),
    (OSError, ModelDown),
    (ValueError, MalformedAnswer),
)


@dataclass(frozen=True)
class Tariff:
    """What a million tokens cost in US dollars, where the vendor's own prices do not hold."""

    input: float
    output: float

    def cost(self, usage: Usage) -> int:
        """The price of an answer in millionths of a dollar: tokens times dollars a million."""
        return round(usage.input_tokens * self.input + usage.output_tokens * self.output)


@dataclass
class LayeredModel:
    """A language model behind the model layer; each vendor builds its `model` and hands it in."""

    name: str
    outside: bool
    model: Model
    structured: Literal["native", "tool"] = "native"
    tariff: Tariff | None = None
    clients: tuple[Any, ...] = field(default=())

    async def ask(self, request: ModelRequest) -> AsyncIterator[Delta]:
        """The answer as it comes; closing the iterator closes the connection to the model."""
        with _told():
            async with asyncio.timeout(request.seconds):
                stream = model_request_stream(
                    self.model,
                    _history(request.messages),
                    model_settings=ModelSettings(
                        max_tokens=request.most_tokens,
                        temperature=request.temperature,
                        timeout=request.seconds,
                    ),
                    model_request_parameters=self._parameters(request),
                )
                async with stream as answer:
                    async for event in answer:
                        for delta in _read(event):
                            yield delta
        for delta in self._whole(answer):
            yield delta

    def price(self, usage: Usage) -> int | None:
        """By the shop's own tariff, else by the vendor's list price, where it is known."""
        if self.tariff:
            return self.tariff.cost(usage)
        used = RequestUsage(input_tokens=usage.input_tokens, output_tokens=usage.output_tokens)
        return _listed_price(
            messages.ModelResponse(
                parts=[],
                usage=used,
                model_name=self.model.model_name,
                provider_name=self.model.system,
                provider_url=self.model.base_url,
            )
        )

    async def close(self) -> None:
        """Close the connections."""
        for client in self.clients:
            await client.aclose()

    def _whole(self, answer: StreamedResponse) -> Iterator[Delta]:
        response = answer.get()
        if response.state != "complete" or response.finish_reason == "error":
            raise ModelDown(state=str(response.state))
        for part in response.parts:
            if isinstance(part, messages.ToolCallPart):
                args = _arguments(part)
                if part.tool_name == _ANSWER:
                    yield Words(json.dumps(args or {}, ensure_ascii=False))
                else:
                    yield CallProposed(id=part.tool_call_id, tool=part.tool_name, args=args)
        usage = Usage(input_tokens=response.usage.input_tokens, output_tokens=response.usage.output_tokens)
        cost = self.tariff.cost(usage) if self.tariff else _listed_price(response)
        yield Ended(usage.model_copy(update={"cost": cost}), cut=response.finish_reason in _CUT_SHORT)

    def _parameters(self, request: ModelRequest) -> ModelRequestParameters:
        tools = [_definition(tool) for tool in request.tools]
        if request.answer_schema is None:
            return ModelRequestParameters(function_tools=tools)
        schema = request.answer_schema
        if self.structured == "native":
            return ModelRequestParameters(
                function_tools=tools,
                output_mode="native",
                output_object=OutputObjectDefinition(json_schema=schema, name="answer"),
            )
        answer = ToolDefinition(
            name=_ANSWER, description="Give the answer.", parameters_json_schema=schema, kind="output"
        )
        return ModelRequestParameters(
            function_tools=tools, output_mode="tool", output_tools=[answer], allow_text_output=False
        )


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Troubles of the layer as business facts."""
    try:
        yield
    except TimeoutError as no:
        raise ModelTooSlow() from no
    except Exception as no:
        raise _trouble(no) from no


def _trouble(no: Exception) -> ModelTrouble:
    """A trouble of the layer as a business fact; what it does not know is an answer that makes no sense."""
    known = next((fact for kind, fact in _TROUBLES if isinstance(no, kind)), MalformedAnswer)
    if not isinstance(no, exceptions.ModelHTTPError):
        return known()
    if known is ModelDown and no.status_code in range(400, 500) and no.status_code not in _OF_THE_MOMENT:
        known = ModelRequestRefused  # it says nothing of the next request
    wait = (no.headers or {}).get("retry-after", "")
    return known(status=no.status_code, **({"wait": int(wait)} if wait.isdecimal() else {}))


def _definition(tool: ToolOffered) -> ToolDefinition:
    return ToolDefinition(
        name=tool.name, description=tool.description, parameters_json_schema=tool.parameters
    )


def _history(said: Sequence[Message]) -> list[messages.ModelMessage]:
    """The conversation as the layer takes it; what stands in a row on our side becomes one request."""
    history: list[messages.ModelMessage] = []
    for message in said:
        if message.role == "model":
            parts: list[Any] = [messages.TextPart(message.text)] if message.text else []
            parts += [messages.ToolCallPart(c.tool, c.args or {}, tool_call_id=c.id) for c in message.calls]
            history.append(messages.ModelResponse(parts=parts))
            continue
        part = _our_part(message)
        if history and isinstance(history[-1], messages.ModelRequest):
            history[-1] = messages.ModelRequest(parts=[*history[-1].parts, part])
        else:
            history.append(messages.ModelRequest(parts=[part]))
    return history


def _our_part(message: Message) -> Any:
    if message.role == "system":
        return messages.SystemPromptPart(message.text)
    if message.role == "tool" and message.answers is not None:
        return messages.ToolReturnPart(message.answers.tool, message.text, tool_call_id=message.answers.id)
    return messages.UserPromptPart(message.text)


def _read(event: Any) -> Iterator[Delta]:
    """Words at once; calls are read from the whole answer, where their arguments are complete."""
    if _writes_a_call(event):
        yield Words("")
    elif isinstance(event, messages.PartStartEvent) and isinstance(event.part, messages.TextPart):
        if event.part.content:
            yield Words(event.part.content)
    elif (
        isinstance(event, messages.PartDeltaEvent)
        and isinstance(event.delta, messages.TextPartDelta)
        and event.delta.content_delta
    ):
        yield Words(event.delta.content_delta)


def _writes_a_call(event: Any) -> bool:
    return (isinstance(event, messages.PartStartEvent) and isinstance(event.part, messages.ToolCallPart)) or (
        isinstance(event, messages.PartDeltaEvent) and isinstance(event.delta, messages.ToolCallPartDelta)
    )


def _arguments(part: messages.ToolCallPart) -> dict[str, Any] | None:
    try:
        args = part.args_as_dict(raise_if_invalid=True)
    except (ValueError, AssertionError):
        return None
    return args if isinstance(args, dict) else None


def _listed_price(response: messages.ModelResponse) -> int | None:
    """By the vendor's list price, where it is known."""
    try:
        return int(response.cost().total_price * 1_000_000)
    except (LookupError, AssertionError, ValueError):
        return None
