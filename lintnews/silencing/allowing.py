"""Findings that are right as they stand: `[[allow]]` of a configuration, and of `ARTICLE.lintnews.toml` beside an article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lintnews.silencing.baseline import SilencingError
from lintnews.silencing.keys import names, normalised

if TYPE_CHECKING:
    from lintnews.diagnostic import Diagnostic
    from lintnews.files.finding import Ignores

SIDECAR = ".lintnews.toml"
"""What follows the name of an article in that of the file beside it."""
MOST_SIDECAR_BYTES = 1 << 20
_FIELDS = ("reason", "rule", "text", "pattern", "paths")


class Allow(NamedTuple):
    """What is allowed, and why; `file` and `place` say where that stands.

    A finding must be of one of the `rules` (none: of any), hold the words of `text`, match `pattern`, and be in one of `paths`.
    """

    file: str
    place: str
    reason: str
    rules: tuple[str, ...] = ()
    text: str = ""
    pattern: str = ""
    paths: Ignores | None = None

    @property
    def origin(self) -> str:
        """Where it stands, for people."""
        return f"{self.file}: {self.place}"

    def allows(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding in one of its paths is allowed."""
        if not names(self.rules, diagnostic):
            return False
        if self.text and f" {normalised(self.text)} " not in f" {normalised(diagnostic.text)} ":
            return False
        if not self.pattern:
            return True
        from lintnews.patterns.matcher import search

        return search(self.pattern, diagnostic.text) is not None


def allow(table: Any, file: str, place: str, ignores: Callable[[tuple[str, ...]], Ignores] | None) -> Allow:
    """One `[[allow]]` as it stands in a file. `ignores` makes patterns of paths; None where there may be none.

    Raises `ValueError` that says what is wrong.
    """
    fields = _FIELDS if ignores else _FIELDS[:-1]
    if not isinstance(table, Mapping):
        raise ValueError(f"is {table!r}; expected a table with {', '.join(fields)}")
    if unknown := sorted(table.keys() - set(fields)):
        raise ValueError(f"has an unknown key {unknown[0]!r}; there are {', '.join(fields)}")
    for name in ("reason", "text", "pattern"):
        if name in table and (not isinstance(table[name], str) or not table[name].strip()):
            raise ValueError(f"has {name} = {table[name]!r}; expected a string")
    if "reason" not in table:
        raise ValueError("has no reason; say why the findings are right as they stand")
    if len(table) < 2:
        raise ValueError(f"allows everything; name at least one of {', '.join(fields[1:])}")
    rules, paths = (_strings(name, table.get(name, [])) for name in ("rule", "paths"))
    if "text" in table and not normalised(table["text"]):
        raise ValueError(f"has text = {table['text']!r}, which holds no word; use pattern")
    if "pattern" in table:
        from lintnews.patterns.matcher import compiled

        compiled(table["pattern"])
    where = ignores(paths) if ignores and paths else None
    return Allow(file, place, table["reason"], rules, table.get("text", ""), table.get("pattern", ""), where)


def _strings(name: str, value: object) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(item, str) and item for item in values):
        raise ValueError(f"has {name} = {value!r}; expected a string or a list of strings")
    return tuple(values)


@lru_cache(maxsize=64)
def beside(path: str) -> tuple[Allow, ...]:
    """What the file of this path, which lies beside an article, allows. Raises `SilencingError`."""
    import rtoml

    try:
        with open(path, "rb") as file:
            data = file.read(MOST_SIDECAR_BYTES + 1)
        if len(data) > MOST_SIDECAR_BYTES:
            raise ValueError(f"longer than {MOST_SIDECAR_BYTES:,} bytes")
        table = rtoml.loads(data.decode())
        if unknown := sorted(table.keys() - {"allow"}):
            raise ValueError(f"has an unknown key {unknown[0]!r}; there is allow, a list of tables")
        tables = table.get("allow", [])
        if not isinstance(tables, list):
            raise ValueError("allow is no list of tables; write [[allow]] above each")
        return tuple(_numbered(path, number, one) for number, one in enumerate(tables, 1))
    except OSError as error:
        raise SilencingError(f"{path}: can't be read: {error.strerror}; correct or remove it") from None
    except (UnicodeDecodeError, rtoml.TomlParsingError, ValueError) as error:
        raise SilencingError(f"{path}: {' '.join(str(error).split())}; correct or remove it") from None


def _numbered(path: str, number: int, table: Any) -> Allow:
    try:
        return allow(table, path, f"allow {number}", None)
    except ValueError as error:
        raise ValueError(f"allow {number} {error}") from None
