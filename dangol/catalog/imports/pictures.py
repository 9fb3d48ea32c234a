"""Pictures named in a file: taken over into the media folder when they are there."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from dangol.catalog.imports.fields import BadCell

_KINDS = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"}


class Pictures:
    """Finds the pictures of one import beside its file and copies each once; web addresses stay as they are."""

    def __init__(self, beside: Path, media: Path) -> None:
        self._beside = beside.resolve()
        self._media = media
        self._taken: dict[str, str] = {}

    def take(self, column: str, written: str) -> str:
        """The address under which a picture is shown; BadCell when it is not there or is no picture."""
        name = written.strip()
        if not name:
            return ""
        if name not in self._taken:
            self._taken[name] = self._address(column, name)
        return self._taken[name]

    def _address(self, column: str, name: str) -> str:
        web = urlsplit(name) if "://" in name else None
        if web:
            if web.scheme not in ("http", "https") or not web.netloc:
                raise BadCell(column, "image_not_found", name)
            return name
        path = (self._beside / name).resolve()
        if not path.is_relative_to(self._beside) or not path.is_file():
            raise BadCell(column, "image_not_found", name)
        if path.suffix.lower() not in _KINDS:
            raise BadCell(column, "not_an_image", name)
        content = path.read_bytes()
        if path.suffix.lower() == ".svg" and b"<script" in content.lower():
            raise BadCell(column, "not_an_image", name)
        stored = f"{hashlib.sha256(content).hexdigest()[:24]}{path.suffix.lower()}"
        target = self._media / stored
        if not target.exists():
            self._media.mkdir(parents=True, exist_ok=True)
            part = target.with_suffix(".part")
            shutil.copyfile(path, part)
            part.replace(target)
        return f"/media/{stored}"
