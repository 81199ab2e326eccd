"""Pages, archives and feeds: the article is read, what is known of it goes along, and none of them is ever written."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import put, run, tree

for needed in ("trafilatura", "resiliparse", "fastwarc", "feedparser"):
    pytest.importorskip(needed, reason="needs lintnews[html]")

FIRST = "The mill on the river closed in May, eighty years after it had opened, and some two hundred people lost their work."
LAST = "The town council will meet on Monday to talk about the site, the mayor said, and whoever wants to come is welcome."
MIDDLE = "It had stood empty for most of the winter, said the owner, who had hoped that somebody would buy it before the spring."


def page(
    title: str = "Mill closes", url: str = "https://www.echo.example/news/mill", more: str = "", charset: str = "utf-8"
) -> str:
    head = f'<meta charset="{charset}"><title>{title}</title><link rel="canonical" href="{url}">'
    said = '<meta name="author" content="Anna Reyes"><meta property="article:published_time" content="2023-05-12T08:00:00Z">'
    text = f"<p>{FIRST}</p><p>Share this article</p><p>{MIDDLE}{more}</p><p>{LAST}</p>"
    comments = '<div id="comments"><p>First comment, by a reader who has much to say about mills and other things.</p></div>'
    body = f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{text}</article>{comments}<footer>Echo 2023</footer>"
    return f'<!doctype html><html lang="en"><head>{head}{said}</head><body>{body}</body></html>'


def response(number: int, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = "") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(body)}\r\n\r\n".encode() + body
    return warc("response", number, http, "application/http; msgtype=response")


def warc(kind: str, number: int, content: bytes, content_type: str) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://www.echo.example/{number}\r\n"
        f"WARC-Date: 2023-05-12T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{number:08}-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def archive() -> bytes:
    """Two pages with an article, and much that is none, each packed by itself as crawlers do it."""
    pages = [page(more=f" It was number {number}.").encode() for number in range(3)]
    records = [
        warc("warcinfo", 0, b"software: x\r\n", "application/warc-fields"),
        warc("request", 1, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "application/http; msgtype=request"),
        response(1, pages[0]),
        response(2, gzip.compress(pages[1]), more="Content-Encoding: gzip\r\n"),
        response(3, b"\x89PNG", "image/png"),
        response(4, b"<html><body>moved</body></html>", status="301 Moved Permanently"),
        response(5, b"<html><body></body></html>"),
        response(6, pages[2]),
    ]
    return b"".join(map(gzip.compress, records))


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("extractor", ["trafilatura", "resiliparse"])
def test_the_article_of_a_page_is_exported_with_what_the_page_says(tmp_path: Path, extractor: str) -> None:
    put(tmp_path / "in" / "a.html", page())
    done = run("clean", "--isolated", "in", "-o", "out", "--format", "jsonl", "--extractor", extractor, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (row,) = rows(tmp_path / "out" / "articles.jsonl")
    assert f"{FIRST}\n\n{MIDDLE}\n\n{LAST}" in row["text"]
    assert "Share this article" not in row["text"]
    assert ("First comment" in row["text"]) == (extractor == "resiliparse")
    known = row["fields"]
    assert (known["title"], known["author"]) == ("Mill closes", "Anna Reyes")
    assert known["date"].startswith("2023-05-12")
    assert known["extractor"].startswith(f"{extractor} ")
    assert run("restore", "out", "-o", "again", cwd=tmp_path).returncode == 0
    assert "Share this article" in rows(tmp_path / "again" / "articles.jsonl")[0]["text"]


def test_a_page_becomes_a_text_that_is_restored(tmp_path: Path) -> None:
    put(tmp_path / "a.html", page())
    assert run("clean", "--isolated", "a.html", "-o", "out", "--format", "txt", cwd=tmp_path).returncode == 0
    cleaned = (tmp_path / "out" / "a.html.txt").read_text()
    assert "Share this article" not in cleaned
    entry = json.loads((tmp_path / "out" / "lintnews-ledger.jsonl").read_text().splitlines()[0])
    assert (entry["path"], entry["extractor"][:12], len(entry["source_xxh3"])) == ("a.html.txt", "trafilatura ", 16)
    assert run("restore", "out", "-o", "again", cwd=tmp_path).returncode == 0
    assert "Share this article" in (tmp_path / "again" / "a.html.txt").read_text()


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_an_archive_becomes_a_corpus_in_one_step(tmp_path: Path, name: str) -> None:
    put(tmp_path / name, archive() if name.endswith(".gz") else gzip.decompress(archive()))
    done = run("clean", "--isolated", name, "-o", "out", "--format", "jsonl", "--columns", "verdict", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count(b"no article is found in the page") == 1
    found = rows(tmp_path / "out" / "articles.jsonl")
    assert [row["id"][-2:] for row in found] == ["/1", "/2", "/6"]
    assert all(row["site"] == "echo.example" and "Share this" not in row["text"] and row["verdict"] for row in found)
    assert found[1]["fields"]["warc_record_id"].startswith("<urn:uuid:00000002")


def test_pages_that_share_a_paragraph_are_compared(tmp_path: Path) -> None:
    put(tmp_path / "a.warc.gz", archive())
    options = ("--isolated", "--select", "duplicate/shared-paragraph,duplicate/shared-article", "--output-format", "concise")
    assert b"a.warc.gz#" in run("check", "a.warc.gz", *options, cwd=tmp_path).stdout


def test_texts_of_an_archive_are_read_as_they_are(tmp_path: Path) -> None:
    text = f"Home\n{FIRST}\n{MIDDLE}\n{LAST}\n".encode()
    records = [warc("conversion", number, text, "text/plain") for number in (1, 2)]
    put(tmp_path / "a.warc.wet.gz", b"".join(map(gzip.compress, records)))
    assert run("clean", "--isolated", "a.warc.wet.gz", "-o", "out", "--format", "jsonl", cwd=tmp_path).returncode == 0
    assert [MIDDLE in row["text"] for row in rows(tmp_path / "out" / "articles.jsonl")] == [True, True]


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Echo</title>
<item><title>Mill &lt;b&gt;closes&lt;/b&gt;</title><link>https://www.echo.example/1</link><author>Anna Reyes</author>
<pubDate>Fri, 12 May 2023 08:00:00 GMT</pubDate>
<content:encoded><![CDATA[<p>{FIRST}</p><p>Share this article</p><p>{MIDDLE}</p>]]></content:encoded></item>
<item><title>Teaser</title><link>https://www.echo.example/2</link><description>{LAST}</description></item></channel></rss>"""


