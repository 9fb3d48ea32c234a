"""The files of the doors: the widget, the demo storefront, the console of staff, pictures of products."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from dangol.kernel.errors import NotFound

STATIC = Path(__file__).parent / "static"
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_ASK_AGAIN = {"Cache-Control": "no-cache"}
_NO_PAGES = ("api/", "media/", "store/", "sample-gateway/", ".well-known/")
_TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".webp": "image/webp", ".woff2": "font/woff2"}
_UNBUILT = """<!doctype html><html lang="ko"><meta charset="utf-8"><title>Dangol</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem}
code{background:#8882;padding:.1em .4em;border-radius:.3em}</style>
<h1>Dangol</h1>
<p lang="ko">서버는 켜져 있어요. 가게 화면은 아직 만들어지지 않았어요. 소스 폴더에서 <code>make web</code>을 실행한 뒤
새로고침해 주세요. 채팅 API는 <a href="/openapi.json">/openapi.json</a>에 있어요.</p>
<p lang="en">The server is running, but its pages have not been built. Run <code>make web</code> in the source folder and
reload. The chat API is described at <a href="/openapi.json">/openapi.json</a>.</p></html>"""


def routes(media: Path, static: Path = STATIC) -> APIRouter:
    """Static files; every path that is nothing else is a page of the storefront."""
    router = APIRouter(include_in_schema=False)

    @router.get("/widget.js")
    async def widget() -> Response:
        if not (static / "widget.js").is_file():
            raise NotFound(file="widget.js")
        headers = {**_ASK_AGAIN, "Access-Control-Allow-Origin": "*"}
        return FileResponse(static / "widget.js", media_type="text/javascript", headers=headers)

    @router.get("/store/{path:path}")
    async def asset(path: str) -> Response:
        return _file(static / "store", path, _FOR_EVER if path.startswith("assets/") else _ASK_AGAIN)

    @router.get("/console/assets/{path:path}")
    async def console_asset(path: str) -> Response:
        return _file(static / "console" / "assets", path, _FOR_EVER)

    @router.get("/console/icon.svg")
    async def console_icon() -> Response:
        return _file(static / "console", "icon.svg", _ASK_AGAIN)

    @router.get("/console")
    @router.get("/console/{path:path}")
    async def console(path: str = "") -> Response:
        return _index(static / "console" / "index.html")

    @router.get("/media/{path:path}")
    async def picture(path: str) -> Response:
        return _file(media, path, {"Cache-Control": "public, max-age=86400"})

    @router.get("/{path:path}")
    async def page(path: str, request: Request) -> Response:
        if f"{path}/".startswith(_NO_PAGES) or "." in path.rsplit("/", 1)[-1]:
            raise NotFound(path=path)
        return _index(static / "store" / "index.html")

    return router


def _index(page: Path) -> Response:
    """The one page of an application, whatever its address; or how to build it."""
    if not page.is_file():
        return HTMLResponse(_UNBUILT, headers=_ASK_AGAIN)
    return FileResponse(page, media_type="text/html", headers=_ASK_AGAIN)


def _file(folder: Path, path: str, headers: dict[str, str]) -> Response:
    """A file below a folder, never one beside it."""
    if "\x00" in path:
        raise NotFound(file="")
    root = folder.resolve()
    file = (root / path).resolve()
    if not file.is_relative_to(root) or not file.is_file():
        raise NotFound(file=path)
    media_type = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return FileResponse(file, media_type=media_type, headers=headers)
