"""Settings: the closest file, what it extends, and clear words for what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import put

from lintnews.settings.files import Configuration
from lintnews.settings.linters import chosen_rules
from lintnews.settings.settings import COMMAND_LINE, ConfigError, Settings


def settings(folder: Path, **options: object) -> Settings:
    return Configuration(options=options).settings_for(str(folder))


def test_the_closest_file_speaks_alone(tmp_path: Path) -> None:
    put(tmp_path / "pyproject.toml", '[tool.lintnews]\nignore = ["a"]\ntext-field = "top"\n')
    put(tmp_path / "sub" / "lintnews.toml", 'ignore = ["b"]\n')
    put(tmp_path / "sub" / "pyproject.toml", '[tool.lintnews]\nignore = ["passed over"]\n')
    put(tmp_path / "other" / "pyproject.toml", '[tool.black]\nline-length = 100\n[project]\nname = "not-lintnews"\n')
    (tmp_path / "sub" / "deep").mkdir()
    assert settings(tmp_path).ignore == ("a",)
    assert settings(tmp_path / "sub" / "deep").ignore == ("b",)
    assert settings(tmp_path / "sub" / "deep").text_field == ""
    assert settings(tmp_path / "other").text_field == "top"


def test_extend_takes_over_and_the_command_line_has_the_last_word(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    base = put(
        tmp_path / "base.toml", 'select = ["x"]\nmin-confidence = 0.7\nrule-paths = ["house"]\n[rules."a/b"]\nlevel = "info"\n'
    )
    file = put(
        tmp_path / "in" / "lintnews.toml", 'extend = "../base.toml"\nextend-select = ["y"]\n[rules."a/b"]\nlevel = "error"\n'
    )
    found = settings(tmp_path / "in", min_confidence=0.9)
    assert (found.select, found.extend_select) == (("x",), ("y",))
    assert found.min_confidence == 0.9
    assert found.rule_paths == (str(tmp_path / "house"),)
    assert [dict(r.options)["level"] for r in found.rules] == ["info", "error"]
    assert found.origin["select"] == str(base)
    assert found.origin["extend_select"] == str(file)
    assert found.origin["min_confidence"] == COMMAND_LINE


def test_files_of_one_configuration_share_its_settings(tmp_path: Path) -> None:
    put(tmp_path / "lintnews.toml", 'ignore = ["a"]\n')
    configuration = Configuration()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    assert configuration.settings_for(str(tmp_path / "a")) is configuration.settings_for(str(tmp_path / "b"))


def test_isolated_and_a_named_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "lintnews.toml", 'ignore = ["a"]\n')
    other = put(tmp_path / "else" / "my.toml", 'rule-paths = ["house"]\n')
    monkeypatch.chdir(tmp_path)
    assert Configuration(isolated=True).settings_for(str(tmp_path)) == Settings()
    named = Configuration(file=str(other)).settings_for(str(tmp_path))
    assert named.ignore == ()
    assert named.rule_paths == (str(tmp_path / "house"),)  # relative to the working directory, as what is typed


def test_per_file_ignores(tmp_path: Path) -> None:
    put(tmp_path / "lintnews.toml", '[per-file-ignores]\n"wire/**" = ["boilerplate"]\n"*.md" = ["duplicate", "spun"]\n')
    found = settings(tmp_path)
    assert found.ignored_in(str(tmp_path / "wire" / "a.txt")) == ("boilerplate",)
    assert found.ignored_in(str(tmp_path / "a.md")) == ("duplicate", "spun")
    assert found.ignored_in(str(tmp_path / "a.txt")) == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('igonre = ["a"]\n', r"unknown key 'igonre'; did you mean 'ignore'\?"),
        ("qqq = 1\n", r"unknown key 'qqq'; there are .*exclude"),
        ('select = "a"\n', r"select is 'a'; expected a list of strings"),
        ("min-confidence = 2\n", r"min-confidence is 2; expected a number from 0 to 1"),
        ("min-confidence = true\n", r"min-confidence is True; expected a number"),
        ('fail-on = "fatal"\n', r"fail-on is 'fatal'; expected error, warning, info or never"),
        ('unsafe-fixes = "yes"\n', r"unsafe-fixes is 'yes'; expected true or false"),
        ("rules = []\n", r"rules is \[\]; expected a table"),
        ("select = [\n", r"not valid TOML: .*line"),
        ('extend = "lintnews.toml"\n', r"extend goes round in a circle"),
        ('extend = "none.toml"\n', r"none.toml: can't be read"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_key(tmp_path: Path, text: str, problem: str) -> None:
    file = put(tmp_path / "lintnews.toml", text)
    with pytest.raises(ConfigError, match=problem) as caught:
        settings(tmp_path)
    assert str(caught.value).startswith(str(file.parent))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('select = ["boilerplat"]\n', r"lintnews.toml: select: .*'boilerplat'; did you mean 'boilerplate'\?"),
        ('[per-file-ignores]\n"*.md" = ["boilerplate/bylin"]\n', r"per-file-ignores: .*did you mean 'boilerplate/byline'\?"),
        ('[rules."boilerplate/bylin"]\nlevel = "info"\n', r"rules: .*'boilerplate/bylin'; did you mean 'boilerplate/byline'\?"),
        (
            '[rules."boilerplate/byline"]\nmax-wrods = 3\n',
            r"rules.'boilerplate/byline': unknown option .*did you mean 'max_words'\?",
        ),
        ('[rules."boilerplate/byline"]\nlevel = "off"\n', r"level is 'off'; expected one of error, warning, info"),
        ('[rules."boilerplate/byline"]\nfix = "maybe"\n', r"fix is 'maybe'; expected one of safe, unsafe, none"),
        ('[rules."boilerplate/byline"]\nconfidence = 7\n', r"confidence is 7; expected a number from 0 to 1"),
        ('[rules."boilerplate/byline"]\nsafe-at = "x"\n', r"safe_at is 'x'; expected a number from 0 to 1"),
        ('[rules."boilerplate/byline"]\ndefault = 1\n', r"default is 1; expected true or false"),
        (
            '[rules."boilerplate/newsletter"]\nzone = ["top"]\n',
            r"option zone is .*; expected a list of some of head, body, between, tail",
        ),
        ('[rules."boilerplate/newsletter"]\nkinds = "line"\n', r"option kinds is 'line'; expected a list of some of paragraph"),
        ('[rules."structure/displaced-list"]\nreport = "all"\n', r"option report is 'all'; expected one of list, lead-in"),
        ('[rules."boilerplate/newsletter"]\npatterns = ["("]\n', r"not a valid pattern: '\('"),
        ('[rules."boilerplate/newsletter"]\npatterns = "x"\n', r"option patterns is 'x'; expected a list of strings"),
    ],
)
def test_unknown_rules_and_options_are_told(tmp_path: Path, text: str, problem: str) -> None:
    put(tmp_path / "lintnews.toml", text)
    with pytest.raises(ConfigError, match=problem):
        chosen_rules(settings(tmp_path))


def test_options_of_a_rule_are_set(tmp_path: Path) -> None:
    put(
        tmp_path / "lintnews.toml",
        'select = ["boilerplate/byline"]\n[rules."boilerplate/byline"]\nlevel = "error"\nmax-words = 3\n',
    )
    (rule,) = chosen_rules(settings(tmp_path))
    assert rule.level == "error"
    assert rule.options[0]["max_words"] == 3


def test_ignore_and_extend_select() -> None:
    every = {rule.id for rule in chosen_rules(Settings(select=("ALL",)))}
    assert {rule.id for rule in chosen_rules(Settings(select=("ALL",)), ("boilerplate",))} == {
        name for name in every if not name.startswith("boilerplate/")
    }
    kept = {rule.id for rule in chosen_rules(Settings(select=("structure",), extend_select=("boilerplate/byline",)))}
    assert "boilerplate/byline" in kept
    assert {name.partition("/")[0] for name in kept} == {"structure", "boilerplate"}