def test_the_entries_of_a_feed(tmp_path: Path) -> None:
    put(tmp_path / "a.rss", RSS)
    done = run("clean", "--isolated", "a.rss", "-o", "out", "--format", "jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    first, second = rows(tmp_path / "out" / "articles.jsonl")
    assert first["text"] == f"{FIRST}\n\n{MIDDLE}"
    assert (first["fields"]["title"], first["site"], second["text"]) == ("Mill closes", "echo.example", LAST)
    put(tmp_path / "b.rss", "no feed at all")
    done = run("check", "--isolated", "b.rss", cwd=tmp_path)
    assert (done.returncode, b"b.rss: is no feed that can be read" in done.stderr) == (2, True)


@pytest.mark.parametrize("charset", ["windows-1251", "utf-8", "utf-16"])
def test_a_page_is_read_in_its_own_encoding(tmp_path: Path, charset: str) -> None:
    russian = " Президент подписал закон, который вступит в силу в понедельник, сказал министр."
    put(tmp_path / "a.html", page(more=russian, charset=charset).encode(charset))
    assert run("clean", "--isolated", "a.html", "-o", "out", "--format", "jsonl", cwd=tmp_path).returncode == 0
    assert russian.strip() in rows(tmp_path / "out" / "articles.jsonl")[0]["text"]


def test_pages_are_never_written_back(tmp_path: Path) -> None:
    put(tmp_path / "a.html", page())
    for command in (("check", "--fix"), ("clean", "--in-place"), ("clean", "-o", "out")):
        done = run(*command, "--isolated", "a.html", cwd=tmp_path)
        assert (done.returncode, b"a.html: is of a kind that is never written back" in done.stderr) == (2, True), command
    put(tmp_path / "b.txt", FIRST)
    done = run("check", "--fix", "--isolated", ".", cwd=tmp_path)
    assert (done.returncode, done.stderr.count(b"pages and archives are passed over")) == (0, 1)
    assert (tmp_path / "a.html").read_text() == page()


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_of_an_archive_that_is_cut_short_the_pages_before_are_read_and_it_is_told(tmp_path: Path, name: str) -> None:
    data = archive()
    data = data if name.endswith(".gz") else gzip.decompress(data)
    put(tmp_path / name, data[: len(data) - (60 if name.endswith(".gz") else 400)])
    done = run("check", "--isolated", name, "--output-format", "concise", cwd=tmp_path)
    assert done.returncode == 2
    assert f"{name}: ".encode() in done.stderr
    assert b"ends early" in done.stderr
    assert f"{name}#1:".encode() in done.stdout


def test_without_the_package_pages_in_a_folder_are_passed_over_and_named_ones_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from lintnews.__main__ import main

    for module in ("trafilatura", "resiliparse.parse.encoding"):
        monkeypatch.setitem(sys.modules, module, None)
    for name in ("a.html", "b.html"):
        put(tmp_path / name, page())
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--isolated", "."]) == 0
    assert (
        capsys.readouterr().err.count("note: some files are passed over: pages need a package: pip install 'lintnews[html]'") == 1
    )
    assert main(["check", "--isolated", "a.html"]) == 2
    assert "a.html: pages need a package" in capsys.readouterr().err
    assert sorted(tree(tmp_path)) == ["a.html", "b.html"]


def test_records_that_say_too_little_are_left_out_and_the_others_go_on(tmp_path: Path) -> None:
    whole = response(1, page().encode())
    without_type = response(2, page().encode()).replace(b"WARC-Type: response\r\n", b"")
    without_address = response(3, page().encode()).replace(b"WARC-Target-URI: https://www.echo.example/3\r\n", b"")
    put(tmp_path / "a.warc.gz", b"".join(map(gzip.compress, (without_type, without_address, whole))))
    done = run("clean", "--isolated", "a.warc.gz", "-o", "out", "--format", "jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [row.get("id", "") for row in rows(tmp_path / "out" / "articles.jsonl")][-1] == "https://www.echo.example/1"


def test_a_page_in_a_charset_that_nobody_knows_is_read_as_it_looks(tmp_path: Path) -> None:
    put(tmp_path / "a.html", page(charset="x-no-such-thing", more=" The café closed, too."))
    assert run("clean", "--isolated", "a.html", "-o", "out", "--format", "jsonl", cwd=tmp_path).returncode == 0
    assert "The café closed" in rows(tmp_path / "out" / "articles.jsonl")[0]["text"]
