"""Settings: how to check one file, and where each value came from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from lintnews.files.finding import Ignores
from lintnews.messages import ImpossibleError

if TYPE_CHECKING:
    from lintnews.evidence.grammar.english import English
    from lintnews.silencing.allowing import Allow

Backend = Literal["auto", "languagetool", "harper"]
FailOn = Literal["error", "warning", "info", "never"]

DEFAULT, COMMAND_LINE = "default", "command line"


class ConfigError(ImpossibleError):
    """Settings that can't be used; says which file and key, what was expected, and what to do."""


class RuleOptions(NamedTuple):
    """What a configuration changes in one rule."""

    rule: str
    options: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to check one file; `keys` says what each field is called in a file and on the command line, and what it means.

    Empty `select` means the rules that are on by default. Paths are absolute. `origin` says for each field where its value
    came from, by the path of a file, `DEFAULT` or `COMMAND_LINE`.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[Ignores, tuple[str, ...]], ...] = ()
    rule_paths: tuple[str, ...] = ()
    min_confidence: float = 0.5
    unsafe_fixes: bool = False
    exclude: tuple[Ignores, ...] = ()
    text_field: str = ""
    id_field: str = ""
    site_field: str = ""
    encoding: str = ""
    language: str = ""
    extractor: str = "trafilatura"
    time_limit: float = 60
    fail_on: FailOn = "warning"
    rules: tuple[RuleOptions, ...] = ()
    spun_model: str = ""
    grammar_backend: Backend = "auto"
    english: English = "auto"
    languagetool_url: str = ""
    languagetool_path: str = ""
    verdict: tuple[tuple[str, float], ...] = ()
    baseline: str = ""
    allow: tuple[Allow, ...] = ()
    ignore_field: str = ""
    withhold_text: bool = False
    output_format: str = "full"
    jobs: int = 0
    cache: bool = False
    origin: Mapping[str, str] = field(default_factory=dict, compare=False)

    def names(self, family: str) -> bool:
        """Whether rules of a family are selected by its name or theirs; `ALL` does not mean it."""
        return any(name.partition("/")[0] == family for name in (*self.select, *self.extend_select))

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """The rules that `per-file-ignores` switches off for a file."""
        if not self.per_file_ignores:
            return ()
        absolute = os.path.abspath(path)
        return tuple(name for where, names in self.per_file_ignores if where.match(absolute, False) for name in names)

    @property
    def is_narrowed(self) -> bool:
        """Whether the command line asks for less than the files do, so that what is not found may still be there."""
        return any(self.from_where(field) == COMMAND_LINE for field in ("select", "ignore", "min_confidence"))

    def from_where(self, field: str) -> str:
        """Where a field's value came from."""
        return self.origin.get(field, DEFAULT)

    def with_options(self, origin: str, values: Mapping[str, Any]) -> Settings:
        """These settings with others laid over them; `extend_select`, `rules` and `allow` add to what is there."""
        values = {name: value for name, value in values.items() if value is not None}
        merged = dict(values)
        if "extend_select" in values:
            merged["extend_select"] = self.extend_select + values["extend_select"]
        if "select" in values:
            merged.setdefault("extend_select", ())
        if "rules" in values:
            merged["rules"] = self.rules + values["rules"]
        if "allow" in values:
            merged["allow"] = self.allow + values["allow"]
        return replace(self, **merged, origin={**self.origin, **dict.fromkeys(values, origin)})
