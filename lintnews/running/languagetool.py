"""A LanguageTool server: found where it is installed, started, probed, and stopped for certain.

The Python package could start one too, but leaves processes behind where the start is slow, and a forked child that ends kills
the parent's. Here there is one process, with a bounded heap, that listens on a free port of this machine only.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, NamedTuple

JAR = "languagetool-server.jar"
HEAP = "512m"
START_S = 60
"""Seconds that a server may take until it answers; two to twelve are usual."""
PROBE_S = 5
TRIES = 3
"""Starts, each on another port, where the port was taken in the meantime."""
_WITH_PARENT = 'exec 3<&0; (cat <&3 >/dev/null; kill $$ 2>/dev/null) & exec "$@" 3<&- </dev/null'
"""In a shell: run a program until its standard input is closed, be it by this process or by the end of it, however that comes."""


class ServerError(Exception):
    """No server; says why, and what to do."""


class Server(NamedTuple):
    """A server that runs as a child of this process."""

    url: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End it, and wait until it is gone."""
        _end(self.process)


def installed(named: str = "") -> Path | None:
    """The folder with the server's jar: the named one, or the newest below it, or else below the package's cache."""
    home = os.path.join(os.path.expanduser("~"), ".cache", "language_tool_python")
    folder = Path(named or os.environ.get("LTP_PATH") or home)
    if (folder / JAR).is_file():
        return folder
    found = [jar.parent for jar in folder.glob(f"LanguageTool-*/{JAR}")]
    return max(found, key=lambda path: [int(part) for part in re.findall(r"\d+", path.name)], default=None)


def java() -> str | None:
    """The Java that is asked for, if there is one."""
    from shutil import which

    home = os.environ.get("JAVA_HOME")
    return (which("java", path=os.path.join(home, "bin")) if home else None) or which("java")


def start(folder: Path) -> Server:
    """A server from a folder that `installed` found. Raises `ServerError`."""
    program = java()
    if program is None:
        raise ServerError("there is no Java; install Java 17 or newer, or put it on PATH")
    problem = ""
    for _ in range(TRIES):
        server = _started(program, folder)
        if isinstance(server, Server):
            return server
        problem = server
        if "address already in use" not in problem.lower():
            break
    raise ServerError(_explained(problem, program, folder))


def _started(program: str, folder: Path) -> Server | str:
    """A server that answers, or what it said before it ended."""
    from tempfile import TemporaryFile

    port = _free_port()
    command = [program, f"-Xmx{HEAP}", "-cp", f"{folder / JAR}{os.pathsep}{folder / 'libs' / '*'}"]
    command += ["org.languagetool.server.HTTPServer", "--port", str(port)]
    if os.name == "posix":
        command = ["sh", "-c", _WITH_PARENT, "sh", *command]
    with TemporaryFile() as said:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=os.name == "posix",  # Ctrl-C is for this process, which then stops the server
        )
        try:
            server = Server(f"http://127.0.0.1:{port}/", process)
            until = time.monotonic() + START_S
            while time.monotonic() < until and process.poll() is None:
                if _answers(f"{server.url}v2/healthcheck"):
                    return server
                time.sleep(0.1)
            problem = _read(said) if process.poll() is not None else f"no answer within {START_S} seconds"
        except BaseException:
            _end(process)
            raise
    _end(process)
    return problem


def probe(url: str) -> str:
    """The address of a server that the user named, as the client wants it. Raises `ServerError` where no LanguageTool answers."""
    import json
    from http.client import HTTPException
    from urllib.parse import urlsplit
    from urllib.request import urlopen

    try:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise ServerError(f"{url!r} is no address of a server; one is http://localhost:8081")
        url = url.rstrip("/").removesuffix("/v2") + "/"
        with urlopen(f"{url}v2/languages", timeout=PROBE_S) as answer:
            listed = json.loads(answer.read(1 << 22))
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        said = " ".join(str(reason).split())
        raise ServerError(f"no LanguageTool answers at {url} ({said}); start the server, or correct the address") from None
    if not isinstance(listed, list) or not all(isinstance(one, dict) and "longCode" in one for one in listed):
        raise ServerError(f"what answers at {url} is no LanguageTool; correct the address")
    return url


def _answers(url: str) -> bool:
    from urllib.request import ProxyHandler, build_opener

    try:
        with build_opener(ProxyHandler({})).open(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    finally:
        if process.stdin is not None:
            process.stdin.close()


def _read(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read(1 << 16).decode("utf-8", "replace")


def _explained(problem: str, program: str, folder: Path) -> str:
    """Why it did not start, in one line, with what to do."""
    if "UnsupportedClassVersionError" in problem:
        return f"{program} is too old for LanguageTool in {folder}; install Java 17 or newer, or set JAVA_HOME to it"
    if "ClassNotFoundException" in problem or "corrupt jarfile" in problem.lower() or "NoClassDefFoundError" in problem:
        return f"LanguageTool in {folder} is damaged; remove it, and run lintnews grammar install"
    lines = [line for line in problem.splitlines() if line.strip() and not line.startswith("Picked up")]
    said = lines[0].strip() if lines else "it ended without a word"
    return f"LanguageTool in {folder} did not start ({said[:200]}); try {os.path.basename(sys.argv[0])} doctor"
