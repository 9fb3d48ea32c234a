"""Reading a folder of articles: every file becomes a draft or a refusal that says why."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dangol.kernel.errors import Refused
from dangol.kernel.imports import Refusal
from dangol.kernel.shop import Shop
from dangol.knowledge.documents import READERS, NoDocument
from dangol.knowledge.guides import BrokenGuide, check_guide
from dangol.knowledge.markdown import BrokenFrontMatter, first_heading, sections, split_front_matter
from dangol.knowledge.model import Draft

_LONGEST = 1_000_000  # bytes of one article
_LONGEST_FILE = 20_000_000  # of a document with pictures in it
_SUFFIXES = (".md", ".markdown", *READERS)
_LANGUAGE = re.compile(r"^([a-z]{2})(?:[-_][A-Za-z]{2})?$")
_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")

REASONS: dict[str, dict[str, str]] = {
    "not_utf8": {
        "ko": "글자가 깨져 있어요 (UTF-8로 저장해 주세요)",
        "en": "cannot be read (save the file as UTF-8)",
    },
    "empty": {"ko": "내용이 비어 있어요", "en": "holds no text"},
    "too_large": {"ko": "파일이 너무 커요 (1 MB까지)", "en": "is too large (1 MB at most)"},
    "unreadable": {"ko": "파일을 열 수 없어요", "en": "cannot be opened"},
    "broken_front_matter": {
        "ko": "맨 위 머리말(---)을 읽을 수 없어요",
        "en": "the front matter (between the --- lines) cannot be read",
    },
    "front_matter_not_closed": {
        "ko": "맨 위 머리말을 닫는 --- 줄이 없어요",
        "en": "the front matter has no closing --- line",
    },
    "not_text": {"ko": "“{value}”: 한 줄 글이어야 해요", "en": "“{value}”: must be plain text"},
    "not_a_list": {"ko": "“{value}”: 목록이어야 해요", "en": "“{value}”: must be a list"},
    "unknown_language": {
        "ko": "“{value}”: ko, en 같은 언어 코드가 아니에요",
        "en": "“{value}” is not a language code such as ko or en",
    },
    "no_questions": {
        "ko": "질문과 답변이라는 열이 없어요",
        "en": "has no columns called question and answer",
    },
    "locked": {"ko": "암호가 걸린 PDF예요", "en": "is locked by a password"},
    "damaged": {"ko": "PDF를 읽을 수 없어요 (파일이 상했어요)", "en": "cannot be read (the PDF is damaged)"},
    "only_pictures": {
        "ko": "그림뿐이라 글자를 읽을 수 없어요 (글자가 있는 파일로 주세요)",
        "en": "holds pictures only; give a file with text in it",
    },
    "guide_without_symptoms": {
        "ko": "안내(guide)에는 “증상” 제목 아래 증상 목록이 있어야 해요",
        "en": "a guide needs a list under the heading “Symptoms”",
    },
    "guide_without_steps": {
        "ko": "안내(guide)에는 “순서” 제목 아래 번호 목록이 있어야 해요",
        "en": "a guide needs a numbered list under the heading “Steps”",
    },
    "guide_step_empty": {"ko": "{value}번 단계에 내용이 없어요", "en": "step {value} says nothing"},
    "guide_too_long": {
        "ko": "단계가 너무 많아요 ({value}개까지)",
        "en": "has too many steps ({value} at most)",
    },
    "guide_answer_leads_nowhere": {
        "ko": "“{value}”: 답 뒤에 “→ 뒤에 오는 단계 번호” 또는 해결, 상담원, 멈춤을 써 주세요",
        "en": "“{value}”: write “→” and the number of a later step, or solved, person or stop, after the answer",
    },
    "guide_stop_without_words": {
        "ko": "“멈춤” 제목 아래에 손님에게 할 말을 한 문단으로 써 주세요",
        "en": "write what the shopper is told, as a paragraph under the heading “Stop”",
    },
    "slug_taken": {
        "ko": "{value} 파일과 같은 글이에요 (slug와 language가 같아요)",
        "en": "is the same article as {value} (same slug and language)",
    },
}


class NoFolder(Refused):
    """There is no such folder of articles."""

    code = "no_folder"
    status = 422


def read_folder(
    shop: Shop, folder: Path, progress: Callable[[int, int | None], None]
) -> tuple[str, list[Draft], list[Refusal]]:
    """The whole path of a folder, every article below it as a draft, a refusal for each that cannot be one.

    Markdown, web pages, PDF files, and CSV files with a column of questions and one of answers.

    A refusal's `column` is the file below the folder, its `row` the line in it (0: the file as a whole).
    Raises NoFolder.
    """
    if not folder.is_dir():
        raise NoFolder(folder=folder.name)
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES and path.is_file())
    drafts: dict[tuple[str, str], Draft] = {}
    refused: list[Refusal] = []
    progress(0, len(files))
    for done, path in enumerate(files, 1):
        name = path.relative_to(folder).as_posix()
        read = read_file(shop, path, name)
        if isinstance(read, Refusal):
            refused.append(read)
        elif (taken := drafts.get((read.slug, read.language))) is not None:
            refused.append(Refusal(row=0, column=name, code="slug_taken", value=taken.file))
        else:
            drafts[read.slug, read.language] = read
        progress(done, len(files))
    return str(folder.resolve()), list(drafts.values()), refused


def read_file(shop: Shop, path: Path, name: str) -> Draft | Refusal:
    """One file as a draft, or why it is none."""
    to_markdown = READERS.get(path.suffix.lower())
    try:
        if path.stat().st_size > (_LONGEST_FILE if to_markdown else _LONGEST):
            return Refusal(row=0, column=name, code="too_large")
        raw = path.read_bytes()
    except OSError:
        return Refusal(row=0, column=name, code="unreadable")
    if to_markdown is None:
        return _read_markdown(shop, raw, name)
    try:
        return read_text(shop, _titled(to_markdown(raw), shop, path.stem), name)
    except NoDocument as no:
        return Refusal(row=0, column=name, code=no.code)


def _read_markdown(shop: Shop, raw: bytes, name: str) -> Draft | Refusal:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as no:
        return Refusal(row=raw[: no.start].count(b"\n") + 1, column=name, code="not_utf8")
    if "\x00" in text:
        return Refusal(row=0, column=name, code="not_utf8")
    return read_text(shop, text, name)


def _titled(body: str, shop: Shop, stem: str) -> str:
    """A document under its own title, else under the name of its file."""
    name = re.sub(r"[-_]+", " ", _without_language(stem, shop)).strip()
    return body if not body or body.startswith("# ") else f"# {name}\n\n{body}"


def read_text(shop: Shop, text: str, name: str) -> Draft | Refusal:
    """One article's text as a draft, or why it is none."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    try:
        fields, body = split_front_matter(text)
    except BrokenFrontMatter as no:
        value = f"{no.field}: {no.value}" if no.field else no.value
        return Refusal(row=no.line, column=name, code=no.code, value=value)
    if not sections(body):
        return Refusal(row=0, column=name, code="empty")
    try:
        check_guide(fields.get("tags", ()), body)
    except BrokenGuide as no:
        above = text[: len(text) - len(body)].count("\n")
        return Refusal(row=no.line and above + no.line, column=name, code=no.why, value=no.value)
    language = _LANGUAGE.match(fields["language"]) if "language" in fields else None
    if "language" in fields and not language:
        return Refusal(row=2, column=name, code="unknown_language", value=fields["language"][:80])
    stem = Path(name).name.rsplit(".", 1)[0]
    return _draft(shop, fields, body, name, stem, language.group(1) if language else None)


