"""Site-wide lines to a rule file, for people to read, to strike lines out of, and to keep beside their articles."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from lintnews.document import Document, Zone
from lintnews.evidence.sitelines.counting import SAFE
from lintnews.evidence.sitelines.lines import SiteLine, at_home
from lintnews.messages import number
from lintnews.rulebook.files import CLOSE, OPEN

_HEAD = """\
# {found} of {articles}, written by `lintnews learn`. Strike out what belongs to the articles.
message = "Line that stands in many articles of this site, not part of the article."
why = "What a publisher sets into every page is copied with it. These lines were counted over many articles, and weighed by \
place, company and wording; a line of the same words within a sentence, or in another zone, is left alone."
fix = "safe"
safe_at = {safe_at}
detect = "line"
"""
_BEFORE = "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on."
_AFTER = "Farmers had warned of this outcome since May, when the first wells ran dry and the seedlings in the north died."
MOST_EXAMPLES = 4
_PLACES: dict[Zone, str] = {
    "head": f"{OPEN}{{}}{CLOSE}\n\n{_BEFORE}\n\n{_AFTER}",
    "between": f"{_BEFORE}\n\n{OPEN}{{}}{CLOSE}\n\n{_AFTER}",
    "tail": f"{_BEFORE}\n\n{_AFTER}\n\n{OPEN}{{}}{CLOSE}",
}
_VALUES = {"number": "12", "month": "May", "day": "Monday"}


def unique(found: Iterable[SiteLine]) -> list[SiteLine]:
    """Each line once, from the site where most articles hold it; the most frequent first."""
    by_text: dict[tuple[str, bool], SiteLine] = {}
    for line in sorted(found, key=lambda line: (-line.articles, line.site)):
        by_text.setdefault((line.text, line.is_template), line)
    return sorted(by_text.values(), key=lambda line: (-line.articles, line.text))


def rule_file(lines: Sequence[SiteLine], articles: int) -> str:
    """A rule for these lines, of which there is at least one, learnt from so many articles."""
    found, read = number(len(lines), "line"), number(articles, "article")
    return "\n".join((_HEAD.format(found=found, articles=read, safe_at=SAFE), *_tables(lines), *_examples(lines)))


def _tables(lines: Sequence[SiteLine]) -> Iterator[str]:
    for (unsafe, zones), group in groupby(sorted(lines, key=_table), _table):
        members = list(group)
        yield f"# {'With --unsafe-fixes' if unsafe else 'Safe'}, {_where(zones)}."
        yield "[[with]]"
        yield f"confidence = {math.floor(100 * min(line.confidence for line in members)) / 100}"
        yield f"zone = {json.dumps(zones)}"
        for option, is_template in (("lines", False), ("templates", True)):
            rows = [line for line in members if line.is_template == is_template]
            if rows:
                yield f"{option} = ["
                yield from (f"  {_quoted(line.text)}, # {_counted(line)}" for line in rows)
                yield "]"
        yield ""


def _table(line: SiteLine) -> tuple[bool, tuple[Zone, ...]]:
    return line.confidence < SAFE, line.zones


def _where(zones: Sequence[Zone]) -> str:
    names: dict[Zone, str] = {"head": "above the article", "between": "inside it", "tail": "below it"}
    return " and ".join(names[zone] for zone in zones if zone in names)


def _counted(line: SiteLine) -> str:
    site = "".join(c if c.isprintable() else "?" for c in line.site)
    return f"{line.articles:,} of {line.of:,} articles" + (f" of {site}" if site else "")


def _quoted(text: str) -> str:
    """A string as TOML has it: as in JSON, but for the one control character that JSON lets through."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _examples(lines: Sequence[SiteLine]) -> Iterator[str]:
    examples = ((line, place.format(_filled(line))) for line in lines for zone, place in _PLACES.items() if zone in line.zones)
    for _, text in islice((e for e in examples if _is_found(*e)), MOST_EXAMPLES):
        yield f"[[bad]]\ntext = {_quoted(text)}\n"
    for line in lines[:2]:
        if OPEN not in line.text and CLOSE not in line.text:
            text = f"The sign on the door of the mill read “{_filled(line)}” in letters of red paint."
            yield f"[[good]]\ntext = {_quoted(text)}\n"


def _filled(line: SiteLine) -> str:
    text = line.text
    for name, value in _VALUES.items() if line.is_template else ():
        text = text.replace(f"{{{name}}}", value)
    return text


def _is_found(line: SiteLine, example: str) -> bool:
    """Whether the line in the example is a block of its own where it is at home."""
    if example.count(OPEN) != 1 or example.count(CLOSE) != 1:
        return False
    start, end = example.index(OPEN), example.index(CLOSE) - 1
    document = Document(example.replace(OPEN, "").replace(CLOSE, ""))
    return any((b.start, b.end) == (start, end) and at_home(document, b, line.zones) for b in document.blocks)
