"""`lintnews grammar install` gets LanguageTool, checks it, and puts it where `check` looks; what goes wrong is one line."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from conftest import put

pytest.importorskip("language_tool_python", reason="language-tool-python is not installed")
JAVA = "#!/bin/sh\necho 'openjdk version \"17.0.1\" 2021-10-19' >&2\n"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment in which LanguageTool is downloaded from here."""
    archive = put(tmp_path / "mirror" / "LanguageTool-6.8.zip", b"")
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("LanguageTool-6.8/languagetool-server.jar", b"PK")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(archive.parent)))
    Thread(target=server.serve_forever, daemon=True).start()
    put(tmp_path / "bin" / "java", JAVA).chmod(0o755)
    yield {
        "LTP_PATH": str(tmp_path / "cache"),
        "LTP_DOWNLOAD_HOST_NEW_RELEASES": f"http://127.0.0.1:{server.server_port}/",
        "LTP_DOWNLOAD_SHA256": sha256(archive.read_bytes()).hexdigest(),
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "JAVA_HOME": "",
    }
    server.shutdown()


def install(env: dict[str, str], *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lintnews", "grammar", "install", *options]
    return subprocess.run(command, env={**os.environ, **env}, capture_output=True, text=True, check=False)


def test_it_is_put_where_check_looks(mirror: dict[str, str], tmp_path: Path) -> None:
    done = install(mirror)
    assert (done.returncode, done.stdout) == (0, f"LanguageTool is in {tmp_path / 'cache' / 'LanguageTool-6.8'}\n"), done.stderr
    assert "Downloading LanguageTool 6.8" in done.stderr  # the bar
    doctor = subprocess.run(
        [sys.executable, "-m", "lintnews", "doctor"], env={**os.environ, **mirror}, capture_output=True, text=True, check=False
    )
    assert (
        f"grammar: LanguageTool in {tmp_path / 'cache' / 'LanguageTool-6.8'}, Java at {tmp_path / 'bin' / 'java'}"
        in doctor.stdout
    )
    assert install(mirror | {"LTP_DOWNLOAD_HOST_NEW_RELEASES": "http://127.0.0.1:1/"}).returncode == 0  # it is there


@pytest.mark.parametrize(
    ("env", "options", "line"),
    [
        ({"LTP_DOWNLOAD_SHA256": "0" * 64}, (), "checksum mismatch"),
        (
            {"LTP_DOWNLOAD_HOST_NEW_RELEASES": "http://127.0.0.1:1/"},
            (),
            "try again, or unpack its zip by hand and name the folder",
        ),
        ({}, ("--version", "6.9"), "may not exist or is no longer available"),
        ({}, ("--version", "six"), "'six' is no version of LanguageTool; one is 6.8"),
        ({"PATH": "/nowhere"}, (), "there is no Java; install Java 17 or newer first"),
    ],
)
def test_what_goes_wrong_is_one_line(env: dict[str, str], options: tuple[str, ...], line: str, mirror: dict[str, str]) -> None:
    done = install(mirror | env, *options)
    assert done.returncode == 2
    (said,) = (one for one in done.stderr.splitlines() if one.startswith("lintnews: "))
    assert line in said
    assert "Traceback" not in done.stderr
