"""Rules run in any order, fail alone, and clean to a fixed point."""

import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lintnews
from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document
from lintnews.linter import Failure, Linter, RuleError
from lintnews.plugins.registry import registry
from lintnews.rulebook.files import load
from lintnews.rulebook.rule import Rule

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
LINES = [line for seed in SEEDS for line in seed.read_text(encoding="utf-8").split("\n")]
ARTICLES = st.lists(st.sampled_from([*LINES, "", "By Ana Duarte", "Advertisement", "\u0000", "İ🌾"]), max_size=30).map("\n".join)


@dataclass(frozen=True, slots=True)
class Broken(Detector):
    """A detector that always fails."""

    def find(self, document: Document) -> Iterator[Finding]:
        raise ZeroDivisionError(f"no luck with {document.path}")


@dataclass(frozen=True, slots=True)
class Swap(Detector):
    """A detector whose fix calls for another fix, forever."""

    def find(self, document: Document) -> Iterator[Finding]:
        yield Finding(0, 1, (Edit(0, 1, "b" if document.text[0] == "a" else "a"),))


def rule(id: str, detector: Detector) -> Rule:
    return Rule(id, "A message.", "A reason.", "warning", "safe", "test", (detector,))


def test_a_failing_rule_is_named_and_the_others_go_on() -> None:
    rules = [*lintnews.rules(), rule("test/broken", Broken())]
    failures: list[Failure] = []
    text = SEEDS[0].read_text(encoding="utf-8")
    found = Linter(rules).check(Document(text, "a.txt"), failures)
    assert found == Linter(lintnews.rules()).check(Document(text, "a.txt"))
    assert failures == [Failure("a.txt", "test/broken", "ZeroDivisionError: no luck with a.txt")]
    with pytest.raises(RuleError, match=r"a.txt: rule test/broken failed: ZeroDivisionError"):
        Linter(rules).check(Document(text, "a.txt"))


def test_fixes_that_never_settle_are_reported() -> None:
    failures: list[Failure] = []
    Linter([rule("test/swap", Swap())]).clean(Document("abc", "a.txt"), failures=failures)
    assert [(f.rule, f.error) for f in failures] == [("test/swap", "the text still changes after 20 passes")]


@settings(max_examples=60, deadline=None)
@given(ARTICLES, st.booleans())
def test_properties_of_check_and_clean(text: str, unsafe: bool) -> None:
    for diagnostic in lintnews.check(text):
        assert text[diagnostic.start : diagnostic.end] == diagnostic.text
        assert 0 <= diagnostic.confidence <= 1
        lines = text.split("\n")
        assert lines[diagnostic.line - 1][diagnostic.column - 1 :].startswith(diagnostic.text.split("\n")[0])
    cleaned = lintnews.clean(text, unsafe_fixes=unsafe)
    assert lintnews.clean(cleaned.text, unsafe_fixes=unsafe).text == cleaned.text
    from lintnews.fixes.ledger import restore

    assert restore(cleaned.text, cleaned.ledger) == text


@settings(max_examples=20, deadline=None)
@given(ARTICLES, st.randoms(use_true_random=False))
def test_the_order_of_rules_decides_nothing(text: str, rng: random.Random) -> None:
    rules = lintnews.rules()
    shuffled = rules[:]
    rng.shuffle(shuffled)
    assert Linter(shuffled).check(Document(text)) == Linter(rules).check(Document(text))


def test_threads_may_share_a_linter() -> None:
    linter = Linter(lintnews.rules())
    texts = [seed.read_text(encoding="utf-8") for seed in SEEDS] * 4
    expected = [linter.check(Document(text)) for text in texts]
    found: dict[int, object] = {}

    def work(number: int) -> None:
        found[number] = linter.check(Document(texts[number]))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[n] for n in range(len(texts))] == expected


def test_min_confidence_leaves_out_what_is_less_sure() -> None:
    text = SEEDS[4].read_text(encoding="utf-8")
    everything = Linter(lintnews.rules()).check(Document(text))
    sure = Linter(lintnews.rules(), min_confidence=0.95).check(Document(text))
    assert 0 < len(sure) < len(everything)
    assert all(d.confidence >= 0.95 for d in sure)


def test_mixed_alternatives_within_a_rule(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "rule.toml").write_text(
        'message = "M."\nwhy = "W."\ndetect = "block"\n'
        '[[with]]\npatterns = ["^mill$"]\n[[with]]\npatterns = ["^river$"]\nmax_words = 1\n',
        encoding="utf-8",
    )
    (loaded,) = load([tmp_path], registry().detectors)
    assert [d.text for d in Linter([loaded]).check(Document("mill\nriver\nthe river"))] == ["mill", "river"]
