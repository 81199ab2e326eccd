"""The page: what the overview says, and what the script that shows articles must know."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Any

from lintnews.reports.html.gathered import CHUNK, Gathered
from lintnews.reports.html.overview import VERDICTS, notes, plots, table_of_rules, tiles
from lintnews.reports.html.scripts import script
from lintnews.reports.totals import Totals

_VERDICTS = list(VERDICTS)
MARK = "<!-- lintnews report -->"
"""What the page starts with: by that a folder is known to hold a report, which a new one may replace."""


def table(known: Gathered) -> list[list[Any]]:
    """The articles: path, title, source, words, characters, characters that go, edits, findings, verdict, spun, rules."""
    rules, sources = _numbered(known.rules()), _numbered(known.sources())
    return [
        [
            row["path"],
            row["title"],
            sources[row["source"]],
            row["words"],
            row["chars"],
            row["gone"],
            row["edits"],
            len(row["sure"]),
            _VERDICTS.index(row["verdict"]) if row["verdict"] else -1,
            row["spun"],
            sorted(rules[rule] for rule in row["rules"]),
        ]
        for row in known.rows
    ]


def page(known: Gathered, totals: Totals, data: str, note: str) -> str:
    """The page. It may load nothing but its own data, and run nothing but its own script."""
    asset = files("lintnews.reports.html")
    style = asset.joinpath("page.css").read_text("utf-8")
    told = {
        "data": data,
        "chunk": CHUNK,
        "rules": [[rule, *_words(totals, rule)] for rule in known.rules()],
        "sources": known.sources(),
        "verdicts": _VERDICTS,
    }
    code = f"const META={script(told)};\n{asset.joinpath('page.js').read_text('utf-8')}"
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(code)} 'self' file:; "
        "base-uri 'none'; form-action 'none'"
    )
    body = asset.joinpath("page.html").read_text("utf-8")
    filled = {
        "MARK": MARK,
        "POLICY": policy,
        "STYLE": style,
        "CODE": code,
        "TILES": tiles(known, totals),
        "PLOTS": plots(known, totals),
        "RULES": table_of_rules(totals),
        "NOTES": notes(totals, note),
    }
    parts = body.split("{{")
    return parts[0] + "".join(filled[name] + rest for name, _, rest in (part.partition("}}") for part in parts[1:]))


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _words(totals: Totals, rule: str) -> tuple[str, str]:
    count = totals.rules.get(rule)
    return (count.level, " ".join(count.why.split())) if count else ("", "")


def _numbered(names: list[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}
