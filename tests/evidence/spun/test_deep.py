"""The deep tier of spun text: a word gives way where another fits much better; what can't be used is told in a line."""

import re
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import GATE

from lintnews.cli import main
from lintnews.detectors.spun import SpunDetector
from lintnews.document import Document
from lintnews.evidence.spun import deep, read
from lintnews.evidence.spun.encoder import readings
from lintnews.evidence.spun.reading import DULL
from lintnews.evidence.spun.words import features

SPOILT = (GATE / "spun.txt").read_text(encoding="utf-8").split("\n====\n")
SOUND = (GATE / "sound.txt").read_text(encoding="utf-8").split("\n====\n")
TEXT = "The club said in an utterance that the coach will leave in May, and an utterance from the players followed."


class Bigrams:
    """A language model of words: after "an" it expects "announcement" and after that "that" or "from"; all else is a surprise."""

    EXPECTED = frozenset({(" an", " announcement"), (" announcement", " that"), (" announcement", " from")})

    def __init__(self) -> None:
        self.names: list[str] = []
        self.stretch: list[int] = []

    def tokens(self, text: str) -> list[int]:
        parts = re.findall(r"\s?\w+|\s|[^\w\s]", text)
        self.names += [part for part in dict.fromkeys(parts) if part not in self.names]
        return [self.names.index(part) for part in parts]

    def piece(self, token: int) -> bytes:
        return self.names[token].encode()

    def read(self, tokens: Sequence[int], asked: Sequence[Sequence[int]]) -> list[list[float]]:
        self.stretch = list(tokens)
        return [[self._log(tokens[n - 1] if n else None, token) for token in some] for n, some in enumerate(asked)]

    def follow(self, branches: Sequence[tuple[int, Sequence[int]]]) -> list[float]:
        return [sum(self._log(a, b) for a, b in pairwise(tokens)) for _, tokens in branches]

    def _log(self, before: int | None, token: int) -> float:
        known = before is not None and (self.names[before], self.names[token]) in self.EXPECTED
        return -1.0 if known else -9.0


def looked(text: str, model: deep.LanguageModel) -> dict[int, deep.Fit]:
    words = features(text, readings(text))
    for word in words:
        word.odds = 0.0
    return {word.span[0]: fit for word, fit in deep.look(text, words, {}, model)}


def test_the_better_word_comes_first_and_its_gain_is_what_both_sides_say() -> None:
    fit = looked(TEXT, Bigrams())[TEXT.index("utterance")]
    rank = fit.candidates.index("announcement")
    assert rank == 0
    assert fit.surprise == 9.0
    assert fit.gain_before <= 8.0
    assert fit.gain == pytest.approx(fit.gain_before + 8.0)  # " that" follows, once


def test_a_word_that_nothing_beats_is_not_tried_with_what_follows() -> None:
    fit = looked(TEXT, Bigrams())[TEXT.index("coach")]
    assert fit.gain == pytest.approx(fit.gain_before - deep.SHUT)
    assert fit.gain_before <= 0


def test_words_that_the_encoder_finds_sound_are_not_looked_at() -> None:
    words = features(TEXT, readings(TEXT))
    for word in words:
        word.odds = deep.CLEAR
    assert deep.look(TEXT, words, {}, Bigrams()) == []


def test_a_long_text_is_read_in_stretches_with_the_same_result() -> None:
    model, far = Bigrams(), "It rained. " * 150 + TEXT
    near = looked(TEXT, model)[TEXT.index("utterance")]
    assert looked(far, model)[far.index("utterance")].gain == pytest.approx(near.gain, abs=6)  # the candidates' ranks differ
    assert len(model.stretch) <= deep.BEFORE + deep.STRETCH + deep.LONGEST + deep.AFTER


def test_letters_beyond_ascii_and_odd_spaces_keep_their_place() -> None:
    text = "“Café” – naïve\u00a0words 🙂\tin  an utterance that followed"
    assert looked(text, Bigrams())[text.index("utterance")].candidates[0] == "announcement"


def test_other_occurrences_count() -> None:
    words = [SimpleNamespace(word=w, odds=0.0, features=[0.0, 0.0]) for w in ("writ", "writ", "step")]
    fits = [deep.Fit(5.0, 2.0, gain, ("x",)) for gain in (10.0, 2.0, 4.0)]
    rows = deep.figures(list(zip(words, fits, strict=True)))  # type: ignore[arg-type]
    assert [row[6] for row in rows] == [2.0, 10.0, 4.0]


class Loath:
    """Finds every word likely, whatever it is."""

    def __init__(self) -> None:
        self.words = Bigrams()
        self.tokens, self.piece = self.words.tokens, self.words.piece

    def read(self, tokens: Sequence[int], asked: Sequence[Sequence[int]]) -> list[list[float]]:
        assert len(tokens) == len(asked)
        return [[-1.0 for _ in some] for some in asked]

    def follow(self, branches: Sequence[tuple[int, Sequence[int]]]) -> list[float]:
        return [-1.0 for _ in branches]


