"""Settings to a linter: load the rules, choose those that are asked for, set their options."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from lintnews.linter import Linter
from lintnews.messages import nearest
from lintnews.plugins.registry import load_rules
from lintnews.rulebook.files import RuleFileError
from lintnews.rulebook.rule import Rule
from lintnews.rulebook.selection import ALL, choose_rules
from lintnews.settings.files import DEFAULT, ConfigError, RuleOptions, Settings


def build_linter(settings: Settings, ignored: Sequence[str] = (), *, timings: bool = False) -> Linter:
    """A linter with the rules that the settings ask for, less `ignored`. Raises `ConfigError`."""
    return Linter(chosen_rules(settings, ignored), min_confidence=settings.min_confidence, timings=timings)


def chosen_rules(settings: Settings, ignored: Sequence[str] = ()) -> list[Rule]:
    """The rules that the settings ask for, less `ignored`, with their options. Raises `ConfigError`."""
    rules = all_rules(settings.rule_paths)
    per_file = tuple(name for _, names in settings.per_file_ignores for name in names)
    for key, names in (
        ("select", settings.select),
        ("extend_select", settings.extend_select),
        ("ignore", settings.ignore),
    ):
        _check_names(rules, names, settings, key)
    _check_names(rules, per_file, settings, "per_file_ignores")
    wanted = choose_rules(rules, settings.select, settings.ignore)
    if settings.extend_select:
        wanted += choose_rules(rules, settings.extend_select, settings.ignore)
    kept = {rule.id for rule in (choose_rules(rules, (ALL,), ignored) if ignored else rules)}
    chosen = {rule.id: rule for rule in wanted if rule.id in kept}
    for options in settings.rules:
        if options.rule not in {rule.id for rule in rules}:
            known = nearest(options.rule, [rule.id for rule in rules])
            raise ConfigError(f"{_origin(settings, 'rules')}: rules: no rule is called {options.rule!r}{known}")
        if options.rule in chosen:
            chosen[options.rule] = _with_options(chosen[options.rule], options, settings)
    return [_with_model(chosen[name], settings) for name in sorted(chosen)]


def all_rules(rule_paths: tuple[str, ...] = ()) -> tuple[Rule, ...]:
    """Every rule there is: built-in, from plugins, and below `rule_paths`. Raises `ConfigError`."""
    try:
        return _load(rule_paths)
    except RuleFileError as error:
        raise ConfigError(str(error)) from None


@lru_cache(maxsize=64)
def _load(rule_paths: tuple[str, ...]) -> tuple[Rule, ...]:
    return tuple(load_rules(rule_paths))


def _check_names(rules: Sequence[Rule], names: Iterable[str], settings: Settings, key: str) -> None:
    try:
        choose_rules(rules, names, ())
    except ValueError as error:
        raise ConfigError(f"{_origin(settings, key)}: {key.replace('_', '-')}: {error}") from None


def _with_options(rule: Rule, options: RuleOptions, settings: Settings) -> Rule:
    try:
        return rule.with_options(**dict(options.options))
    except (ValueError, TypeError) as error:
        raise ConfigError(f"{_origin(settings, 'rules')}: rules.{rule.id!r}: {error}") from None


def _with_model(rule: Rule, settings: Settings) -> Rule:
    """A rule that asks a language model, with the one that the settings name, if it can be found."""
    if not any(hasattr(detector, "model") for detector in rule.detectors):
        return rule
    if settings.spun_model:
        rule = rule.with_options(model=settings.spun_model)
    for name in {model for detector in rule.detectors if (model := getattr(detector, "model", ""))}:
        from lintnews.evidence.spun.deep import find

        try:
            find(name)
        except ValueError as error:
            key = "spun_model" if settings.spun_model else "rules"
            raise ConfigError(f"{_origin(settings, key)}: {key.replace('_', '-')}: {error}") from None
    return rule


def _origin(settings: Settings, key: str) -> str:
    return settings.origin.get(key, DEFAULT)
