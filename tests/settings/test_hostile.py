"""A configuration that others wrote reads nothing outside its project, takes no memory, and runs nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import put

from lintnews.settings.files import MOST_BYTES, Configuration, load
from lintnews.settings.settings import ConfigError


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A project with a folder in it, beside a file that is not its own."""
    put(tmp_path / "secret.toml", "select = ['ALL']\n")
    folder = tmp_path / "checkout" / "in"
    folder.mkdir(parents=True)
    (tmp_path / "checkout" / ".git").mkdir()
    (folder / "out").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.toml")
    put(folder / "huge.toml", "#" * (MOST_BYTES + 1))
    put(tmp_path / "checkout" / "base.toml", 'ignore = ["spun"]\n')
    return folder


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('extend = "/dev/zero"', r"extend leads to /dev/zero, outside .*checkout; move it there, or name it with --config"),
        ('extend = "../../secret.toml"', "outside"),
        ('extend = "out/secret.toml"', "outside"),
        ('extend = "~/secret.toml"', "outside"),
        ('extend = "pipe.toml"', "expected a file"),
        ('extend = "."', "expected a file"),
        ('extend = "huge.toml"', "no configuration is"),
        ('rule-paths = ["/"]', r"rule-paths leads to /, outside .*; move it there, or name it with --rule-path"),
        ('rule-paths = ["../.."]', "outside"),
        ('rule-paths = ["house", "out"]', "outside"),
        ('spun-model = "x.gguf"', "for the command line alone"),
        ("a = " + "[" * 10_000, "not valid TOML"),
        ('exclude = ["!"]', "not a valid pattern"),
    ],
)
def test_it_is_refused_in_words(checkout: Path, text: str, problem: str) -> None:
    put(checkout / "lintnews.toml", text + "\n")
    with pytest.raises(ConfigError, match=problem):
        Configuration().settings_for(str(checkout))


def test_what_lies_in_the_project_is_read(checkout: Path) -> None:
    put(checkout / "lintnews.toml", 'extend = "../base.toml"\nrule-paths = ["../house"]\n')
    found = Configuration().settings_for(str(checkout))
    assert found.ignore == ("spun",)
    assert found.rule_paths == (str(checkout.parent / "house"),)


@pytest.mark.parametrize("target", ["/dev/zero", "pipe.toml"])
def test_a_configuration_that_is_no_file_is_none(checkout: Path, target: str) -> None:
    (checkout / "lintnews.toml").symlink_to(target)
    assert Configuration().settings_for(str(checkout)).origin == {}


def test_the_command_line_names_what_it_likes(checkout: Path, tmp_path: Path) -> None:
    assert Configuration(str(tmp_path / "secret.toml")).settings_for(str(checkout)).select == ("ALL",)
    given = Configuration(options={"rule_paths": (str(tmp_path),)})
    assert given.settings_for(str(checkout)).rule_paths == (str(tmp_path),)


def test_files_that_extend_each_other_like_a_fan_are_read_once_each(tmp_path: Path) -> None:
    for n in range(40):
        (tmp_path / f"{n}.toml").write_text(f'extend = ["{n + 1}.toml", "./{n + 1}.toml"]\n', encoding="utf-8")
    (tmp_path / "40.toml").write_text("min-confidence = 0.7\n", encoding="utf-8")
    assert load(str(tmp_path / "0.toml")).min_confidence == 0.7
