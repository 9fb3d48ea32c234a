"""What went wrong, as an RFC 9457 problem document in the language of the asker; never a trace."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg import errors as database_errors
from psycopg_pool import PoolTimeout
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dangol.kernel.errors import Refused
from dangol.knowledge import api as knowledge
from dangol.server.cart import CartRefused
from dangol.server.postgres import DatabaseDown
from dangol.server.wording import coupon_words, field_words, problem_words

log = structlog.get_logger(__name__)
MEDIA_TYPE = "application/problem+json"

_CODES = {
    400: "malformed",
    401: "unauthorized",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid",
    429: "too_many_requests",
    500: "internal",
    503: "unavailable",
}


class FieldProblem(BaseModel):
    """What is wrong with one field; `field` is its path, such as `form.values.email`."""

    field: str
    code: str
    detail: str


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class FieldsRefused(Refused):
    """Fields that fit the schema and still cannot be right; `fields` maps a path to a code."""

    code = "invalid"
    status = 422

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(fields=fields)
        self.fields = fields


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route declares of the problems it may answer with; 400, 429 and 500 can always be."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in sorted({400, 429, 500, 503, *statuses})
    }


def language_asked(request: Request) -> str:
    """Korean or English, whichever `Accept-Language` puts first; English where it names neither."""
    wanted: list[tuple[float, str]] = []
    for part in request.headers.get("accept-language", "").split(","):
        tag, _, quality = part.strip().partition(";q=")
        found = re.fullmatch(r"(ko|en)(-[a-z0-9-]+)?", tag.strip().lower())
        if found:
            weight = float(quality) if re.fullmatch(r"[01](\.\d{1,3})?", quality) else 1.0
            wanted.append((-weight, found[1]))
    return min(wanted, key=lambda each: each[0])[1] if wanted else "en"


def problem(
    request: Request,
    status: int,
    code: str | None = None,
    *,
    detail: str | None = None,
    errors: list[FieldProblem] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """A problem document; worded from the table when no detail is given."""
    language = language_asked(request)
    name = code or _CODES.get(status, "internal" if status >= 500 else "malformed")
    document = Problem(
        type=f"urn:dangol:problem:{name.replace('_', '-')}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail or problem_words(name, language, otherwise=_CODES.get(status, "malformed")),
        errors=errors or [],
    )
    said = {"Content-Language": language, "Vary": "Accept-Language", **(headers or {})}
    return JSONResponse(document.model_dump(), status_code=status, media_type=MEDIA_TYPE, headers=said)


def install(app: FastAPI) -> None:
    """Let every error of this app leave as a problem document."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(CartRefused, _cart_refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DatabaseDown, _unavailable)
    app.add_exception_handler(PoolTimeout, _unavailable)
    app.add_exception_handler(database_errors.OperationalError, _unavailable)
    app.add_middleware(LastResort)


async def _refused(request: Request, refused: Exception) -> JSONResponse:
    assert isinstance(refused, Refused)
    if isinstance(refused, FieldsRefused):
        language = language_asked(request)
        errors = [
            FieldProblem(field=field, code=code, detail=field_words(code, {}, language))
            for field, code in refused.fields.items()
        ]
        return problem(request, 422, "invalid", errors=errors)
    if isinstance(refused, knowledge.BrokenGuide):
        words = knowledge.REASONS[refused.why][language_asked(request)].format(value=refused.value)
        return problem(request, refused.status, refused.code, detail=words)
    headers = {}
    if refused.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if "retry_after" in refused.details:
        headers["Retry-After"] = str(refused.details["retry_after"])
    return problem(request, refused.status, refused.code, headers=headers)


async def _cart_refused(request: Request, refused: Exception) -> JSONResponse:
    # 422 and not 409: a client that sends a stale request again would send this one for ever
    assert isinstance(refused, CartRefused)
    because = refused.because
    reason = str(because.details.get("reason"))
    detail = coupon_words(reason, language_asked(request)) if because.code == "coupon_refused" else None
    return problem(request, 422, because.code, detail=detail)


async def _invalid(request: Request, invalid: Exception) -> JSONResponse:
    assert isinstance(invalid, RequestValidationError)
    found = invalid.errors()
    if any(error["type"] == "json_invalid" for error in found):
        return problem(request, 400)
    if any(error["loc"][0] == "body" for error in found) and not _is_of_declared_type(request):
        return problem(request, 415)
    language = language_asked(request)
    errors = [
        FieldProblem(
            field=".".join(str(part) for part in error["loc"][1:]) or str(error["loc"][0]),
            code=error["type"],
            detail=field_words(error["type"], error.get("ctx", {}), language, error["msg"]),
        )
        for error in found
    ]
    return problem(request, 422, errors=errors)


def _is_of_declared_type(request: Request) -> bool:
    media = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if request.url.path.endswith(("/attachments", "/speech")):
        return media == "multipart/form-data"
    return media == "application/json" or media.endswith("+json")


async def _http(request: Request, raised: Exception) -> JSONResponse:
    assert isinstance(raised, HTTPException)
    return problem(request, raised.status_code, headers=dict(raised.headers or {}))


async def _unavailable(request: Request, down: Exception) -> JSONResponse:
    log.error("database_unavailable", error=type(down).__name__)
    return problem(request, 503, "unavailable", headers={"Retry-After": "5"})


class LastResort:
    """Whatever nobody foresaw leaves as a problem document, and its words stay out of the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def seen(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, seen)
        except Exception as bug:
            log.error("request_failed", route=getattr(scope.get("route"), "path", ""), exc_info=bug)
            if not begun:
                await problem(Request(scope), 500)(scope, receive, send)
