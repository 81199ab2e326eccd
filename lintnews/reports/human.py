"""Diagnostics for people: each with its place in the text and the reason, or on one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lintnews.diagnostic import Diagnostic, Level
from lintnews.document import Document
from lintnews.messages import number
from lintnews.reports.report import Checked
from lintnews.reports.terminal import Terminal, fit, flat
from lintnews.reports.totals import Totals

_MARKS: dict[Level, str] = {"error": "^", "warning": "^", "info": "-"}
_CONTEXT = 20
"""Columns shown before a span that stands far inside a long line."""
LEAST_WIDTH = 40
MANY, LISTED, LONGEST_WORD = 6, 8, 40
"""Words of one rule in an article from which they are a table, how many it has, and the characters of the longest."""
FULL, PLACES = 3, 8
"""Findings of one rule in an article that are shown in full, and the lines that are named of the others."""


class ConciseReport:
    """One line a diagnostic."""

    separator = ""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    def head(self) -> str:
        """Nothing."""
        return ""

    def article(self, checked: Checked) -> str:
        """The article's diagnostics, a line each."""
        paint = self.terminal.paint
        return "".join(
            f"{paint('bold', f'{d.path}:{d.line}:{d.column}')}: {paint(d.level, d.level)} "
            f"{fit(f'{d.rule}{_fixable(d)} {d.message}')}\n"
            for d in checked.diagnostics
        )

    def foot(self, totals: Totals) -> str:
        """The counts."""
        return "" if self.terminal.quiet else counts(totals)


class FullReport:
    """Each diagnostic with the source line, its span marked, and, the first time in an article, the reason.

    Where a rule has something to suggest for many words of an article, the surest are a table in the place of the first. Of other
    findings that are many of a kind, some are shown, and the lines of the others named.
    """

    separator = ""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    def head(self) -> str:
        """Nothing."""
        return ""

    def article(self, checked: Checked) -> str:
        """The article's diagnostics."""
        explained: set[str] = set()
        words: dict[str, list[Diagnostic]] = {}
        for d in checked.diagnostics if not self.terminal.verbose else ():
            if d.suggestions and len(d.text) <= LONGEST_WORD:
                words.setdefault(d.rule, []).append(d)
        tables = {rule: found for rule, found in words.items() if len(found) >= MANY}
        parts = []
        others = {} if self.terminal.verbose else self._others(checked.diagnostics, tables)
        for d in checked.diagnostics:
            table, left = tables.get(d.rule, []), others.get(d.rule, [])
            if d in table:
                parts += [self._table(table, checked)] if d is table[0] else []
            elif d not in left:
                parts.append(self._diagnostic(d, checked, explained))
            elif d is left[0]:
                parts.append(self._lines(left))
        return "".join(parts)

    def _others(
        self, diagnostics: Sequence[Diagnostic], tables: Mapping[str, Sequence[Diagnostic]]
    ) -> Mapping[str, Sequence[Diagnostic]]:
        """By rule the findings that are not shown in full, where these are more than one."""
        found: dict[str, list[Diagnostic]] = {}
        for d in diagnostics:
            if d not in tables.get(d.rule, []):
                found.setdefault(d.rule, []).append(d)
        return {rule: alike[FULL:] for rule, alike in found.items() if len(alike) > FULL + 1}

    def _lines(self, others: Sequence[Diagnostic]) -> str:
        paint, first = self.terminal.paint, others[0]
        lines = list(dict.fromkeys(d.line for d in others))
        named = ", ".join(map(str, lines[:PLACES])) + (", …" if len(lines) > PLACES else "")
        where = f"in {'line' if len(lines) == 1 else 'lines'} {named}"
        what = f"{paint(first.level, first.level)} {fit(first.rule)}: {len(others)} more, {where}"
        return f"{paint('bold', first.path)} {what}; {paint('dim', 'each with --verbose')}\n\n"

    def foot(self, totals: Totals) -> str:
        """The counts."""
        return "" if self.terminal.quiet else counts(totals)

    def _diagnostic(self, d: Diagnostic, checked: Checked, explained: set[str]) -> str:
        paint = self.terminal.paint
        place = paint("bold", f"{d.path}:{d.line}:{d.column}")
        number = str(d.line)
        gutter = " " * len(number)
        line, mark, more = excerpt(d, checked.document, max(self.terminal.width, LEAST_WIDTH) - len(number) - 4)
        out = [
            f"{place} {paint(d.level, d.level)} {fit(f'{d.rule}: {d.message}')}\n",
            f" {number} {paint('dim', '|')} {line}\n",
            f" {gutter} {paint('dim', '|')} {paint(d.level, mark)}{more}\n",
        ]
        rule = checked.rules.get(d.rule)
        if rule and d.rule not in explained:
            explained.add(d.rule)
            out.append(f" {gutter} {paint('dim', '= ' + first_sentence(rule.why))}\n")
        for related in d.related:
            where = f"{related.path or d.path}:{related.line}"
            out.append(f" {gutter} {paint('dim', '= see also ' + where)}\n")
        if d.suggestions:
            out.append(f" {gutter} {paint('dim', '= try: ' + ', '.join(d.suggestions[:3]))}\n")
        if d.fix:
            option = "--fix" if d.fix.safety == "safe" else "--unsafe-fixes"
            out.append(f" {gutter} {paint('dim', f'= {d.fix.safety} fix with {option}')}\n")
        return "".join([*out, "\n"])

    def _table(self, words: Sequence[Diagnostic], checked: Checked) -> str:
        paint, first = self.terminal.paint, words[0]
        listed = sorted(sorted(words, key=lambda d: -d.confidence)[:LISTED], key=lambda d: d.start)
        place = max(len(f"{d.line}:{d.column}") for d in listed)
        width = max(len(fit(d.text)) for d in listed)
        rule = checked.rules.get(first.rule)
        out = [f"{paint('bold', fit(first.path))} {paint(first.level, first.level)} {fit(first.rule)}: {len(words)} words\n"]
        out += [
            f" {f'{d.line}:{d.column}':>{place}} {paint('dim', '|')} {fit(d.text):<{width}}  "
            f"{paint('dim', 'try: ' + ', '.join(d.suggestions[:3]))}\n"
            for d in listed
        ]
        gutter = " " * (place + 1)
        if left := len(words) - len(listed):
            out.append(f"{gutter} {paint('dim', f'= {left} more with --verbose')}\n")
        if rule:
            out.append(f"{gutter} {paint('dim', '= ' + first_sentence(rule.why))}\n")
        return "".join([*out, "\n"])