def _draft(
    shop: Shop, fields: dict[str, Any], body: str, name: str, stem: str, language: str | None
) -> Draft:
    title = fields.get("title") or first_heading(body) or stem
    language = language or detect_language(f"{title}\n{body}", shop)
    slug = slugify(fields.get("slug") or _without_language(stem, shop)) or "article"
    tags = fields.get("tags", ())
    fingerprint = hashlib.sha256("\x1f".join((slug, language, title, *tags, "", body)).encode()).hexdigest()
    return Draft(slug, language, title, tags, body, name, fingerprint)


def _without_language(stem: str, shop: Shop) -> str:
    # shipping.ko.md and shipping.en.md are one article
    head, mark, tail = stem.rpartition(".") if "." in stem else stem.rpartition("_")
    return head if mark and head and tail.lower() in {*shop.languages, "ko", "en"} else stem


def slugify(words: str) -> str:
    """Words as the end of an address: small letters, digits and Korean, parted by hyphens."""
    return re.sub(r"[^\w]+|_+", "-", unicodedata.normalize("NFKC", words).lower()).strip("-")


def detect_language(text: str, shop: Shop) -> str:
    """The language an article is written in, one of the shop's: by its script first, else by its words."""
    hangul, latin = len(_HANGUL.findall(text)), len(_LATIN.findall(text))
    if hangul * 3 >= latin and hangul:  # a syllable is worth about three letters
        return "ko"
    others = [language for language in shop.languages if language != "ko"]
    if len(others) <= 1:
        return others[0] if others else "en"
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  loads a model of its own

    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE)
    identifier.set_languages(others)
    return str(identifier.classify(text)[0])
