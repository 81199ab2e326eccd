"""Rules have something to say in other languages, each in a file of its own, and say it where an article is in that language."""

from pathlib import Path

import pytest

import lintnews
from lintnews.document import Document
from lintnews.document.language import Language
from lintnews.examples import problems_in
from lintnews.linter import Linter
from lintnews.plugins.registry import load_rules, registry
from lintnews.rulebook.files import RuleFileError, load
from lintnews.rulebook.languages import in_language, languages, unknown_rules

RULES = load_rules()
LANGUAGES = languages(RULES)
ARTICLE = """Mühle am Fluss schließt für immer

Zuletzt aktualisiert: 30. Oktober 2023, 17:47 Uhr

Der zweite trockene Sommer in Folge hat die Speicher am Fluss geleert, und die Müller sagen, dass sie nicht mehr weiter können.
"""
RULE = """
message = "A byline."
why = "It stands here for the sake of its languages."
detect = "block"
[with]
patterns = ['^Written by ']
"""
GERMAN = """
[words]
by = ['geschrieben von', 'verfasst von']
[["house/byline".with]]
patterns = ['^(?i:{by}) ']
"""
SHAPES = """
[["house/byline".with]]
patterns = ['^(?i:{by}): ', '^{hour} {by}$']
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder of rules with one rule that has something to say in German."""
    (tmp_path / "house").mkdir()
    (tmp_path / "languages").mkdir()
    (tmp_path / "house" / "byline.toml").write_text(RULE, encoding="utf-8")
    (tmp_path / "languages" / "de.toml").write_text(GERMAN, encoding="utf-8")
    (tmp_path / "languages" / "shapes.toml").write_text(SHAPES, encoding="utf-8")
    return tmp_path


def found(folder: Path, text: str, code: str) -> list[str]:
    """What the rules of a folder find in a text of that language."""
    rules = load([folder], registry().detectors)
    return [d.text for d in Linter(rules).check(Document(text, known=(Language(code),)))]


def test_the_languages_that_most_news_is_in_are_there() -> None:
    assert {"de", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "uk", "zh"} <= set(LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_examples_hold_in_each_language(code: str) -> None:
    assert list(problems_in(RULES, code)) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_has_examples_of_what_is_found_and_of_what_is_left_alone(code: str) -> None:
    said = in_language(RULES, code)
    assert sum(len(rule.bad) for rule in said) >= 3
    assert sum(len(rule.good) for rule in said) >= 1


def test_an_article_is_asked_in_its_own_language() -> None:
    assert [d.rule for d in lintnews.check(ARTICLE)] == ["boilerplate/date-stamp"]
    linter = Linter(lintnews.rules())
    assert not linter.check(Document(ARTICLE, known=(Language("sw"),)))


def test_shapes_count_where_a_language_has_their_words(house: Path) -> None:
    assert found(house, "Verfasst von: Lena Holt", "de") == ["Verfasst von: Lena Holt"]
    assert found(house, "Verfasst von Lena Holt", "de") == ["Verfasst von Lena Holt"]


def test_what_is_said_in_english_counts_in_all_languages(house: Path) -> None:
    assert found(house, "Written by Lena Holt", "de") == found(house, "Written by Lena Holt", "fr") == ["Written by Lena Holt"]


def test_another_language_is_not_asked(house: Path) -> None:
    assert found(house, "Verfasst von Lena Holt", "fr") == found(house, "Verfasst von Lena Holt", "en") == []


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("words = 3", "words"),
        ('[["house/byline".with]]\npattern = ["a"]', "house/byline: unknown option 'pattern'; did you mean"),
        ("[[\"house/byline\".with]]\npatterns = ['{bi}']", "{bi} is no word"),
        ('[["house/byline".when]]\npatterns = ["a"]', 'house/byline: expected [["house/byline".with]]'),
        ("[", "can't be read as TOML"),
    ],
)
def test_a_broken_file_is_named_with_its_problem(house: Path, said: str, problem: str) -> None:
    (house / "languages" / "de.toml").write_text(said, encoding="utf-8")
    with pytest.raises(RuleFileError) as error:
        in_language(load([house], registry().detectors), "de")
    assert str(house / "languages" / "de.toml") in str(error.value)
    assert problem in str(error.value)


def test_a_table_that_is_no_rules_is_told(house: Path) -> None:
    (house / "languages" / "de.toml").write_text('[["house/bylines".with]]\npatterns = ["a"]', encoding="utf-8")
    rules = load([house], registry().detectors)
    assert unknown_rules(rules, "de") == ["house/bylines"]
    assert "no rule beside it is called so" in next(problems_in(rules, "de"))
