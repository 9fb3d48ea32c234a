from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dangol.connect.embedders.embedded import EmbeddedEmbedder
from dangol.contracts.embedder import Embedder
from dangol.kernel.shop import Shop
from dangol.knowledge.api import Articles
from dangol.knowledge.model import Article
from dangol.knowledge.reading import read_folder

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return EmbeddedEmbedder()


@pytest.fixture(scope="session")
def articles_of(embedder: Embedder) -> Callable[[Path], Articles]:
    """Articles and shop file of a folder, ready to be asked."""

    def load(folder: Path) -> Articles:
        shop = Shop.model_validate(json.loads((folder / "shop.json").read_text(encoding="utf-8")))
        _, drafts, refused = read_folder(shop, folder / "articles", lambda _done, _total: None)
        assert not refused
        stored = [
            Article(d.slug, d.language, d.title, list(d.tags), d.body, datetime(2026, 11, 21, tzinfo=UTC))
            for d in drafts
        ]
        return Articles(embedder, shop, stored)

    return load
