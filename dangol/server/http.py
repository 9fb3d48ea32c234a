"""The front door: the whole HTTP application, put together from parts it is handed."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from dangol.kernel.errors import NotFound, Refused
from dangol.server import chat, metrics, pages, problems, social
from dangol.server.desk import ChatParts
from dangol.server.headers import SecurityHeaders
from dangol.server.limits import Buckets, SizeLimit, TooManyRequests, generosity
from dangol.server.logs import RequestLog
from dangol.server.release import release

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_app(
    parts: ChatParts,
    routers: Sequence[APIRouter] = (),
    *,
    mounts: dict[str, ASGIApp] | None = None,
    lifespan: Lifespan | None = None,
) -> FastAPI:
    """The application: chat API, the rooms' own routes, health, metrics, pages. Every error is a problem document."""
    settings = parts.settings
    app = FastAPI(
        title="Dangol",
        summary="Chat API of a shop assistant",
        version=release(),
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
    )
    problems.install(app)
    app.include_router(chat.routes(parts))
    app.include_router(social.routes(parts))
    for router in routers:
        app.include_router(router, responses=problems.problems(401, 403, 404, 409, 413, 422))
    app.include_router(_operations(parts))
    for path, mounted in (mounts or {}).items():
        app.mount(path, mounted)
    app.include_router(pages.routes(settings.data / "media"))
    _publish_openapi(app)
    app.add_middleware(SizeLimit)
    app.add_middleware(_AddressLimit, buckets=Buckets(settings.requests_per_minute))
    if settings.allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.allowed_origins),
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=[
                "Authorization",
                "Content-Type",
                "Idempotency-Key",
                "Accept-Language",
                "Last-Event-ID",
            ],
            expose_headers=["Retry-After"],
            max_age=600,
        )
    app.add_middleware(SecurityHeaders, https=settings.base_url.startswith("https://"))
    app.add_middleware(RequestLog)
    return app


def _operations(parts: ChatParts) -> APIRouter:
    router = APIRouter(tags=["operations"])

    @router.get("/healthz", responses=problems.problems())
    async def health() -> dict[str, str]:
        """The process lives."""
        return {"status": "ok"}

    @router.get("/readyz", responses=problems.problems())
    async def readiness() -> dict[str, str]:
        """The process can serve: its database answers."""
        async with parts.open_connection() as conn:
            await conn.execute("select 1")
        return {"status": "ok"}

    @router.get("/metrics", include_in_schema=False)
    async def figures(request: Request) -> Response:
        address = request.client.host if request.client else ""
        if not parts.settings.metrics_public and not _is_of_this_machine(address):
            raise NotFound(path="/metrics")
        return Response(metrics.exposition(), media_type=metrics.MEDIA_TYPE)

    return router


def _is_of_this_machine(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


class _AddressLimit:
    """So much from one address and no more; also refuses addresses with a NUL, which no database takes."""

    def __init__(self, app: ASGIApp, *, buckets: Buckets) -> None:
        self.app = app
        self._buckets = buckets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None:
            await self.app(scope, receive, send)
        else:
            await refusal(scope, receive, send)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        request = Request(scope)
        if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
            return problems.problem(request, 400)
        address = request.client.host if request.client else ""
        try:
            self._buckets.take(address, generosity=generosity(address))
        except TooManyRequests as much:
            return _too_many(request, much)
        return None


def _too_many(request: Request, much: Refused) -> JSONResponse:
    headers = {"Retry-After": str(much.details["retry_after"])}
    return problems.problem(request, 429, headers=headers)


def _publish_openapi(app: FastAPI) -> None:
    """OpenAPI as FastAPI writes it, with problem documents where it would name its own error shape."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(title=app.title, summary=app.summary, version=app.version, routes=app.routes)
            components = schema.setdefault("components", {})
            schemas = components.setdefault("schemas", {})
            for name in ("HTTPValidationError", "ValidationError"):
                schemas.pop(name, None)
            shape = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(shape.pop("$defs", {}))
            schemas["Problem"] = shape
            components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
            for path, operations in schema["paths"].items():
                for operation in operations.values():
                    _only_problem_documents(operation["responses"])
                    if path.startswith("/api/chat/conversations/{id}"):
                        operation["security"] = [{"bearer": []}]
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _only_problem_documents(responses: dict[str, Any]) -> None:
    for status, answer in responses.items():
        if status.startswith(("4", "5")):
            answer["content"] = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
