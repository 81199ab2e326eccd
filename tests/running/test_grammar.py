"""Whoever is there checks the grammar; what goes wrong with it is one line with a remedy, and the other findings stay."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, put
from fake_languagetool import fake

PROSE = "The council met on Monday to talk about the bridge, which has been shut since the flood of March, and teh mayor spoke."
ARTICLE = f"{PROSE}\n\nShare this article\n"
FAKE = ROOT / "tests" / "fake_languagetool.py"
JAVA = f"""#!{sys.executable}
import os, sys
at = sys.argv.index("--port")
open({{marks!r}}, "a").write(f"{{{{os.getpid()}}}} {{{{' '.join(sys.argv[1:])}}}}\\n")
os.execv({sys.executable!r}, [{sys.executable!r}, {str(FAKE)!r}, "--port", sys.argv[at + 1], "--mode", {{mode!r}}])
"""


def check(folder: Path, *options: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """`lintnews check` over a folder's files, without what is installed on this machine."""
    return subprocess.run(
        [sys.executable, "-m", "lintnews", "check", "--output-format", "concise", *options, "."],
        cwd=folder,
        env={**os.environ, "LTP_PATH": str(folder / "nothing"), "JAVA_HOME": "", **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.txt"):
        put(tmp_path / "in" / name, ARTICLE.replace("Monday", name[0]))
    return tmp_path / "in"


def installed(folder: Path, java: str, mode: str = "") -> dict[str, str]:
    """An environment in which LanguageTool is installed, with this script for Java."""
    put(folder / "LanguageTool-6.8" / "languagetool-server.jar", b"PK")
    put(folder / "bin" / "java", java.format(marks=str(folder / "marks"), mode=mode)).chmod(0o755)
    return {"LTP_PATH": str(folder), "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}


def servers(folder: Path) -> list[int]:
    """The processes that were started for Java in that environment."""
    marks = folder / "marks"
    return [int(line.split()[0]) for line in marks.read_text().splitlines()] if marks.exists() else []


def gone(process: int) -> bool:
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_a_server_of_the_users_is_asked(articles: Path) -> None:
    with fake() as server:
        done = check(articles, "--extend-select", "grammar", "--languagetool-url", server.url, "--jobs", "2")
    assert done.returncode == 1
    assert done.stdout.count("grammar/syntax") == 2
    assert done.stdout.count("boilerplate/") == 2
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_what_a_server_says_is_made_fit_to_be_shown(articles: Path) -> None:
    with fake() as server:
        done = check(articles, "--select", "grammar", "--languagetool-url", server.url, "--output-format", "full")
    assert "try: the" in done.stdout
    assert "\x1b" not in done.stdout


def test_nothing_of_it_is_asked_unless_it_is_named(articles: Path, tmp_path: Path) -> None:
    env = installed(tmp_path / "lt", JAVA)
    for options in ((), ("--select", "ALL"), ("--select", "boilerplate")):
        assert "grammar" not in check(articles, *options, env=env).stdout
    assert servers(tmp_path / "lt") == []


def test_one_server_is_started_for_all_and_stopped(articles: Path, tmp_path: Path) -> None:
    env = installed(tmp_path / "lt", JAVA)
    for number in range(300):
        put(articles / f"{number}.txt", ARTICLE.replace("Monday", f"day {number}"))
    put(articles / "more" / "lintnews.toml", 'extend-select = ["grammar"]\n')
    put(articles / "more" / "c.txt", ARTICLE)
    done = check(articles, "--extend-select", "grammar", "--jobs", "2", env=env)
    assert done.stdout.count("grammar/syntax") == 303, done.stderr
    assert done.stderr == ""
    (process,) = servers(tmp_path / "lt")
    assert gone(process)
    assert "-Xmx512m" in (tmp_path / "lt" / "marks").read_text()


@pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_server_ends_with_the_run_however_that_ends(how: signal.Signals, tmp_path: Path) -> None:
    env = installed(tmp_path / "lt", JAVA, mode="silent")
    put(tmp_path / "in" / "a.txt", ARTICLE)
    command = [sys.executable, "-m", "lintnews", "check", "--isolated", "--extend-select", "grammar", "in"]
    run = subprocess.Popen(command, cwd=tmp_path, env={**os.environ, **env}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until = time.monotonic() + 20
    while not servers(tmp_path / "lt") and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(1)
    run.send_signal(how)
    if how != signal.SIGKILL:
        time.sleep(0.2)
        run.send_signal(how)  # the first one waits for what is under way
    run.communicate(timeout=20)
    (process,) = servers(tmp_path / "lt")
    assert gone(process)


OLD = """#!/bin/sh
echo 'Error: LinkageError occurred while loading main class org.languagetool.server.HTTPServer' >&2
echo 'java.lang.UnsupportedClassVersionError: org/languagetool/server/HTTPServer has been compiled' >&2
exit 1
"""
DAMAGED = """#!/bin/sh
echo 'Error: Could not find or load main class org.languagetool.server.HTTPServer' >&2
echo 'Caused by: java.lang.ClassNotFoundException: org.languagetool.server.HTTPServer' >&2
exit 1
"""


FAILURES: list[tuple[str, str, str | None, tuple[str, ...]]] = [
    ("old Java", "is too old for LanguageTool in", OLD, ()),
    ("damaged", "is damaged; remove it, and run lintnews grammar install", DAMAGED, ()),
    ("silent", "did not start (it ended without a word)", "#!/bin/sh\nexit 3\n", ()),
    ("not installed", "LanguageTool is not installed; run lintnews grammar install, or", None, ()),
    ("not there", "LanguageTool is not installed in", None, ("--languagetool-path", "nowhere")),
    ("no server", "start the server, or correct the address", None, ("--languagetool-url", "http://127.0.0.1:1")),
    ("no address", "is no address of a server; one is http://", None, ("--languagetool-url", "localhost:8081")),
]


@pytest.mark.parametrize(("name", "line", "java", "options"), FAILURES)
def test_what_can_not_be_asked_is_one_line(
    name: str, line: str, java: str | None, options: tuple[str, ...], articles: Path, tmp_path: Path
) -> None:
    env = installed(tmp_path / "lt", java) if java else {}
    done = check(articles, "--extend-select", "grammar", "--grammar-backend", "languagetool", *options, env=env)
    assert done.returncode == 2, name
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("lintnews: grammar is not checked: ")
    assert line in done.stderr
    assert done.stdout.count("boilerplate/") == 2


def test_harper_steps_in_where_languagetool_does_not_start(articles: Path, tmp_path: Path) -> None:
    pytest.importorskip("harper", reason="harper-py is not installed")
    put(articles / "a.txt", ARTICLE.replace("spoke", "could of spoken"))
    done = check(articles, "--extend-select", "grammar", env=installed(tmp_path / "lt", OLD))
    assert done.returncode == 1
    assert done.stderr.startswith("lintnews: note: Harper checks the grammar: ")
    assert done.stderr.count("\n") == 1
    assert "grammar/confused-word" in done.stdout


def test_no_java(articles: Path, tmp_path: Path) -> None:
    env = installed(tmp_path / "lt", OLD) | {"PATH": str(tmp_path)}
    done = check(articles, "--extend-select", "grammar", "--grammar-backend", "languagetool", env=env)
    assert done.stderr.splitlines() == [
        "lintnews: grammar is not checked: there is no Java; install Java 17 or newer, or put it on PATH"
    ]
    assert done.returncode == 2


@pytest.mark.parametrize("mode", ["other", "dies", "incomplete", "words"])
def test_a_server_that_fails_half_way(mode: str, articles: Path) -> None:
    lines = {
        "other": "no LanguageTool; correct the address|no LanguageTool answers",
        "dies": "grammar is not checked any further: the LanguageTool server at",
        "incomplete": "a.txt: grammar was not checked: the server gave up before the end of the text",
        "words": "a.txt: grammar was not checked: LanguageTool says: Error: Your text exceeds",
    }
    with fake(mode) as server:
        done = check(articles, "--extend-select", "grammar", "--languagetool-url", server.url, "--jobs", "1")
    assert done.returncode == 2
    assert any(line in done.stderr for line in lines[mode].split("|")), done.stderr
    assert done.stderr.count("\n") == (1 if mode in ("other", "dies") else 2)
    assert done.stdout.count("boilerplate/") == 2


def test_a_configuration_asks_for_what_may_be_missing_and_require_does_not(articles: Path) -> None:
    put(articles / "lintnews.toml", 'extend-select = ["grammar"]\ngrammar-backend = "languagetool"\n')
    done = check(articles)
    assert done.stderr.startswith("lintnews: note: grammar is not checked: LanguageTool is not installed; ")
    assert done.returncode == 1
    done = check(articles, "--require", "grammar")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_require_without_a_rule(articles: Path) -> None:
    done = check(articles, "--require", "grammar")
    assert done.returncode == 2
    assert done.stderr == "lintnews: --require grammar: no grammar rule is selected; add --extend-select grammar\n"


def test_a_file_of_others_names_no_server(articles: Path) -> None:
    put(articles / "lintnews.toml", 'languagetool-url = "http://127.0.0.1:1"\n')
    assert "is for the command line alone" in check(articles).stderr
    put(articles / "lintnews.toml", 'languagetool-path = "/tmp"\n')
    assert "is for the command line alone" in check(articles).stderr


HIDDEN = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("harper", "language_tool_python"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Missing())
import importlib.util as util
found = util.find_spec
util.find_spec = lambda name, *rest: None if name in ("harper", "language_tool_python") else found(name, *rest)
import lintnews
from lintnews.cli import main
if sys.argv[1] == "python":
    try:
        lintnews.check("He go.", select=["grammar"])
    except lintnews.RuleError as error:
        sys.exit(str(error))
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("check", "--extend-select", "grammar", "."), "grammar is not checked: harper-py is not installed"),
        (
            ("check", "--extend-select", "grammar", "--grammar-backend", "languagetool", "."),
            "language-tool-python is not installed",
        ),
        (("grammar", "install"), "grammar install: language-tool-python is not installed"),
        (("python",), "harper-py is not installed"),
    ],
)
def test_without_the_extra(arguments: tuple[str, ...], line: str, articles: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HIDDEN, *arguments],
        cwd=articles,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LTP_PATH": str(articles / "nothing")},
    )
    assert f"{line}; pip install 'lintnews[grammar]'" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("task", [["clean", "-o", "out"], ["check", "--fix"]])
def test_what_only_writes_asks_nobody(task: list[str], articles: Path) -> None:
    with fake() as server:
        options = ["--extend-select", "grammar"]
        options += ["--languagetool-url", server.url] if task[0] == "check" else []
        done = subprocess.run(
            [sys.executable, "-m", "lintnews", *task, *options, "a.txt"], cwd=articles, capture_output=True, check=False
        )
        assert bool(server.asked) == (task[0] == "check")
    assert done.returncode == (1 if task[0] == "check" else 0)


def test_density_is_given_where_grammar_was_asked(articles: Path) -> None:
    import json

    with fake() as server:
        options = ("--isolated", "--metrics", "--output-format", "json")
        asked = json.loads(check(articles, *options, "--select", "grammar", "--languagetool-url", server.url).stdout)
    assert 2 < asked["articles"][0]["metrics"]["grammar"] < 6
    assert json.loads(check(articles, *options).stdout)["articles"][0]["metrics"]["grammar"] is None
