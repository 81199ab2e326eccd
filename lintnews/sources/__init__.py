"""Files to articles and back: one module a file format.

Read `source` (what a format does), `text`, `jsonl`, then `fields` (where a row has its text) and the other formats of rows.
"""

from __future__ import annotations

from collections.abc import Mapping

SOURCES: Mapping[str, str] = {
    ".txt": "lintnews.sources.text:TextSource",
    ".text": "lintnews.sources.text:TextSource",
    ".md": "lintnews.sources.text:TextSource",
    ".markdown": "lintnews.sources.text:TextSource",
    ".jsonl": "lintnews.sources.jsonl:JsonlSource",
    ".ndjson": "lintnews.sources.jsonl:JsonlSource",
    ".json": "lintnews.sources.json:JsonSource",
    ".csv": "lintnews.sources.csv:CsvSource",
    ".tsv": "lintnews.sources.csv:CsvSource",
    ".parquet": "lintnews.sources.table:TableSource",
    ".arrow": "lintnews.sources.table:TableSource",
    ".html": "lintnews.sources.html:HtmlSource",
    ".htm": "lintnews.sources.html:HtmlSource",
    ".xhtml": "lintnews.sources.html:HtmlSource",
    ".warc": "lintnews.sources.warc:WarcSource",
    ".wet": "lintnews.sources.warc:WarcSource",
    ".rss": "lintnews.sources.feed:FeedSource",
    ".atom": "lintnews.sources.feed:FeedSource",
    ".feather": "lintnews.sources.table:TableSource",
}
"""The built-in sources by file name ending; each is imported when a file first needs it."""
