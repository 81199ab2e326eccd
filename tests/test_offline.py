"""Default rules open no connection and start no program."""

import subprocess
import sys

from conftest import SEEDS

GUARD = """
import sys


def refuse(event, args):
    if event.startswith("socket.") or event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"):
        raise SystemExit(f"{event} {args}")

sys.addaudithook(refuse)
from lintnews.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_no_network_and_no_subprocess() -> None:
    done = subprocess.run(
        [sys.executable, "-c", GUARD, "check", "--select", "ALL", "--jobs", "1", "--exit-zero", str(SEEDS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "boilerplate/" in done.stdout
