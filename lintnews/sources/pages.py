"""Pages of the web to texts: what an extractor takes for the article, and what it knows of it. Needs the extra `html`."""

from __future__ import annotations

import logging
import pickle
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Literal, NamedTuple

from lintnews.files.encoding import MissingError
from lintnews.files.hashing import digest
from lintnews.sources.fields import host
from lintnews.sources.source import Record

Extractor = Literal["trafilatura", "resiliparse"]
NEEDS = "pages need a package: pip install 'lintnews[html]'"
_NEXT = re.compile(r"(?<!\n)\n(?![-|\n])")
"""A line feed after which neither an item of a list nor a row of a table follows."""
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


class Page(NamedTuple):
    """A text out of a page, and what the page says of it; empty where it doesn't."""

    text: str
    title: str = ""
    author: str = ""
    date: str = ""
    url: str = ""
    site: str = ""


def extracted(data: bytes, url: str = "", by: str = "trafilatura") -> Page:
    """The article of a page, in whatever encoding it is. Raises `MissingError`; a page without an article has an empty text."""
    return _by_trafilatura(data, url) if by == "trafilatura" else _by_resiliparse(data, url)


def record(page: Page, source: Mapping[str, Any], by: str, **where: Any) -> Record:
    """The record of a page: its bytes are the text's, as the page itself is never written."""
    known = {name: value for name, value in page._asdict().items() if name != "text" and value}
    site = host(page.url) if _SCHEME.match(page.url) else page.site
    about = {**known, **source, "extractor": version(by)}
    if not page.text.strip():
        return Record(b"", about=about, problem="no article is found in the page, and it is left out", is_grave=False, **where)
    return Record(page.text.encode(), page.text, id=page.url, site=site, about=about, **where)


def of(data: bytes) -> dict[str, str]:
    """By what the page that a text was taken from is known again."""
    return {"source_xxh3": digest(data)}


def version(by: str) -> str:
    """An extractor with its version: other versions give other texts."""
    from importlib.metadata import version as of_package

    return f"{by} {of_package(by)}" if by else ""


def decoded(data: bytes) -> str:
    """A page's text, in the encoding that it declares or looks like."""
    try:
        from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    except ImportError:
        raise MissingError(NEEDS) from None
    if b"\x1b" not in data:  # as in encodings of seven bits
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8-sig")  # what is UTF-8 throughout is hardly ever anything else, whatever it declares
    return str(bytes_to_str(data, detect_encoding(data, from_html_meta=True) or "utf-8"))


def _by_trafilatura(data: bytes, url: str) -> Page:
    """Without comments, and without the memory of earlier pages that it calls deduplication."""
    try:
        from trafilatura import bare_extraction
    except ImportError:
        raise MissingError(NEEDS) from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what goes wrong is told by us
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    given = decoded(data)
    found: Any = bare_extraction(given, url=url or None, include_comments=False, deduplicate=False, with_metadata=True)
    if found is None:
        return Page("", url=url)
    said = {name: str(getattr(found, name) or "") for name in ("title", "author", "date", "url")}
    return Page(
        _apart(_clean(found.text)), **{**said, "url": url or said["url"]}, site=str(found.sitename or found.hostname or "")
    )


def _by_resiliparse(data: bytes, url: str) -> Page:
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.html import HTMLTree
    except ImportError:
        raise MissingError(NEEDS) from None
    tree = HTMLTree.parse(decoded(data))
    text = extract_plain_text(tree, main_content=True, alt_texts=False, preserve_formatting=True)
    meta = dict(_meta(tree))
    return Page(
        _clean(text),
        title=meta.get("og:title") or str(tree.title or "").strip(),
        author=meta.get("author", ""),
        date=meta.get("article:published_time", ""),
        url=url or meta.get("og:url", ""),
        site=meta.get("og:site_name", ""),
    )


def _meta(tree: Any) -> Iterator[tuple[str, str]]:
    for element in tree.head.get_elements_by_tag_name("meta") if tree.head else ():
        name = element.getattr("property") or element.getattr("name")
        if name and (content := element.getattr("content")):
            yield name.lower(), content.strip()


def _apart(text: str) -> str:
    """A text that has a block a line, with blank lines between its blocks; lists and tables stay together."""
    return _NEXT.sub("\n\n", text)


def _clean(text: str | None) -> str:
    """A text that can be stored: without half characters."""
    return (text or "").encode("utf-8", "ignore").decode()


def packed(rows: list[Any]) -> bytes:
    """Pages on their way to another process of ours."""
    return pickle.dumps(rows)


def unpacked(data: bytes) -> list[Any]:
    """What `packed` was given."""
    rows: list[Any] = pickle.loads(data)
    return rows
