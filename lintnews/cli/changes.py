"""`--changed-since REF`: the lines that a change added, as git tells them. The one place that starts git, and only when asked."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator

from lintnews.settings.settings import ConfigError

Lines = tuple[tuple[int, int], ...]
_HUNK = re.compile(rb"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb'\\([0-7]{3}|[abtnvfr"\\])')
_ESCAPED = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r", b'"': b'"', b"\\": b"\\"}
_PLAIN = ("--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--src-prefix=a/", "--dst-prefix=b/")
"""Nothing but git's own diff: a repository may name programs that show files in other ways."""
WHOLE: Lines = ((1, 1 << 62),)
"""All lines, of a file that git doesn't know yet."""


def changed_since(ref: str) -> dict[str, Lines]:
    """By absolute path, the lines (from 1, inclusive) that were added since the working tree parted from `ref`.

    Raises `ConfigError` where git can't tell.
    """
    top = os.fsdecode(_git("rev-parse", "--show-toplevel").rstrip(b"\n"))
    try:
        base = os.fsdecode(_git("merge-base", "--end-of-options", ref, "HEAD").strip())
    except ConfigError:
        base = os.fsdecode(_git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}", told=ref).strip())
    found = {os.path.join(top, path): lines for path, lines in _added(_git("diff", *_PLAIN, base, "--", cwd=top))}
    for path in _git("ls-files", "-z", "--others", "--exclude-standard", cwd=top).split(b"\0"):
        if path:
            found[os.path.join(top, os.fsdecode(path))] = WHOLE
    return found


def _git(*arguments: str, cwd: str | None = None, told: str = "") -> bytes:
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotePath=off", "-c", "core.fsmonitor=false", *arguments],
            cwd=cwd,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise ConfigError(f"--changed-since: git can't be started: {error.strerror}; install it") from None
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split()) or f"it knows no commit {told!r}"
        raise ConfigError(f"--changed-since: git could not say what was changed: {said}; name a commit, branch or tag")
    return done.stdout


def _added(diff: bytes) -> Iterator[tuple[str, Lines]]:
    path, lines = "", list[tuple[int, int]]()
    left = 0
    for line in diff.split(b"\n"):
        if left and line[:1] in b"+-\\":
            left -= line[:1] == b"+"
        elif line.startswith(b"+++ "):
            if path:
                yield path, tuple(lines)
            path, lines = _path(line[4:].rstrip(b"\t")), []
        elif hunk := _HUNK.match(line):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            left = count
            if count:
                lines.append((first, first + count - 1))
    if path:
        yield path, tuple(lines)


def _path(name: bytes) -> str:
    """A path as git writes it: below `b/`, in quotes where it holds what would break the line; nothing for a deleted file."""
    if name.startswith(b'"'):
        name = _ESCAPE.sub(lambda found: _ESCAPED.get(found[1]) or bytes([int(found[1], 8)]), name[1:-1])
    return os.fsdecode(name[2:]) if name.startswith(b"b/") else ""
