"""Train the encoder on clean windows and on windows that a synthetic spinner has been through.

python train.py --corpus corpus.pkl --moby MOBY --wordnet FOLDER --pairs PAIRS.tsv --minilm FOLDER --minutes 60 --out encoder.pt
"""

import argparse
import pickle
import random
import re
import time
import unicodedata
from pathlib import Path

import torch
import torch.nn.functional as nnf
from marks import marked
from model import Model, from_minilm, from_shipped
from spinners import Data, Spinner

FIRST, LAST, UNKNOWN = 101, 102, 100
LONGEST = 192
SPUN_SHARE, MADE_SHARE = 0.5, 0.05
ORIGINALS = 256
"""Replaced words a batch whose originals are guessed, at most."""
COMMON = 20
"""Count in the news from which a word may be guessed."""


class Pieces:
    """WordPiece of one word, lower case without accents."""

    def __init__(self, vocabulary: Path) -> None:
        lines = vocabulary.read_text(encoding="utf-8").split("\n")
        self.numbers = {word: number for number, word in enumerate(lines)}
        self.known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        if word not in self.known:
            folded = unicodedata.normalize("NFD", word.lower().replace("’", "'"))
            found: list[int] = []
            for part in re.findall(r"\w+|[^\w\s]", "".join(c for c in folded if unicodedata.category(c) != "Mn")):
                at = 0
                while at < len(part):
                    ends = range(min(len(part), at + 24), at, -1)
                    end = next((e for e in ends if ("##" if at else "") + part[at:e] in self.numbers), 0)
                    found.append(self.numbers[("##" if at else "") + part[at:end]] if end else UNKNOWN)
                    at = end or len(part)
            self.known[word] = tuple(found[:12]) or (UNKNOWN,)
        return self.known[word]


