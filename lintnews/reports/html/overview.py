"""What the overview shows: figures, plots, the rules with their reasons, and what could not be done."""

from __future__ import annotations

from collections import Counter
from html import escape
from urllib.parse import quote

from lintnews.messages import number
from lintnews.reports.html.charts import Bar, bars, figure, histogram, shaded
from lintnews.reports.html.gathered import Gathered
from lintnews.reports.totals import Totals

MOST_BARS, MOST_SOURCES, MOST_COLUMNS, MOST_CLUSTERS = 16, 14, 10, 10
VERDICTS = {
    "keep": "good as they are",
    "clean": "good once cleaned",
    "review": "for a person to look at",
    "drop": "no article",
}


def tiles(known: Gathered, totals: Totals) -> str:
    chars = sum(row["chars"] for row in known.rows) or 1
    gone = sum(row["gone"] for row in known.rows)
    safe = sum(count.safe for count in totals.rules.values())
    told = [
        (f"{totals.articles:,}", "article" if totals.articles == 1 else "articles"),
        (f"{sum(1 for row in known.rows if row['sure']):,}", "with findings"),
        (f"{totals.found:,}", "finding" if totals.found == 1 else "findings"),
        (f"{safe:,}", "with a safe fix"),
        (f"{100 * gone / chars:.1f} %", "of the text goes"),
    ]
    return "".join(f"<li><b>{value}</b> {what}</li>" for value, what in told)


def plots(known: Gathered, totals: Totals) -> str:
    made = [_by_rule(totals), _by_verdict(known), _by_share(known), _by_confidence(known), _by_spun(known), _by_cluster(known)]
    return "".join(made) + _by_source(known)


def _link(**filters: str) -> str:
    return "#/articles?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in filters.items())


def short_name(rule: str) -> str:
    """A rule's name in a plot."""
    return rule.removeprefix("boilerplate/")


def _by_rule(totals: Totals) -> str:
    found = sorted(totals.rules.items(), key=lambda item: (-item[1].found, item[0]))
    rows = [
        Bar(
            short_name(rule),
            count.found,
            (("safe", count.safe), ("unsafe", count.unsafe), ("none", count.found - count.safe - count.unsafe)),
            _link(rule=rule),
            rule,
        )
        for rule, count in found[:MOST_BARS]
    ]
    left = len(found) - len(rows)
    key = '<i class="safe"></i>safe fix <i class="unsafe"></i>unsafe fix <i class="none"></i>no fix'
    return figure("Findings by rule", bars(rows), key + (f"; {number(left, 'more rule')} below" if left > 0 else ""))


def _by_verdict(known: Gathered) -> str:
    counts = Counter(row["verdict"] for row in known.rows)
    rows = [Bar(f"{name}: {told}", counts[name], ((name, counts[name]),), _link(verdict=name)) for name, told in VERDICTS.items()]
    return figure("Verdicts", bars(rows), "What to do with each article.")


def _by_share(known: Gathered) -> str:
    counts = [0] * 11
    for row in known.rows:
        share = row["gone"] / row["chars"] if row["chars"] else 0
        counts[0 if not row["gone"] else min(10, 1 + int(10 * share))] += 1
    edges = ["none", *(f"{step}0" for step in range(1, 11))]
    marks = ["keep", *(["safe"] * 10)]
    plot = histogram(counts, edges, "Articles by share of text that goes, up to so many per cent", marks)
    return figure("Share of text that goes, by article", plot, "Up to so many per cent; heights are square roots.")


