"""The documentation site: every page of the project is there, every rule has one, and no link leads nowhere."""

from __future__ import annotations

import re
import runpy
from posixpath import dirname, normpath

import pytest
from conftest import ROOT

from lintnews.reports.places import HOME
from lintnews.settings.linters import all_rules


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    found: dict[str, str] = runpy.run_path(str(ROOT / "docs" / "website.py"))["pages"]()
    return found


def test_every_rule_and_every_page_is_there(pages: dict[str, str]) -> None:
    assert {f"rules/{rule.id}.md" for rule in all_rules()} <= set(pages)
    assert {path.name for path in (ROOT / "docs").glob("*.md")} <= set(pages)
    navigation = set(re.findall(r": ([\w-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE))
    assert {name for name in pages if not name.startswith("rules/")} == navigation


def test_links_lead_to_pages_and_pictures(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        shown = re.sub(r"<pre>.*?</pre>", "", text, flags=re.DOTALL)  # what examples of rules hold is no link
        for link in re.findall(r"\]\(([^)#\s]+)", shown):
            if "pictures/" in link:
                assert (ROOT / "docs" / link).is_file(), f"{name}: {link}"
            elif "://" not in link:
                assert normpath(f"{dirname(name)}/{link}").lstrip("/") in pages, f"{name}: {link}"


def test_a_rule_page_has_reason_examples_options_and_how_to_switch_it_off(pages: dict[str, str]) -> None:
    for rule in all_rules():
        page = pages[f"rules/{rule.id}.md"]
        assert " ".join(rule.why.split()) in page
        assert "⟦" not in page
        assert page.count("\n## ") >= 3
    assert "<mark>" in pages["rules/boilerplate/caption.md"]


def test_reports_lead_to_where_the_site_is() -> None:
    assert f"site_url: {HOME}\n" in (ROOT / "mkdocs.yml").read_text("utf-8")
