"""A small bidirectional encoder that says, word for word, how likely it was put in by a spinner, and what stood there before.

Four layers of MiniLM (Apache-2.0), trained to tell replaced words from the writer's own as ELECTRA's discriminator is (Clark et
al., 2020), on news that several synthetic spinners had been through; a second head guesses the original word. Weights are 8-bit.

Its answers are the same to the last bit on every processor: the graph (`training/spun/graph.py`) adds up whole numbers only,
which floats hold exactly in any order, and what is reckoned here with its hidden states is done in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from lintnews.document.blocks import Span
from lintnews.evidence.spun.screen import DATA
from lintnews.patterns.deadline import tick

WORD = re.compile(r"[A-Za-z]+(?:['’\-][A-Za-z]+)*|\d+(?:[.,]\d+)*|[^\w\s]|\w+")
LONGEST = 190
"""Word pieces that the encoder reads at a time."""
UNKNOWN, FIRST, LAST = 0, 1, 2
UNIT = 512
"""Steps to 1 in which the hidden states come."""


class Stretch(NamedTuple):
    """Whole sentences that the encoder reads at a time: the spans of their words, and the pieces of each."""

    spans: Sequence[Span]
    pieces: Sequence[tuple[int, ...]]


class Reading(NamedTuple):
    """What the encoder says of one stretch: per word its span, its log odds of having been put in, and its hidden state."""

    spans: Sequence[Span]
    odds: Sequence[float]
    hidden: Any
    whole: float


class Encoder:
    """The model in memory. Raises `ModuleNotFoundError` when numpy or onnxruntime is missing."""

    def __init__(self) -> None:
        import numpy
        import onnxruntime  # type: ignore[import-untyped, unused-ignore]

        self.np = numpy
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # What goes further than this joins operations, and a joined one is rounded otherwise.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        self.session = onnxruntime.InferenceSession(str(DATA / "encoder.onnx"), options, providers=["CPUExecutionProvider"])
        self.embeddings = numpy.load(DATA / "embeddings.npy")
        with numpy.load(DATA / "heads.npz") as heads:
            self.heads = {name: heads[name].astype(numpy.float32) for name in heads.files}
        self.names = (DATA / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
        self.numbers = {name: number for number, name in enumerate(self.names)}
        self.pieces = lru_cache(maxsize=1 << 16)(self._pieces)

    def _pieces(self, word: str) -> tuple[int, ...]:
        folded = unicodedata.normalize("NFD", word.lower().replace("’", "'"))
        found: list[int] = []
        for part in re.findall(r"\w+|[^\w\s]", "".join(c for c in folded if unicodedata.category(c) != "Mn")):
            at = 0
            while at < len(part):
                for end in range(min(len(part), at + 24), at, -1):
                    number = self.numbers.get(("##" if at else "") + part[at:end])
                    if number is not None:
                        found.append(number)
                        at = end
                        break
                else:
                    found.append(UNKNOWN)
                    break
        return tuple(found[:12]) or (UNKNOWN,)

    def stretches(self, text: str) -> Iterator[Stretch]:
        """A text in the parts that are read at a time."""
        spans: list[Span] = []
        pieces: list[tuple[int, ...]] = []
        length = pause = 0
        for match in WORD.finditer(text):
            spans.append(match.span())
            pieces.append(self.pieces(match[0]))
            length += len(pieces[-1])
            if match[0] in ".!?" or text[match.end() : match.end() + 1] == "\n":
                pause = len(spans)
            if length > LONGEST - 12:
                cut = pause if pause > len(spans) // 3 else len(spans)
                yield Stretch(spans[:cut], pieces[:cut])
                spans, pieces, pause = spans[cut:], pieces[cut:], 0
                length = sum(map(len, pieces))
        if spans:
            yield Stretch(spans, pieces)

    def read(self, text: str, stretch: Stretch) -> Reading:
        """What the encoder says of one stretch of a text."""
        tick()
        np = self.np
        ids, capital, first = [FIRST], [0], []
        for (start, _), parts in zip(*stretch, strict=True):
            first.append(len(ids))
            ids.extend(parts)
            capital.extend([int(text[start].isupper())] * len(parts))
        ids.append(LAST)
        capital.append(0)
        x = self.embeddings[ids] * self.heads["scale"][ids][:, None]
        x += self.heads["position"][: len(ids)] + self.heads["capital"][capital]
        hidden, odds, whole = self.session.run(None, {"x": x.astype(np.float32)})
        return Reading(stretch.spans, odds[first].tolist(), hidden[first] / UNIT, float(whole[0]))

    def mixed(self, hidden: Any) -> Any:
        """Hidden states as the second head wants them: times a word's vector they say how well it would stand there.

        Both factors have few enough bits for 64-bit floats to hold the sums exactly.
        """
        np, heads = self.np, self.heads
        x = hidden.astype(np.float64) @ heads["mix"].astype(np.float64) + heads["mix_bias"]
        x = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x**3)))
        return (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5) * heads["norm"] + heads["norm_bias"]


@cache
def encoder() -> Encoder:
    """The one encoder of this process, loaded when first asked for."""
    return Encoder()


def readings(text: str) -> list[Reading]:
    """What the encoder says of a whole text."""
    return [encoder().read(text, stretch) for stretch in encoder().stretches(text)]
