"""Writes the pages of the site to `build/docs`, from the project's own files: `python docs/website.py`; `poe site` builds it.

README is the front page, the pages of this folder are guides and contracts, and each rule file becomes a page of its own.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import MISSING
from html import escape
from itertools import groupby
from pathlib import Path
from posixpath import normpath, relpath
from typing import Any

from lintnews.rulebook.options import made, option_fields
from lintnews.rulebook.rule import Bad, Rule
from lintnews.settings.linters import all_rules

ROOT = Path(__file__).parent.parent
SITE = ROOT / "build" / "docs"
HOME = "https://github.com/lintnews/lintnews/blob/main/"
PAGES = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "rules/README.md": "write-a-rule.md",
}
"""Pages that stand elsewhere, and where they go; those of `docs/` keep their names."""
FAMILIES = {
    "boilerplate": ("What is not the article: one rule a kind.", "boilerplate.md"),
    "duplicate": ("What stands twice, in an article or across articles.", "duplicates.md"),
    "grammar": ("What a grammar checker says, less what it gets wrong in news.", "grammar.md"),
    "quality": ("The filters of Gopher, C4 and FineWeb.", "verdict.md"),
    "readability": ("Sentences that are too long.", "verdict.md"),
    "spun": ("Articles whose words a program swapped, and the words.", "spun.md"),
    "structure": ("Lists that are torn from their lead-in.", "boilerplate.md"),
    "text": ("Mojibake, leftover HTML, garbled and cut-off text.", "text.md"),
}
"""What a family finds, and the page that says how well it does."""
FIXES = {
    "safe": "safe from a confidence of {at:g}, and then made by `clean` and `check --fix`; below it unsafe",
    "unsafe": "unsafe, made with `--unsafe-fixes`",
    "none": "none; it only tells",
}
MOST_EXAMPLES, LONGEST_VALUE = 4, 60
_LINK = re.compile(r"(\]\()([^)\s]+)(\))")


def pages() -> dict[str, str]:
    """The text of each page by where it goes."""
    sources = {**PAGES, **{f"docs/{path.name}": path.name for path in sorted((ROOT / "docs").glob("*.md"))}}
    found = {there: _moved((ROOT / here).read_text("utf-8"), here, sources) for here, there in sources.items()}
    rules = all_rules()
    found["rules/index.md"] = index(rules)
    return {**found, **{f"rules/{rule.id}.md": rule_page(rule) for rule in rules}}


def index(rules: tuple[Rule, ...]) -> str:
    """All rules by family."""
    lines = ["# Rules\n\nEach has a page: its reason, what it finds and leaves alone, its options, how to switch it off.\n"]
    for family, members in groupby(rules, key=lambda rule: rule.family):
        what, measured = FAMILIES[family]
        lines.append(f"\n## {family}\n\n{what} How well that goes: [measured](../{measured}).\n\n")
        lines.append("| rule | what it finds | fix | on |\n|---|---|---|---|\n")
        for rule in members:
            on = "yes" if rule.default else "when named"
            lines.append(f"| [{rule.id}]({rule.id}.md) | {_cell(_general(rule.message))} | {rule.fix} | {on} |\n")
    return "".join(lines)


def rule_page(rule: Rule) -> str:
    """A rule: reason, facts, examples, options, how to switch it off."""
    up = "../" * rule.id.count("/")
    facts = [
        f"- **Level**: {rule.level}",
        f"- **On by default**: {'yes' if rule.default else f'no; name it with `--extend-select {rule.id}`'}",
        f"- **Fix**: {FIXES[rule.fix].format(at=rule.safe_at)}",
        f"- **Confidence**: {rule.confidence:g} where a finding does not say better"
        + (", weighed with the line model" if rule.weighed else ""),
        f"- **Detector**: `{rule.detect}`",
        f"- **How well the family does on sites that it was not made on**: [measured]({up}../{FAMILIES[rule.family][1]})",
    ]
    if rule.reference:
        facts.append(f"- **Reference**: {rule.reference}")
    parts = [f"# {rule.id}\n\n{_general(rule.message)}\n\n{_words(rule.why)}\n\n" + "\n".join(facts) + "\n"]
    parts += ["\n## What it finds\n", *(_found(bad) for bad in rule.bad[:MOST_EXAMPLES])]
    if rule.good:
        parts += ["\n## What it leaves alone\n", *(f"\n{_block(escape(good))}\n" for good in rule.good[:MOST_EXAMPLES])]
    parts += [_options(rule), _switching_off(rule)]
    return "".join(parts)


def _found(bad: Bad) -> str:
    marked = escape(bad.text).replace("⟦", "<mark>").replace("⟧", "</mark>")
    after = f"\nAfter the fix:\n\n{_block(escape(bad.fixed))}\n" if bad.fixed is not None else ""
    return f"\n{_block(marked)}\n{after}"


def _block(html: str) -> str:
    """Text as it stands. Empty lines would end the block in the eyes of Markdown."""
    return f"---\n\n<pre>{html.strip(chr(10)).replace(chr(10), '&#10;')}</pre>"


def _options(rule: Rule) -> str:
    own: dict[str, str] = {
        "level": rule.level,
        "fix": rule.fix,
        "confidence": f"{rule.confidence:g}",
        "safe-at": f"{rule.safe_at:g}",
    }
    for detector, given in zip(rule.detectors, rule.options, strict=True):
        for field in option_fields(type(made(detector))):
            if field.name != "confidence":
                default = None if field.default is MISSING else field.default
                own[field.name.replace("_", "-")] = _value(given.get(field.name, default))
    rows = "".join(f"| `{name}` | {value} |\n" for name, value in own.items())
    return f'\n## Options\n\nIn a table `[rules."{rule.id}"]` of the configuration:\n\n| option | here |\n|---|---|\n{rows}'


def _value(value: Any) -> str:
    """An option's value in a cell; of a long list how long it is."""
    if isinstance(value, Mapping) or (isinstance(value, (list, tuple)) and len(str(value)) > LONGEST_VALUE):
        return f"{len(value):,} of them, see the rule file"
    return "–" if value is None or value in ((), [], "") else f"`{_cell(str(value))}`"


