"""Plots as SVG with text that stays text: they are there without a script, print, and are dark where the page is.

Widths are percentages without a `viewBox`, which would scale the letters, and colours are classes: the page allows no style of an
element.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

HEIGHT, ABOVE, BELOW = 150, 18, 22
SHADES = 8
"""Steps of colour in a table of counts."""


class Bar(NamedTuple):
    """A name, a count, its parts by their class, and where it leads."""

    name: str
    length: int
    parts: Sequence[tuple[str, int]]
    address: str = ""
    hint: str = ""


def figure(title: str, body: str, note: str = "", wide: bool = False) -> str:
    """A plot with its title."""
    kind = ' class="wide"' if wide else ""
    told = f"<p>{note}</p>" if note else ""
    return f"<figure{kind}><figcaption><h3>{escape(title)}</h3>{told}</figcaption>{body}</figure>"


def bars(rows: Sequence[Bar]) -> str:
    """Bars with names, the longest as wide as there is room."""
    most = max((row.length for row in rows), default=0) or 1
    out = []
    for row in rows:
        at, rects = 0.0, []
        for kind, count in row.parts:
            width = 100 * count / most
            if count:
                rects.append(f'<rect x="{at:.2f}%" width="{width:.2f}%" height="100%" class="{kind}"/>')
            at += width
        name = f'<a href="{escape(row.address)}">{escape(row.name)}</a>' if row.address else escape(row.name)
        hint = f' title="{escape(row.hint)}"' if row.hint else ""
        out.append(f'<dt{hint}>{name}</dt><dd><svg aria-hidden="true">{"".join(rects)}</svg><span>{row.length:,}</span></dd>')
    return f'<dl class="bars">{"".join(out)}</dl>'


def histogram(counts: Sequence[int], edges: Sequence[str], what: str, marks: Sequence[str] = ()) -> str:
    """Columns over steps. Heights are square roots, so that a column of few is seen beside one of many."""
    most = max(counts, default=0) or 1
    wide = 100 / max(1, len(counts))
    told = "; ".join(f"{edge}: {count:,}" for edge, count in zip(edges, counts, strict=True) if count)
    label = escape(f"{what}: {told or 'none'}")
    out = [f'<svg class="columns" role="img" height="{ABOVE + HEIGHT + BELOW}" aria-label="{label}">']
    base = ABOVE + HEIGHT
    out.append(f'<line x1="0" x2="100%" y1="{base}" y2="{base}"/>')
    crowded = len(counts) > 12
    for number, (count, edge) in enumerate(zip(counts, edges, strict=True)):
        height = HEIGHT * (count / most) ** 0.5
        left, middle = number * wide, (number + 0.5) * wide
        kind = marks[number] if marks else "plain"
        title = f"<title>{escape(edge)}: {count:,}</title>"
        where = f'x="{left + 0.4:.2f}%" y="{base - height:.1f}" width="{wide - 0.8:.2f}%" height="{height:.1f}"'
        out.append(f'<rect {where} class="{kind}">{title}</rect>')
        if count:
            small = ' class="few"' if crowded else ""
            out.append(f'<text{small} x="{middle:.2f}%" y="{base - height - 5:.1f}" text-anchor="middle">{short(count)}</text>')
        if not crowded or number % 4 == 0:
            out.append(f'<text class="edge" x="{middle:.2f}%" y="{base + 16}" text-anchor="middle">{escape(edge)}</text>')
    return "".join(out) + "</svg>"


def short(count: int) -> str:
    """A count in few characters: 950, 1.2k, 34k, 5.6M."""
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if count >= size:
            value = count / size
            return f"{value:.1f}{letter}" if value < 10 and count % size >= size / 20 else f"{value:.0f}{letter}"
    return str(count)


def shaded(
    rows: Iterable[str],
    columns: Sequence[str],
    counts: Mapping[tuple[str, str], int],
    addresses: Mapping[tuple[str, str], str],
    label: str,
) -> str:
    """A table of counts, the darker the more."""
    most = max(counts.values(), default=0) or 1
    heads = "".join(f'<th scope="col"><span>{escape(column)}</span></th>' for column in columns)
    body = []
    for row in rows:
        cells = []
        for column in columns:
            count = counts.get((row, column), 0)
            shade = max(1, round(SHADES * (count / most) ** 0.5)) if count else 0
            cells.append(
                f'<td class="s{shade}"><a href="{escape(addresses[row, column])}">{short(count)}</a></td>'
                if count
                else "<td></td>"
            )
        body.append(f'<tr><th scope="row" title="{escape(row)}">{escape(_cut(row))}</th>{"".join(cells)}</tr>')
    table = f'<table class="shaded"><thead><tr><td></td>{heads}</tr></thead><tbody>{"".join(body)}</tbody></table>'
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(label)}">{table}</div>'


def _cut(name: str, most: int = 32) -> str:
    return name if len(name) <= most else f"…{name[1 - most :]}"
