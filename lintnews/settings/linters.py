"""Settings to a linter: load the rules, choose those that are asked for, set their options."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from lintnews.linter import Linter
from lintnews.plugins.registry import load_rules
from lintnews.rulebook.files import PATTERN_FIELDS, RuleFileError, check_patterns
from lintnews.rulebook.options import made
from lintnews.rulebook.rule import Rule
from lintnews.rulebook.selection import ALL, Choice
from lintnews.settings.settings import ConfigError, RuleOptions, Settings


def linter_for(*, config: str | os.PathLike[str] | None = None, rule_paths: Iterable[str | os.PathLike[str]] = ()) -> Linter:
    """A linter as the command line makes one: by this configuration file, or the closest one of the working folder, if any.

    `rule_paths` are rule files, or folders of them, besides. Raises `ConfigError` for what can't be used.
    """
    from lintnews.settings.files import Configuration

    paths = tuple(os.path.abspath(path) for path in rule_paths)
    settings = Configuration(os.path.abspath(config) if config else None).settings_for(os.getcwd())
    return build_linter(replace(settings, rule_paths=(*settings.rule_paths, *paths)))[0]


def build_linter(
    settings: Settings,
    ignored: Sequence[str] = (),
    *,
    besides: Sequence[str] = (),
    fixes_besides: bool = True,
    timings: bool = False,
) -> tuple[Linter, dict[str, Rule]]:
    """A linter with the rules that the settings ask for, less `ignored`, and these rules by id. Raises `ConfigError`.

    The linter has the rules `besides`, too; without `fixes_besides` they report alone.
    """
    chosen = {rule.id: rule for rule in chosen_rules(settings, ignored)}
    more = [rule for rule in all_rules(settings.rule_paths, besides) if rule.id in besides and rule.id not in chosen]
    if not fixes_besides:
        more = [rule.with_options(fix="none") for rule in more]
    rules = [*chosen.values(), *more]
    try:
        return Linter(rules, min_confidence=settings.min_confidence, timings=timings), chosen
    except (ValueError, RecursionError):
        _check_all(rules)
        raise


def _check_all(rules: Sequence[Rule]) -> None:
    """Raises `ConfigError` for the first rule with a pattern that is not valid; a start that goes well needs not look."""
    for rule in rules:
        try:
            check_patterns(rule)
            Linter([rule])
        except (ValueError, RecursionError) as error:
            raise ConfigError(f"{rule.path}: {error}") from None


def chosen_rules(settings: Settings, ignored: Sequence[str] = ()) -> list[Rule]:
    """The rules that the settings ask for, less `ignored`, with their options. Raises `ConfigError`."""
    named = tuple(name for _, names in _named(settings) for name in names)
    choice = Choice(all_rules(settings.rule_paths, (*named, *ignored)))
    for field, names in _named(settings):
        if choice.wrong(names, families=field != "rules") and (
            wrong := Choice(all_rules(settings.rule_paths)).wrong(names, families=field != "rules")
        ):
            raise _error(settings, field, wrong)
    kept = choice.rules((ALL,), ignored) if ignored else choice.known
    wanted = {rule.id for rule in choice.rules(settings.select, settings.ignore)}
    if settings.extend_select:
        wanted |= {rule.id for rule in choice.rules(settings.extend_select, settings.ignore)}
    chosen = {rule.id: rule for rule in kept if rule.id in wanted}
    now = {old: rule.id for rule in chosen.values() for old in rule.was}
    for options in settings.rules:
        name = now.get(options.rule, options.rule)
        if name in chosen:
            chosen[name] = _with_options(chosen[name], options, settings)
    return [_with_model(rule, settings) for rule in chosen.values()]


def all_rules(rule_paths: tuple[str, ...] = (), names: Sequence[str] | None = None) -> tuple[Rule, ...]:
    """Every rule there is: built-in, from plugins, and below `rule_paths`; sorted by id. Raises `ConfigError`.

    With the `names` that are spoken of, optional families that none of them means are left out.
    """
    try:
        return _load(rule_paths, None if names is None else tuple(names))
    except RuleFileError as error:
        raise ConfigError(str(error)) from None


def forget() -> None:
    """Rule files may have changed: read all of them anew."""
    _load.cache_clear()


@lru_cache(maxsize=64)
def _load(rule_paths: tuple[str, ...], names: tuple[str, ...] | None) -> tuple[Rule, ...]:
    return tuple(load_rules(rule_paths, names))


def _named(settings: Settings) -> Iterator[tuple[str, Sequence[str]]]:
    """The fields that name rules, and the names."""
    yield "select", settings.select
    yield "extend_select", settings.extend_select
    yield "ignore", settings.ignore
    yield "allow", [name for allow in settings.allow for name in allow.rules]
    yield "per_file_ignores", [name for _, names in settings.per_file_ignores for name in names]
    yield "rules", [options.rule for options in settings.rules]


def _with_options(rule: Rule, options: RuleOptions, settings: Settings) -> Rule:
    try:
        changed = rule.with_options(**dict(options.options))
        if any(key in PATTERN_FIELDS for key, _ in options.options):
            check_patterns(changed)
        return changed
    except (ValueError, TypeError) as error:
        raise ConfigError(f"{settings.from_where('rules')}: rules.{rule.id!r}: {error}") from None


def _with_model(rule: Rule, settings: Settings) -> Rule:
    """A rule that asks a language model, with the one that the settings name, if it can be found."""
    if any(options.get("model") for options in rule.options):
        raise ConfigError(f"{rule.path}: a model is named on the command line alone; remove the option, and use --spun-model")
    if not settings.spun_model or not any(hasattr(made(detector), "model") for detector in rule.detectors):
        return rule
    from lintnews.evidence.spun.deep import find

    try:
        find(settings.spun_model)
    except ValueError as error:
        raise _error(settings, "spun_model", str(error)) from None
    return rule.with_options(model=settings.spun_model)


def _error(settings: Settings, field: str, problem: str) -> ConfigError:
    return ConfigError(f"{settings.from_where(field)}: {field.replace('_', '-')}: {problem}")