def excerpt(d: Diagnostic, document: Document | None, width: int) -> tuple[str, str, str]:
    """The diagnostic's first line, cut to a width in columns around the span; the marks under it; what the marks leave out."""
    text, start, end = (document.text, d.start, d.end) if document else (d.text, 0, len(d.text))
    # Only the part that can be shown is looked at: a line may be megabytes long.
    before = text[max(0, start - width) : start]
    before = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
    span = text[start : min(end, start + width + 1)]
    inner = _first_line(span)
    after = "" if inner < len(span) else text[end : end + width]
    after = after[: _first_line(after)]
    whole_lines = end - start > inner and inner < len(span)
    span = span[:inner]
    line_start = start - len(before)
    cut_left = line_start > 0 and text[line_start - 1] not in "\r\n"
    if _columns(before + span) > width - 2 or cut_left:
        before = "…" + before[-_CONTEXT:] if len(before) > _CONTEXT else before
    room = width - _columns(before) - 1
    shown, cut = _fit(span, room)
    tail, tail_cut = _fit(after, room - _columns(shown)) if not cut else ("", True)
    line = flat(before) + flat(shown) + flat(tail) + ("…" if cut or tail_cut else "")
    mark = " " * _columns(before) + _MARKS[d.level] * max(1, _columns(shown))
    more = f" … to line {d.end_line}" if whole_lines and d.end_line > d.line else " …" if cut else ""
    return line, mark, more


def _first_line(text: str) -> int:
    ends = [at for at in (text.find("\n"), text.find("\r")) if at >= 0]
    return min(ends, default=len(text))


def _fit(text: str, room: int) -> tuple[str, bool]:
    """The start of a text that fits, and whether something was left out."""
    kept = text[: max(room, 0)]
    while kept and _columns(kept) > room:
        kept = kept[:-1]
    return kept, len(kept) < len(text)


def _columns(text: str) -> int:
    """Terminal columns that a text takes; wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(0 if category(c) in ("Mn", "Me") else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def first_sentence(text: str) -> str:
    """The reason in short."""
    head, dot, _ = " ".join(text.split()).partition(". ")
    return head + dot.rstrip()


def _fixable(d: Diagnostic) -> str:
    return f" [{d.fix.safety} fix]" if d.fix else ""


def counts(totals: Totals) -> str:
    """What was found, fixed and left, in a sentence or two."""
    if not totals.articles and totals.errors:
        return ""  # nothing was looked at, and that was told
    checked = number(totals.articles, "article")
    made = f"Made {number(totals.edits, 'edit')} in {number(totals.changed, 'article')}. " if totals.edits else ""
    held = _held(totals)
    if not totals.found:
        return f"{made}Nothing {('new ' if totals.known else '') + ('left' if totals.edits else 'found')} in {checked}.{held}\n"
    levels = {level: sum(c.found for c in totals.rules.values() if c.level == level) for level in ("error", "warning", "info")}
    listed = ", ".join(number(n, level) if level != "info" else f"{n:,} info" for level, n in levels.items() if n)
    safe = sum(c.safe for c in totals.rules.values())
    unsafe = sum(c.unsafe for c in totals.rules.values())
    fixes = [f"{safe:,} can be fixed with --fix"] if safe else []
    if unsafe:
        fixes.append(f"{unsafe:,} {'more ' if safe else 'can be fixed '}with --unsafe-fixes")
    found = f"Found {number(totals.found, 'problem')} ({listed}) in {totals.affected:,} of {checked}."
    return f"{made}{found}{' ' + ', '.join(fixes) + '.' if fixes else ''}{held}\n"


def _held(totals: Totals) -> str:
    """What was held back, in a sentence."""
    known = [f"{totals.known:,} in the baseline"] if totals.known else []
    silenced = [f"{totals.silenced:,} silenced"] if totals.silenced else []
    return f" Held back: {', '.join([*known, *silenced])}." if totals.known or totals.silenced else ""
