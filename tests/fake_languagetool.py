"""A server that answers as LanguageTool does, and fails as it may: `python fake_languagetool.py --port N [--mode MODE]`.

It finds "teh", a grammar error, and "wrld", a misspelt word. Modes: `incomplete` answers are marked as such; it `dies` at the
second check; says no in `words`; is `other`, no LanguageTool; `silent`, takes requests and never answers.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

LANGUAGES = [{"name": code, "code": code[:2], "longCode": code} for code in ("en", "en-US", "en-GB", "de", "de-DE")]


class Handler(BaseHTTPRequestHandler):
    server: FakeServer

    def do_GET(self) -> None:
        if self.server.mode == "other":
            return self.reply(b"<h1>It works!</h1>")
        return self.reply(b"OK" if "healthcheck" in self.path else json.dumps(LANGUAGES).encode())

    def do_POST(self) -> None:
        form = {k: v[0] for k, v in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()}
        self.server.asked.append(form)
        mode = self.server.mode
        if mode == "dies" and len(self.server.asked) > 1:
            if self.server.is_own_process:
                os._exit(3)
            self.server.socket.close()
            return self.connection.close()
        if mode == "silent":
            time.sleep(30)
        if mode == "words":
            return self.reply(b"Error: Your text exceeds the limit of 10 characters", 413)
        found = [match(m, form["text"]) for m in re.finditer("teh|wrld", form["text"])]
        if form.get("enabledOnly"):
            found = [one for one in found if one["rule"]["category"]["id"] == "TYPOS"]
        answer = {"warnings": {"incompleteResults": mode == "incomplete"}, "matches": found}
        return self.reply(json.dumps(answer).encode())

    def reply(self, body: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class FakeServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int = 0, mode: str = "", is_own_process: bool = False) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.mode, self.is_own_process = mode, is_own_process
        self.asked: list[dict[str, str]] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


def match(found: re.Match[str], text: str) -> dict[str, object]:
    """A match as LanguageTool writes it: in UTF-16 units."""
    start, stop = (len(text[:at].encode("utf-16-le")) // 2 for at in found.span())
    is_typo = found[0] == "wrld"
    rule = {"id": "MORFOLOGIK_RULE_EN_US" if is_typo else "THE", "issueType": "grammar"}
    rule["category"] = {"id": "TYPOS" if is_typo else "GRAMMAR"}
    return {
        "message": "Possible\x1b[31m typo found.",
        "replacements": [{"value": "world" if is_typo else "the\x1b]0;"}],
        "offset": start,
        "length": stop - start,
        "context": {"text": text, "offset": start},
        "sentence": text,
        "rule": rule,
    }


@contextmanager
def fake(mode: str = "") -> Iterator[FakeServer]:
    """A server in a thread."""
    server = FakeServer(mode=mode)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    given = dict(zip(sys.argv[1:], sys.argv[2:], strict=False))
    FakeServer(int(given["--port"]), given.get("--mode", ""), True).serve_forever()
