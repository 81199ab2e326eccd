"""Fields of a row: how they are named, which ones the names suggest, and a text that stands in several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from lintnews.sources.source import Columns, Moved

_FIELD = re.compile(r'(?:"[^"]*"|[^",])+')
_KEY = re.compile(r'"([^"]+)"|([^."]+)')
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)", re.IGNORECASE)
_LIST = "[]"
BETWEEN = "\n\n"
"""What stands between the pieces of a text that is put together."""

TEXTS = (
    *("maintext", "text", "plaintext", "articleBody", "article_body", "content", "body", "article", "article_text", "full_text"),
    *("fulltext", "fullText", "main_content", "cleaned_text", "document", "story", "raw_content"),
)
"""What extractors and data sets call the article's text, the surest first. Never a summary or description: these are teasers."""
IDS = (
    *("id", "_id", "uuid", "guid", "doc_id", "docid", "article_id", "stories_id", "story_id", "uri", "warc_record_id"),
    *("url", "link", "canonical_link", "source_url"),
)
SITES = (
    *("domain", "hostname", "source_domain", "media_url", "site", "publisher", "publication", "media_name"),
    *("url", "link", "canonical_link", "source_url", "pageUrl", "href", "target_uri", "uri"),
)


class Field(NamedTuple):
    """Keys from the outermost in; `is_list`: a list of paragraphs stands there. `rows` lead to a list of rows in a document."""

    keys: tuple[str, ...]
    is_list: bool = False
    rows: tuple[str, ...] | None = None


def fields_of(names: str) -> tuple[Field, ...]:
    """The fields that are named: `text`, dotted `body.text`, `meta."dc.text"` with a dot in a key, `paras[]` for a list of
    paragraphs, `title,body` for several; and `articles[].text` in a document that has its rows in a list."""
    return tuple(_field(name.strip()) for name in _FIELD.findall(names))


def _field(name: str) -> Field:
    keys = keys_of(name)
    listed = [number for number, key in enumerate(keys[:-1]) if key.endswith(_LIST)]
    rows = None
    if listed:
        rows = tuple(key.removesuffix(_LIST) for key in keys[: listed[0] + 1] if key != _LIST)
        keys = keys[listed[0] + 1 :]
    is_list = bool(keys) and keys[-1].endswith(_LIST)
    return Field((*keys[:-1], *(key.removesuffix(_LIST) for key in keys[-1:])), is_list, rows)


def keys_of(field: str) -> list[str]:
    """The keys of a dotted name, from the outermost in; one that holds a dot stands in quotes, as in `meta."dc.text"`."""
    return [quoted or plain for quoted, plain in _KEY.findall(field)]


def suggested(names: Iterable[str], wanted: Sequence[str]) -> str:
    """The first of the wanted names that is there, as it is written there: exactly, or else in other letters; empty for none."""
    there = list(names)
    loose = {name.lower(): name for name in reversed(there)}
    return next((name for name in wanted if name in there), "") or next(
        (loose[name.lower()] for name in wanted if name.lower() in loose), ""
    )


def quoted(name: str) -> str:
    """A key as it stands in a dotted name."""
    return f'"{name}"' if re.search(r"[.,\[\]]", name) else name


def inside(value: Any, keys: Sequence[str]) -> Any:
    """What a row has there. Raises `KeyError` where there is nothing."""
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            raise KeyError(key)
        value = value[key]
    return value


def said(value: Any, name: str) -> str:
    """What a row has in a field, if that is a string, or a number; empty otherwise."""
    found = held(value, name) if name else ""
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return str(found) if isinstance(found, str) else ""


def held(value: Any, name: str) -> Any:
    """Whatever a row has in a field; None where it has nothing."""
    try:
        return inside(value, fields_of(name)[0].keys)
    except KeyError:
        return None


def host(site: str) -> str:
    """Of an address its host; any other text as it is."""
    found = _HOST.match(site)
    return found[1].lower() if found else site


class Text(NamedTuple):
    """A text of several pieces, and their spans."""

    text: str
    pieces: tuple[tuple[int, int], ...]


def joined(parts: Sequence[str]) -> Text:
    """One text of parts, with a blank line between those that are not empty."""
    pieces, at = [], 0
    for part in parts:
        start = at + len(BETWEEN) * bool(at and part)
        at = start + len(part)
        pieces.append((start, at))
    return Text(BETWEEN.join(filter(None, parts)), tuple(pieces))


def parted(old: str, pieces: Sequence[tuple[int, int]], new: str, moved: Moved) -> list[str]:
    """The parts of the new text that come of the old one's pieces."""
    parts, follows = [], len(new)
    for start, stop in reversed(pieces):
        whole = old[start:stop]
        if whole:
            at = moved(start) if start else 0
            part = new[at:follows]
            parts.append(whole if part in (whole, whole + BETWEEN) else part.strip("\n"))
            follows = at
        else:
            parts.append("")
    return parts[::-1]


def near(names: Iterable[str]) -> str:
    """The fields that there are, in words for a message."""
    return f" (fields here: {', '.join(map(str, names)) or 'none'})"


def told(columns: Columns, guessed: Columns) -> str:
    """What was guessed of the columns, in words; empty where nothing was, or what everybody would."""
    parts = []
    if not columns.text and guessed.text not in ("", "text"):
        parts.append(f"the text is read from {guessed.text!r} (--text-field names another)")
    return "; ".join(parts)