class Windows:
    """Batches of windows, about as many word pieces each, drawn without end."""

    def __init__(
        self,
        articles: list,
        data: Data,
        pieces: Pieces,
        rng: random.Random,
        tokens: int,
        shares: dict[str, float],
        made: list[list[tuple[str, str | None]]],
    ) -> None:
        """`shares`: how often an article is drawn from a source, by what its id starts with; the others share what is left.
        `made`: texts in which it is marked by hand what was put in, of which every so many windows are."""
        self.made = made
        self.data, self.pieces, self.rng, self.tokens, self.pool = data, pieces, rng, tokens, []
        sources = {prefix: [words for name, words in articles if name.startswith(prefix)] for prefix in shares}
        others = [words for name, words in articles if not name.startswith(tuple(shares))]
        self.sources = [source for source in (*sources.values(), others) if source]
        left = max(0.0, 1 - sum(shares.values()))
        self.weights = [share for prefix, share in shares.items() if sources[prefix]] + ([left] if others else [])

    def window(self) -> list:
        if self.made and self.rng.random() < MADE_SHARE:
            words = self.rng.choice(self.made)
            return words[self.rng.randrange(len(words) // 3) : len(words) - self.rng.randrange(len(words) // 3)]
        source = self.rng.choices(self.sources, self.weights)[0]
        words, length = self.rng.choice(source), self.rng.choice([40, 80, 120, 140])
        at = self.rng.randrange(max(1, len(words) - length)) if self.rng.random() < 0.8 else 0
        while 0 < at < len(words) - 8 and words[at - 1] not in ".\n":
            at += 1
        words = words[at : at + length]
        spun = Spinner(self.data, self.rng).spin(words) if self.rng.random() < SPUN_SHARE else [(w, None) for w in words]
        return [pair for pair in spun if pair[0] != "\n"]

    def encode(self, pairs: list) -> tuple[list[int], list[int], list[int], list[int]]:
        ids, cap, replaced, original = [FIRST], [0], [-1], [0]
        for word, before in pairs:
            parts = self.pieces(word)
            if len(ids) + len(parts) >= LONGEST:
                break
            whole = self.pieces(before) if before and before.isalpha() else ()
            rest = len(parts) - 1
            ids += parts
            cap += [int(word[0].isupper())] * len(parts)
            replaced += [int(before is not None) if word[0].isalpha() else -1] + [-1] * rest
            original += [whole[0] if len(whole) == 1 else 0] + [0] * rest
        return [*ids, LAST], [*cap, 0], [*replaced, -1], [*original, 0]

    def batch(self) -> tuple[torch.Tensor, ...]:
        if not self.pool:
            windows = sorted((self.encode(w) for w in (self.window() for _ in range(400)) if len(w) > 5), key=lambda x: len(x[0]))
            batch: list = []
            for window in windows:
                if batch and (len(batch) + 1) * len(window[0]) > self.tokens:
                    self.pool.append(batch)
                    batch = []
                batch.append(window)
            self.rng.shuffle(self.pool)
        batch = self.pool.pop()
        longest = max(len(window[0]) for window in batch)
        return tuple(
            torch.tensor([window[k] + [fill] * (longest - len(window[k])) for window in batch])
            for k, fill in enumerate((0, 0, -1, 0))
        )


def loss_of(model: Model, batch: tuple[torch.Tensor, ...], weight: float, place: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Replaced or not, spun window or not, and the original of replaced words: all weighed, the first and the last alone.

    `place`: for each piece its place among the words that may be guessed, or -1.
    """
    ids, cap, replaced, original = batch
    hidden = model(ids, cap, ids != 0)
    judged = replaced >= 0
    swap = nnf.binary_cross_entropy_with_logits(model.swap(hidden).squeeze(-1)[judged], replaced[judged].float())
    doc = nnf.binary_cross_entropy_with_logits(model.doc(hidden[:, 0]).squeeze(-1), (replaced == 1).any(1).float())
    wanted = place[original]
    at = (wanted >= 0).nonzero()
    at = at[torch.randperm(len(at))[:ORIGINALS]]
    guessed = model.original(hidden[at[:, 0], at[:, 1]], (place >= 0).nonzero()[:, 0])
    guess = nnf.cross_entropy(guessed, wanted[at[:, 0], at[:, 1]]) if len(at) else hidden.sum() * 0
    return 4 * swap + 0.25 * doc + weight * guess, swap.detach(), guess.detach()


def main() -> None:
    """Train for so many minutes, the rate falling with the clock."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "moby", "wordnet", "pairs", "minilm", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    for name in ("mythes", "npm"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--made", type=Path, help="texts in which it is marked what was put in, such as translated.txt")
    parser.add_argument("--init", type=Path, help="go on from these weights, or from a folder that `export.py` wrote")
    parser.add_argument("--sources", nargs="+", default=[""], help="what the source of a pair must start with")
    parser.add_argument("--share", nargs="+", default=[], metavar="PREFIX=SHARE", help="how often articles of such ids are drawn")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--guess", type=float, default=0.15, help="weight of guessing the original")
    parser.add_argument("--tokens", type=int, default=2304)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    rng = random.Random(given.seed)
    train, _, counts = pickle.loads(given.corpus.read_bytes())
    data = Data(given.moby, given.wordnet, given.pairs, counts, tuple(given.sources), given.minilm, given.mythes, given.npm)
    pieces = Pieces(given.minilm / "vocab.txt")
    shares = {prefix: float(share) for prefix, share in (each.rsplit("=", 1) for each in given.share)}
    windows = Windows(train, data, pieces, rng, given.tokens, shares, marked(given.made) if given.made else [])
    guessed = torch.tensor([name.isalpha() and len(name) > 1 and counts[name] >= COMMON for name in pieces.numbers])
    place = torch.where(guessed, guessed.cumsum(0) - 1, -1)
    model = from_minilm(given.minilm, given.layers)
    if given.init:
        model = from_shipped(given.init, given.minilm, given.layers) if given.init.is_dir() else model
        if given.init.is_file():
            model.load_state_dict(torch.load(given.init))
    decayed = [p for p in model.parameters() if p.ndim >= 2 and p is not model.e.weight]
    others = [p for p in model.parameters() if p.ndim < 2 or p is model.e.weight]
    groups = [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=given.rate, betas=(0.9, 0.98), fused=True)
    started, step, losses = time.monotonic(), 0, []
    while (passed := (time.monotonic() - started) / (60 * given.minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = given.rate * min(1, (step + 1) / (60 if given.init else 150)) * max(0.02, 1 - passed)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss, *parts = loss_of(model, windows.batch(), given.guess, place)
        losses = [0.98 * old + 0.02 * new.item() for old, new in zip(losses or [p.item() for p in parts], parts, strict=True)]
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        if step % 50 == 0:
            print(f"{step} steps, {passed:.0%} of the time, losses {losses[0]:.4f} {losses[1]:.3f}", flush=True)
            torch.save(model.state_dict(), given.out)
    torch.save(model.state_dict(), given.out)


if __name__ == "__main__":
    main()
