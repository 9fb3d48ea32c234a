"""Words in titles, brands, attributes and descriptions: Latin words by stem, Korean by pairs of letters."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import tantivy

from dangol.catalog.records.indexing import IndexedProduct
from dangol.catalog.search.columns import Rows
from dangol.catalog.words import plain, plain_text

_HEAP = 30_000_000
_LATIN = re.compile(r"[a-z0-9]+")
_KOREAN = re.compile(r"[가-힣]+")
_TITLE, _BODY = 3.0, 1.0
_DEEPEST = 2_000  # hits of one query that are looked at


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in ("title_words", "body_words"):
        builder.add_text_field(field, tokenizer_name="words", index_option="freq")
    for field in ("title_pairs", "body_pairs"):
        builder.add_text_field(field, tokenizer_name="pairs", index_option="freq")
    builder.add_integer_field("row", indexed=True, fast=True)
    return builder.build()


def latin_words(text: str) -> list[str]:
    """The Latin words and numbers of a plain text."""
    return _LATIN.findall(text)


def korean_pairs(text: str) -> list[str]:
    """Pairs of neighbouring Korean letters, spacing left out; a lone letter stands for itself."""
    run = "".join(_KOREAN.findall(text))
    return [run[at : at + 2] for at in range(len(run) - 1)]


class Lexical:
    """A tantivy index in memory over the rows of the columns."""

    def __init__(self) -> None:
        self._schema = _schema()
        self._index = tantivy.Index(self._schema)
        stem = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        self._words = stem.filter(tantivy.Filter.stemmer("english")).build()
        self._index.register_tokenizer("words", self._words)
        pairs = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2, False)).build()
        self._index.register_tokenizer("pairs", pairs)
        self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        self._searcher = self._index.searcher()

    def add(self, rows: Iterable[int], products: Iterable[IndexedProduct]) -> None:
        """Index products under their row numbers; seen after `commit` and `reload`."""
        for row, product in zip(rows, products, strict=True):
            title, body = texts_of(product)
            document = tantivy.Document()
            document.add_integer("row", row)
            document.add_text("title_words", " ".join(_LATIN.findall(title)))
            document.add_text("body_words", " ".join(_LATIN.findall(body)))
            document.add_text("title_pairs", "".join(_KOREAN.findall(title)))
            document.add_text("body_pairs", "".join(_KOREAN.findall(body)))
            self._writer.add_document(document)

    def drop(self, rows: Iterable[int]) -> None:
        """Forget rows; seen after `commit` and `reload`."""
        for row in rows:
            self._writer.delete_documents_by_term("row", row)

    def commit(self) -> None:
        """Write what was added and dropped; seen after `reload`."""
        self._writer.commit()

    def reload(self) -> None:
        """See what was committed."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def knows(self, word: str) -> bool:
        """Whether every part of a word stands in some product."""
        pairs = korean_pairs(word)
        parts = [("pairs", pair) for pair in pairs] + [("words", stem) for stem in self._stems(word)]
        return bool(parts) and all(
            self._searcher.doc_freq(f"title_{kind}", part) or self._searcher.doc_freq(f"body_{kind}", part)
            for kind, part in parts
        )

    def _stems(self, text: str) -> list[str]:
        return [str(stem) for word in latin_words(text) for stem in self._words.analyze(word)]

    def search(self, text: str) -> tuple[Rows, np.ndarray[tuple[int], np.dtype[np.float32]]]:
        """The rows that hold words of a plain text and how well they do (BM25), best first."""
        query = self._query(text)
        if query is None:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        hits = self._searcher.search(query, limit=_DEEPEST, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return np.array(rows, np.int64), np.array([score for score, _ in hits], np.float32)

    def named(self, words: Iterable[str]) -> Rows:
        """The rows whose name or kind holds one of these words, in no order."""
        found: set[int] = set()
        for word in words:
            terms = [("pairs", pair) for pair in korean_pairs(word)] + [
                ("words", stem) for stem in self._stems(word)
            ]
            each = [
                (tantivy.Occur.Must, tantivy.Query.term_query(self._schema, f"title_{kind}", term, "freq"))
                for kind, term in terms
            ]
            if each:
                hits = self._searcher.search(
                    tantivy.Query.boolean_query(each), limit=_DEEPEST, count=False
                ).hits
                rows = self._searcher.fast_field_values("row", [address for _, address in hits])
                found.update(row for row in rows if isinstance(row, int))
        return np.array(sorted(found), np.int64)

    def _query(self, text: str) -> tantivy.Query | None:
        parts = []
        for kind, terms in (("pairs", korean_pairs(text)), ("words", self._stems(text))):
            for term in dict.fromkeys(terms):
                for field, boost in ((f"title_{kind}", _TITLE), (f"body_{kind}", _BODY)):
                    query = tantivy.Query.term_query(self._schema, field, term, "freq")
                    parts.append((tantivy.Occur.Should, tantivy.Query.boost_query(query, boost)))
        return tantivy.Query.boolean_query(parts) if parts else None


def texts_of(product: IndexedProduct) -> tuple[str, str]:
    """(title, body) of a product in plain form: names and kind in the one, all that is said of it in the other."""
    title = [*product.title.values(), *product.brand.values(), *product.category.values()]
    body = [*product.tags]
    for attribute in product.attributes:
        body += [*attribute["name"].values(), *attribute["value"].values()]
    for option in product.options:
        body += [text for value in option.get("values", ())[:50] for text in value.values()]
    body += [plain_text(text)[:2_000] for text in product.description.values()]
    return plain(" ".join(title)), plain(" ".join(body))