def _by_confidence(known: Gathered) -> str:
    counts = [0] * 10
    for row in known.rows:
        for sure in row["sure"]:
            counts[min(9, sure // 10)] += 1
    edges = [f"{step / 10:.1f}" for step in range(10)]
    first = next((step for step, count in enumerate(counts) if count), 0)
    plot = histogram(counts[first:], edges[first:], "Findings by confidence")
    return figure("Findings by confidence", plot, "The share of such findings that are right; heights are square roots.")


def _by_spun(known: Gathered) -> str:
    scores = [row["spun"] for row in known.rows if row["spun"]]
    if not scores:
        return ""
    counts = [0] * 10
    for score in scores:
        counts[min(9, int(10 * score))] += 1
    edges = [f"{step / 10:.1f}" for step in range(10)]
    plot = histogram(counts, edges, "Articles by how surely they are spun", ["unsafe"] * 10)
    return figure(
        "Spun articles, by how sure that is", plot, f"{number(len(known.rows) - len(scores), 'article')} not suspected."
    )


def _by_cluster(known: Gathered) -> str:
    clusters = known.repeats.clusters()
    if not clusters:
        return ""
    steps = (("2", 2, 2), ("3", 3, 3), ("4", 4, 4), ("5–9", 5, 9), ("10–99", 10, 99), ("100+", 100, 1 << 60))
    counts = [sum(1 for cluster in clusters if low <= cluster.size <= high) for _, low, high in steps]
    items = []
    for cluster in clusters[:MOST_CLUSTERS]:
        pages = [(path, known.numbers.get(path)) for path in cluster.paths]
        links = [f'<a href="#/a/{at}">{escape(path)}</a>' for path, at in pages[:3] if at is not None]
        more = f" and {number(len(pages) - 3, 'more article')}" if len(pages) > 3 else ""
        items.append(f"<li><b>{cluster.size:,} ×</b> <q>{escape(cluster.text)}</q> <small>{', '.join(links)}{more}</small></li>")
    plot = histogram(counts, [name for name, _, _ in steps], "Clusters by how many places are alike", ["unsafe"] * len(steps))
    largest = f'<details><summary>The largest clusters</summary><ol class="clusters">{"".join(items)}</ol></details>'
    return figure(
        "Clusters of repeats, by size", plot + largest, "Paragraphs and lines that stand more than once, joined to clusters."
    )


def _by_source(known: Gathered) -> str:
    rules, sources = known.rules()[:MOST_COLUMNS], known.sources()[:MOST_SOURCES]
    if len(known.articles_by_source) < 2 or not rules:
        return ""
    counts: Counter[tuple[str, str]] = Counter()
    addresses = {}
    for row in known.rows:
        for rule, kinds in row["rules"].items():
            counts[row["source"], short_name(rule)] += sum(kinds)
            addresses[row["source"], short_name(rule)] = _link(source=row["source"], rule=rule)
    columns = [short_name(rule) for rule in rules]
    shown = {pair: count for pair, count in counts.items() if pair[0] in sources and pair[1] in columns}
    note = "A source is a site where rows name one, else a folder or file."
    if len(known.articles_by_source) > len(sources):
        note += f" The {len(sources)} of {len(known.articles_by_source):,} with most articles."
    return figure(
        "Findings by source and rule", shaded(sources, columns, shown, addresses, "Findings by source and rule"), note, True
    )


def table_of_rules(totals: Totals) -> str:
    return "".join(
        f'<tr><th scope="row"><a href="{_link(rule=rule)}">{escape(rule)}</a></th><td>{count.level}</td><td>{count.found:,}</td>'
        f"<td>{count.safe:,}</td><td>{count.unsafe:,}</td><td>{escape(' '.join(count.why.split()))}</td></tr>"
        for rule, count in sorted(totals.rules.items(), key=lambda item: (-item[1].found, item[0]))
    )


def notes(totals: Totals, note: str) -> str:
    told = [f"<p>{escape(note[0].upper() + note[1:])}.</p>"] if note else []
    if totals.errors:
        lines = "".join(f"<li>{escape(': '.join(filter(None, (error['path'], error['error']))))}</li>" for error in totals.errors)
        summary = f"{number(len(totals.errors), 'thing')} could not be done"
        told.append(f"<details><summary>{summary}</summary><ul>{lines}</ul></details>")
    return f'<aside class="notes" aria-label="Notes">{"".join(told)}</aside>' if told else ""
