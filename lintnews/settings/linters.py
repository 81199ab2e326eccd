"""Settings to a linter: load the rules, choose those that are asked for, set their options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from lintnews.linter import Linter
from lintnews.plugins.registry import load_rules
from lintnews.rulebook.files import RuleFileError
from lintnews.rulebook.rule import Rule
from lintnews.rulebook.selection import ALL, Choice
from lintnews.settings.settings import ConfigError, RuleOptions, Settings


def build_linter(settings: Settings, ignored: Sequence[str] = (), *, timings: bool = False) -> Linter:
    """A linter with the rules that the settings ask for, less `ignored`. Raises `ConfigError`."""
    return Linter(chosen_rules(settings, ignored), min_confidence=settings.min_confidence, timings=timings)


def chosen_rules(settings: Settings, ignored: Sequence[str] = ()) -> list[Rule]:
    """The rules that the settings ask for, less `ignored`, with their options. Raises `ConfigError`."""
    choice = Choice(all_rules(settings.rule_paths))
    for field, names in _named(settings):
        if wrong := choice.wrong(names, families=field != "rules"):
            raise _error(settings, field, wrong)
    kept = choice.rules((ALL,), ignored) if ignored else choice.known
    wanted = {rule.id for rule in choice.rules(settings.select, settings.ignore)}
    if settings.extend_select:
        wanted |= {rule.id for rule in choice.rules(settings.extend_select, settings.ignore)}
    chosen = {rule.id: rule for rule in kept if rule.id in wanted}
    for options in settings.rules:
        if options.rule in chosen:
            chosen[options.rule] = _with_options(chosen[options.rule], options, settings)
    return [_with_model(rule, settings) for rule in chosen.values()]


def all_rules(rule_paths: tuple[str, ...] = ()) -> tuple[Rule, ...]:
    """Every rule there is: built-in, from plugins, and below `rule_paths`; sorted by id. Raises `ConfigError`."""
    try:
        return _load(rule_paths)
    except RuleFileError as error:
        raise ConfigError(str(error)) from None


@lru_cache(maxsize=64)
def _load(rule_paths: tuple[str, ...]) -> tuple[Rule, ...]:
    return tuple(load_rules(rule_paths))


def _named(settings: Settings) -> Iterator[tuple[str, Sequence[str]]]:
    """The fields that name rules, and the names."""
    yield "select", settings.select
    yield "extend_select", settings.extend_select
    yield "ignore", settings.ignore
    yield "per_file_ignores", [name for _, names in settings.per_file_ignores for name in names]
    yield "rules", [options.rule for options in settings.rules]


def _with_options(rule: Rule, options: RuleOptions, settings: Settings) -> Rule:
    try:
        return rule.with_options(**dict(options.options))
    except (ValueError, TypeError) as error:
        raise ConfigError(f"{settings.from_where('rules')}: rules.{rule.id!r}: {error}") from None


def _with_model(rule: Rule, settings: Settings) -> Rule:
    """A rule that asks a language model, with the one that the settings name, if it can be found."""
    if not any(hasattr(detector, "model") for detector in rule.detectors):
        return rule
    if any(getattr(detector, "model", "") for detector in rule.detectors):
        raise ConfigError(f"{rule.path}: a model is named on the command line alone; remove the option, and use --spun-model")
    if not settings.spun_model:
        return rule
    from lintnews.evidence.spun.deep import find

    try:
        find(settings.spun_model)
    except ValueError as error:
        raise _error(settings, "spun_model", str(error)) from None
    return rule.with_options(model=settings.spun_model)


def _error(settings: Settings, field: str, problem: str) -> ConfigError:
    return ConfigError(f"{settings.from_where(field)}: {field.replace('_', '-')}: {problem}")