@pytest.fixture
def loath(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    monkeypatch.setattr(deep, "load", lambda name: asked.append(name) or Loath())
    return asked


def test_the_model_has_a_say(loath: list[str]) -> None:
    alone, with_model = read(SPOILT[0]), read(SPOILT[0], "some-model")
    assert loath == ["some-model"]
    assert sum(w.probability for w in with_model.words) < sum(w.probability for w in alone.words)
    assert with_model.confidence < alone.confidence


def test_sound_text_never_loads_the_model(loath: list[str]) -> None:
    sound = [text for text in SOUND if read(text).confidence < DULL]
    assert len(sound) > len(SOUND) / 2
    for text in sound:
        read(text, "some-model")
    assert loath == []


def test_rules_with_the_same_model_share_a_reading(loath: list[str]) -> None:
    document = Document(SPOILT[0])
    for report in ("article", "word", "phrase"):
        list(SpunDetector(report, model="a").find(document))
    assert loath == ["a"]
    list(SpunDetector("word", model="b").find(document))
    assert loath == ["a", "b"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.txt").write_text(SOUND[0], encoding="utf-8")
    (tmp_path / "junk.gguf").write_bytes(b"not a model")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("nowhere.gguf", r"command line: spun-model: there is no file nowhere\.gguf; correct the path"),
        (
            "no-such-package",
            r"spun-model: no package no-such-package is installed; install it, or name a file",
        ),
        ("pluggy", r"spun-model: the package pluggy holds no \.gguf file"),
        ("junk.gguf", r"spun-model: junk\.gguf is no GGUF file"),
    ],
)
def test_a_model_that_is_not_there(model: str, told: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--select", "spun", "--spun-model", model, str(folder / "a.txt")]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert re.search(told, lines[0])


def test_the_library_is_named_when_it_is_missing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "real.gguf").write_bytes(b"GGUF" + bytes(20))
    monkeypatch.setitem(sys.modules, "llama_cpp", None)
    with pytest.raises(ValueError, match=r"llama-cpp-python is missing; install it with: pip install 'lintnews\[deep\]'"):
        deep.find("real.gguf")


def test_a_file_that_others_may_have_written_names_no_model(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in ('spun-model = "models/x.gguf"\n', '[rules."spun/word"]\nmodel = "models/x.gguf"\n'):
        (folder / "lintnews.toml").write_text(text, encoding="utf-8")
        assert main(["check", "a.txt"]) == 2
        assert "on the command line alone" in capsys.readouterr().err.replace("for the", "on the")


@pytest.mark.usefixtures("folder")
def test_no_model_is_sought_where_no_rule_asks_for_one() -> None:
    assert main(["check", "--exit-zero", "--ignore", "spun", "--spun-model", "no-such-package", "a.txt"]) == 0


def test_a_package_is_found_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = tmp_path / "model.gguf"
    held.write_bytes(b"GGUF" + bytes(20))

    def files(name: str) -> list[SimpleNamespace]:
        if name != "some-model":
            raise PackageNotFoundError(name)
        return [SimpleNamespace(suffix=".py"), SimpleNamespace(suffix=".gguf", locate=lambda: held)]

    monkeypatch.setattr(deep, "files", files)
    monkeypatch.setattr(deep, "find_spec", lambda _: object())
    assert deep.find("some-model") == held


def tiny(path: Path) -> None:
    """A GGUF file of a llama of one layer with random weights, and bytes and two merges for a vocabulary."""
    import numpy as np

    gguf = pytest.importorskip("gguf", reason="needs gguf to write a model")
    width, heads, hidden = 32, 4, 64
    printed = [*range(33, 127), *range(161, 173), *range(174, 256)]
    tokens = [*map(chr, printed), *(chr(256 + n) for n in range(256 - len(printed))), "th", "the", "<end>"]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(512)
    writer.add_embedding_length(width)
    writer.add_block_count(1)
    writer.add_feed_forward_length(hidden)
    writer.add_head_count(heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(width // heads)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([1] * (len(tokens) - 1) + [3])
    writer.add_token_merges(["t h", "th e"])
    writer.add_eos_token_id(len(tokens) - 1)
    writer.add_bos_token_id(len(tokens) - 1)
    random = np.random.default_rng(0)
    block = {"attn_q": (width, width), "attn_k": (width, width), "attn_v": (width, width), "attn_output": (width, width)}
    block |= {"ffn_gate": (hidden, width), "ffn_up": (hidden, width), "ffn_down": (width, hidden)}
    sizes = {f"blk.0.{name}": size for name, size in block.items()}
    sizes |= {"token_embd": (len(tokens), width), "output": (len(tokens), width)}
    for name, size in sizes.items():
        writer.add_tensor(f"{name}.weight", random.normal(0, 0.3, size).astype(np.float32))
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{name}.weight", np.ones(width, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    pytest.importorskip("llama_cpp", reason="needs the extra deep")
    path = tmp_path_factory.mktemp("model") / "tiny.gguf"
    tiny(path)
    return str(path)


def test_llama_cpp_follows_branches_as_it_reads(model: str) -> None:
    llama = deep.load(model)
    text = "the café — the others’ mill was closed when they left"
    tokens = llama.tokens(text)
    assert b"".join(map(llama.piece, tokens)).decode() == text
    whole = [row[0] for row in llama.read(tokens, [[token] for token in tokens])]
    assert all(p < 0 for p in whole)
    other = [*tokens[:5], *tokens[9:14]]
    branches = [(5, tokens[5:12]), (9, tokens[9:14]), (5, tokens[9:14]), (5, tokens[5:6])] * 20
    followed = llama.follow(branches)
    assert followed[:2] == pytest.approx([sum(whole[6:12]), sum(whole[10:14])], abs=0.05)
    assert followed[2] == pytest.approx(sum(row[0] for row in llama.read(other, [[t] for t in other])[6:]), abs=0.05)
    assert followed[3] == 0.0
    assert followed == pytest.approx(followed[:4] * 20, abs=0.05)


def test_llama_cpp_judges_a_spun_text(model: str) -> None:
    once = read(SPOILT[0], model)
    assert once.words
    assert once == read(SPOILT[0], model)


def test_a_file_that_only_looks_like_a_model(tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp", reason="needs the extra deep")
    (tmp_path / "x.gguf").write_bytes(b"GGUF" + bytes(40))
    with pytest.raises(ValueError, match=r"x\.gguf is no model that llama\.cpp can read"):
        deep.load(str(tmp_path / "x.gguf"))
