"""The table of settings is the only list of them: fields, options, schema and the page agree with it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import fields
from runpy import run_path

import pytest
from conftest import ROOT, run

from lintnews.cli import COMMANDS
from lintnews.plugins.loading import load
from lintnews.settings.keys import KEYS, Key
from lintnews.settings.settings import Settings

CHECK = ArgumentParser()
load("lintnews.cli.check:arguments")(CHECK)


def test_every_field_has_a_key_and_every_key_but_extend_a_field() -> None:
    assert {f.name for f in fields(Settings)} - {"origin"} == {key.field for key in KEYS} - {"extend"}


@pytest.mark.parametrize("key", [key for key in KEYS if key.option], ids=lambda key: key.name)
def test_every_option_of_a_setting_is_one_of_check(key: Key) -> None:
    assert f" {key.option}" in CHECK.format_help()


def test_the_defaults_that_the_help_tells_are_the_fields() -> None:
    for key in KEYS:
        _, told, rest = key.help.partition("(default: ")
        if told and key.name != "select":
            assert rest.rstrip(")") == str(getattr(Settings(), key.field))


def test_the_schema_names_every_key_and_is_one_of_json() -> None:
    schema = json.loads(run("config", "schema").stdout)
    assert schema["properties"].keys() == {key.name for key in KEYS if key.in_files}
    assert schema["properties"]["fail-on"]["enum"] == ["error", "warning", "info", "never"]


def test_the_page_is_as_the_table_has_it() -> None:
    page = run_path(str(ROOT / "docs" / "settings.py"))["page"]()
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == page, "python docs/settings.py"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_of_its_own(name: str) -> None:
    done = run(name, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"usage: lintnews {name}".encode())
