"""Turn thesauruses round: for each word or set phrase the words it may have replaced, the stronger the surer.

python links.py --corpus corpus.pkl --moby MOBY --wordnet FOLDER --pairs PAIRS.tsv --vocabulary vocabulary.txt --out FOLDER
    [--sources PREFIX ...]
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
COMMON, SELDOM, MOST, WEAKEST, BLOCK = 40, 12, 96, 0.25, 500
"""Counts from which a word is an original by itself, and by a link; links a word at most; the weakest; rows at a time."""
SHARED, EDGE, BOTH_WAYS = 1.5, 0.45, 0.15
"""For choosing the strongest links: weights of neighbours in common (cosine), of an edge, and of a second one the other way."""
LINK, COSINE, SENSE, PAIR, TABLE = 4.5, 1.5, 1.0, 0.25, 2.0
"""Log odds of being the original: of any link, per cosine, of a sense in common (twice at most), per log count of pairs, and of a
row of `phrases.tsv`. Rounded from a conditional logistic model, fitted on held-out articles that the synthetic spinners had been
through."""
UNIT = 1 / 16
USUAL = 20
"""Count from which a phrase is one that people write."""
RELATIONS = frozenset(["@", "~", "&", "^", "\\", "+", "=", "*", ">", "$", "@i", "~i"])
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

Links = dict[str, dict[str, float]]


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


def from_moby(path: Path, wanted: set[str]) -> Links:
    """Links to words with an edge or with neighbours in common."""
    words, edges = thesaurus(path)
    joined = edges.copy()
    joined.data[:] = 1
    joined = (joined + sp.identity(len(words), format="csr", dtype=np.float32)).tocsr()
    rarity = np.log(len(words) / np.asarray(joined.sum(1)).ravel()).astype(np.float32)
    length = np.sqrt(np.asarray(joined @ (rarity**2)).ravel())
    unit = (sp.diags(1 / length) @ joined @ sp.diags(rarity)).tocsr().astype(np.float32)
    common = np.array([n for n, word in enumerate(words) if word in wanted])
    against, direct = unit[common].T.tocsr(), edges[:, common].tocsr()
    links: Links = {}
    for start in range(0, len(words), BLOCK):
        cosines = (unit[start : start + BLOCK] @ against).toarray()
        edge = direct[start : start + BLOCK].toarray()
        order = SHARED * cosines + EDGE * (edge > 0) + BOTH_WAYS * (edge > 1)
        for word, row, cosine in zip(words[start : start + BLOCK], order, cosines, strict=True):
            best = np.argpartition(-row, MOST)[:MOST]
            best = best[row[best] > WEAKEST].tolist()
            if len(word) > 2:
                links[word] = {words[common[n]]: LINK + COSINE * float(cosine[n]) for n in best if words[common[n]] != word}
    return links


def from_wordnet(folder: Path, wanted: set[str]) -> Links:
    """Links to words of the same senses, and of the senses next to these."""
    senses: dict[str, list[str]] = {}
    near: dict[str, set[str]] = defaultdict(set)
    for part, letter in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")):
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
            if not line.startswith(" "):
                offset, _, _, count, *fields = line.split("|")[0].split()
                size = 2 * int(count, 16)
                senses[letter + offset] = [w.split("(")[0].lower() for w in fields[:size:2]]
                for at in range(size + 1, size + 1 + 4 * int(fields[size]), 4):
                    kind, target, kin = fields[at : at + 3]
                    if kind in RELATIONS:
                        near[letter + offset].add(kin.replace("s", "a") + target)
    shared: dict[str, Counter] = defaultdict(Counter)
    for sense, words in senses.items():
        others = {w for other in near[sense] for w in senses.get(other, ())} - set(words)
        for word in words:
            if WORD.fullmatch(word) and len(word) > 2:
                shared[word].update(dict.fromkeys((w for w in words if w in wanted and w != word), 1))
                shared[word].update(dict.fromkeys((w for w in others if w in wanted), 0))
    return {
        word: {w: LINK + SENSE * min(n, 2) for w, n in sorted(found.items(), key=lambda x: -x[1])[:MOST]}
        for word, found in shared.items()
    }


def from_pairs(path: Path, sources: tuple[str, ...]) -> tuple[Links, Links]:
    """Links that pairs give: word by word where both sides are of one length and two pairs agree, and phrase by phrase."""
    seen: dict[str, Counter] = defaultdict(Counter)
    phrases: Links = defaultdict(dict)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            spun, original = (re.findall("[a-z-]+", bare(row[side])) for side in ("spun", "original"))
            if not row.get("source", "").startswith(sources) or not original or spun == original:
                continue
            if len(spun) == len(original):
                for new, old in zip(spun, original, strict=True):
                    if new != old and len(new) > 2:
                        seen[new][old] += 1 if len(spun) > 1 else 2
            if 2 <= len(spun) <= 4 and len(original) <= 4:
                phrases[" ".join(spun)][" ".join(original)] = LINK + TABLE
    words = {new: {old: LINK + PAIR * math.log(1 + n) for old, n in olds.items() if n >= 2} for new, olds in seen.items()}
    return words, phrases


def from_table() -> Links:
    """Links of `phrases.tsv`."""
    links: Links = defaultdict(dict)
    for original, *spun in PHRASES:
        for phrase in spun:
            if phrase != original and len(phrase) > 2:
                links[phrase.lower()][original.lower()] = LINK + TABLE
    return links


def written(articles: list[tuple[str, list[str]]], phrases: set[str]) -> Counter:
    """How often people write those phrases."""
    firsts, seen = {phrase.split(" ", 1)[0] for phrase in phrases}, Counter()
    for _, words in articles:
        low = [word.lower() for word in words]
        for at, word in enumerate(low):
            if word in firsts:
                seen.update(key for size in (2, 3, 4) if (key := " ".join(low[at : at + size])) in phrases)
    return seen


def main() -> None:
    """Write `thesaurus.txt`, `originals.txt` and `thesaurus.npz`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "moby", "wordnet", "pairs", "vocabulary", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--sources", nargs="+", default=[""], help="what the source of a pair must start with")
    given = parser.parse_args()
    articles, _, counts = pickle.loads(given.corpus.read_bytes())
    pieces = set(given.vocabulary.read_text(encoding="utf-8").split("\n"))
    wanted = {word for word, n in counts.items() if n >= SELDOM and len(word) > 1 and WORD.fullmatch(word)}
    links: Links = defaultdict(dict)
    words, phrases = from_pairs(given.pairs, tuple(given.sources))
    for source in (from_moby(given.moby, wanted), from_wordnet(given.wordnet, wanted), words, from_table(), phrases):
        for spun, found in source.items():
            row = links[spun]
            for original, strength in found.items():
                if original != spun and (original in wanted or " " in spun or " " in original):
                    # Evidence of several sources adds up, but that there is a link counts once.
                    row[original] = row[original] + strength - LINK if original in row else strength
    usual = written(articles, {spun for spun in links if " " in spun})
    links = {spun: row for spun, row in links.items() if usual[spun] < USUAL}
    free = sorted(word for word in wanted if word in pieces and counts[word] >= COMMON)
    originals = free + sorted({original for row in links.values() for original in row} - set(free))
    numbers = {word: number for number, word in enumerate(originals)}
    spun = sorted(word for word, row in links.items() if row)
    flat = [(numbers[w], links[word][w]) for word in spun for w in sorted(links[word], key=numbers.__getitem__)]
    (given.out / "thesaurus.txt").write_text("\n".join(spun), encoding="utf-8")
    (given.out / "originals.txt").write_text("\n".join(originals), encoding="utf-8")
    base = list(range(len(originals)))
    for number, name in enumerate(originals):
        kinds = lemminflect.getAllLemmas(name) if WORD.fullmatch(name) and len(name) > 3 else {}
        lemmas = [w for kind in ("NOUN", "VERB", "ADJ") for w in kinds.get(kind, ()) if w != name and w in numbers]
        british = [name[: -len(old)] + new for old, new in BRITISH if name.endswith(old) and name[: -len(old)] + new in numbers]
        base[number] = numbers[(*lemmas, *british, name)[0]]
    np.savez_compressed(
        given.out / "thesaurus.npz",
        free=np.array(len(free)),
        start=np.cumsum([0] + [len(links[word]) for word in spun]).astype(np.int32),
        links=np.array([link for link, _ in flat], dtype=np.uint16),
        strength=np.array([min(255, round(strength / UNIT)) for _, strength in flat], dtype=np.uint8),
        seen=np.array([min(255, round(16 * math.log(1 + counts[word]))) for word in spun], dtype=np.uint8),
        base=np.array(base, dtype=np.uint16),
        counts=np.array([min(255, round(16 * math.log(1 + counts[word]))) for word in originals], dtype=np.uint8),
    )
    print(len(spun), "words and phrases,", len(free), "originals by themselves,", len(originals), "in all,", len(flat), "links")


if __name__ == "__main__":
    main()