def _switching_off(rule: Rule) -> str:
    more = f"../{'../' * rule.id.count('/')}adopt.md"
    return (
        f"\n## Switch it off\n\nFor all files, for some, and for one text with a reason ([more]({more})):\n\n"
        f'```toml\nignore = ["{rule.id}"]\nper-file-ignores = {{ "opinion/**" = ["{rule.id}"] }}\n\n'
        f'[[allow]]\nrule = "{rule.id}"\ntext = "words that it holds"\nreason = "why that is right as it stands"\n```\n'
    )


def _moved(text: str, here: str, sources: Mapping[str, str]) -> str:
    """A page with its links as they are where it goes; what has no page is linked where the code is."""

    def link(found: re.Match[str]) -> str:
        address, mark, anchor = found[2].partition("#")
        if "://" in address or not address:
            return found[0]
        target = normpath(f"{Path(here).parent.as_posix()}/{address}")
        there = sources.get(target)
        if there is None and target.startswith("docs/pictures/"):
            there = target.removeprefix("docs/")
        new = HOME + target if there is None else relpath(there, Path(sources[here]).parent.as_posix())
        return f"{found[1]}{new}{mark}{anchor}{found[3]}"

    return _LINK.sub(link, text)


def _general(message: str) -> str:
    return re.sub(r"\{\w+\}", "…", message)


def _words(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _files() -> Iterator[Path]:
    pictures = ROOT / "docs" / "pictures"
    return iter(sorted(path for path in pictures.glob("*") if path.suffix in (".svg", ".png")))


def write() -> None:
    """All pages and pictures, anew."""
    shutil.rmtree(SITE, ignore_errors=True)
    for name, text in pages().items():
        path = SITE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for picture in _files():
        (SITE / "pictures").mkdir(exist_ok=True)
        shutil.copy(picture, SITE / "pictures")


if __name__ == "__main__":
    write()
