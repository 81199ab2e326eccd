"""Turn the thesaurus round: for each word the common words it may have replaced, the stronger the more they share.

python links.py --corpus corpus.pkl --moby MOBY --pairs PAIRS.tsv --vocabulary vocabulary.txt --out FOLDER
"""

import argparse
import csv
import gzip
import math
import pickle
import re
from collections import Counter, defaultdict
from pathlib import Path

import lemminflect
import numpy as np
import scipy.sparse as sp
from spinners import PHRASES, bare

WORD = re.compile(r"[a-z]+(-[a-z]+)*")
COMMON, MOST, WEAKEST, BLOCK = 40, 64, 0.3, 500
SHARED, EDGE, BOTH_WAYS = 1.5, 0.45, 0.15
"""Weights of neighbours in common (cosine), of an edge, and of a second one the other way."""

BRITISH = (
    ("our", "or"),
    ("ours", "or"),
    ("oured", "or"),
    ("ise", "ize"),
    ("ised", "ize"),
    ("ising", "ize"),
    ("tre", "ter"),
    ("ence", "ense"),
)


def thesaurus(path: Path) -> tuple[list[str], sp.csr_matrix]:
    """The words, and how many edges join each two: none, one or two."""
    numbers: dict[str, int] = {}
    rows, columns = [], []
    with gzip.open(path, "rt", encoding="latin-1") as lines:
        for line in lines:
            head, *rest = line.strip().lower().split(",")
            if WORD.fullmatch(head):
                for word in rest:
                    if word != head and WORD.fullmatch(word):
                        rows.append(numbers.setdefault(head, len(numbers)))
                        columns.append(numbers.setdefault(word, len(numbers)))
    size = len(numbers)
    edges = sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(size, size))
    edges.data[:] = 1
    return list(numbers), (edges + edges.T).tocsr()


def from_thesaurus(path: Path, entries: dict[str, int], counts: Counter) -> dict[str, dict[int, float]]:
    """Links that the thesaurus gives."""
    words, edges = thesaurus(path)
    joined = edges.copy()
    joined.data[:] = 1
    joined = (joined + sp.identity(len(words), format="csr", dtype=np.float32)).tocsr()
    rarity = np.log(len(words) / np.asarray(joined.sum(1)).ravel()).astype(np.float32)
    length = np.sqrt(np.asarray(joined @ (rarity**2)).ravel())
    unit = (sp.diags(1 / length) @ joined @ sp.diags(rarity)).tocsr().astype(np.float32)
    common = [n for n, word in enumerate(words) if word in entries and counts[word] >= COMMON]
    targets = np.array([entries[words[n]] for n in common])
    against, direct = unit[common].T.tocsr(), edges[:, common].tocsr()
    links: dict[str, dict[int, float]] = {}
    for start in range(0, len(words), BLOCK):
        cosine = (unit[start : start + BLOCK] @ against).toarray()
        edge = direct[start : start + BLOCK].toarray()
        strength = SHARED * cosine + EDGE * (edge > 0) + BOTH_WAYS * (edge > 1)
        for word, row in zip(words[start : start + BLOCK], strength, strict=True):
            row[targets == entries.get(word, -1)] = 0
            best = np.argpartition(-row, MOST)[:MOST]
            best = best[row[best] > WEAKEST]
            if len(best) and len(word) > 2:
                links[word] = dict(zip(targets[best].tolist(), row[best].tolist(), strict=True))
    return links


def from_pairs(path: Path, entries: dict[str, int]) -> dict[str, dict[int, float]]:
    """Links that pairs of phrases of one length give, word by word, where two pairs agree."""
    seen: dict[str, Counter] = defaultdict(Counter)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            spun, original = (re.findall("[a-z]+", bare(row[side])) for side in ("spun", "original"))
            if len(spun) == len(original):
                for new, old in zip(spun, original, strict=True):
                    if new != old and old in entries and len(new) > 2:
                        seen[new][old] += 1
    return {new: {entries[o]: 0.5 + 0.25 * math.log(n) for o, n in olds.items() if n >= 2} for new, olds in seen.items()}


def main() -> None:
    """Write `thesaurus.txt`, `thesaurus.npz` and `base.npy`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "moby", "pairs", "vocabulary", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    counts = pickle.loads(given.corpus.read_bytes())[2]
    names = given.vocabulary.read_text(encoding="utf-8").split("\n")
    entries = {name: number for number, name in enumerate(names) if name.isalpha() and len(name) > 1}
    links = from_thesaurus(given.moby, entries, counts)
    for word, olds in from_pairs(given.pairs, entries).items():
        for old, strength in olds.items():
            row = links.setdefault(word, {})
            row[old] = row.get(old, 0) + strength
    for original, *spun in PHRASES:
        for word in spun:
            if original in entries and " " not in word and word != original:
                row = links.setdefault(word, {})
                row[entries[original]] = max(1.3, row.get(entries[original], 0))
    words = sorted(word for word, row in links.items() if row)
    flat = [(link, links[word][link]) for word in words for link in sorted(links[word])]
    (given.out / "thesaurus.txt").write_text("\n".join(words), encoding="utf-8")
    np.savez_compressed(
        given.out / "thesaurus.npz",
        start=np.cumsum([0] + [len(links[word]) for word in words]).astype(np.int32),
        links=np.array([link for link, _ in flat], dtype=np.uint16),
        seen=np.array([min(255, round(16 * math.log(1 + counts[word]))) for word in words], dtype=np.uint8),
        strength=np.round(np.clip([7.5 * strength for _, strength in flat], 0, 15)).astype(np.uint8),
    )
    base = np.arange(len(names), dtype=np.uint16)
    for number, name in enumerate(names):
        if name.isalpha() and len(name) > 3 and counts[name] >= 5:
            kinds = lemminflect.getAllLemmas(name)
            lemmas = [
                lemma for kind in ("NOUN", "VERB", "ADJ") for lemma in kinds.get(kind, ()) if lemma != name and lemma in entries
            ]
            if lemmas:
                base[number] = entries[lemmas[0]]
        for ending, american in BRITISH:
            if base[number] == number and name.endswith(ending) and name[: -len(ending)] + american in entries:
                base[number] = entries[name[: -len(ending)] + american]
    np.save(given.out / "base.npy", base)


if __name__ == "__main__":
    main()
