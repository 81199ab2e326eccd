"""Synthetic spinners unlike each other: they replace words of clean text and say which, with what stood there."""

import csv
import gzip
import json
import math
import random
import re
from collections import Counter, defaultdict
from pathlib import Path

import lemminflect
import torch
import torch.nn.functional as nnf
from model import from_minilm

WORD = re.compile(r"[A-Za-z]+(?:['’\-][A-Za-z]+)*|\d+(?:[.,]\d+)*|[^\w\s]|\w+")
ENTRY = re.compile(r"[a-z\-]+( [a-z\-]+)?")
HERE = Path(__file__).parent
CLOSED = frozenset((HERE / "closed.txt").read_text(encoding="utf-8").split())
"""Words that are never replaced alone."""
PHRASES = [line.split("\t") for line in (HERE / "phrases.tsv").read_text(encoding="utf-8").lower().splitlines()]
"""Rows of a phrase and what the two paraphrasers seen most on the web write for it; collected by hand."""
TAGS = {"NOUN": ["NNS"], "VERB": ["VBD", "VBG", "VBN", "VBZ"], "ADJ": ["JJR", "JJS"]}


def bare(text: str) -> str:
    """A pair's side without what stands in brackets."""
    return re.sub(r"\s*[(\[].*?[)\]]|\?", "", text.lower()).strip()


class Data:
    """What the spinners draw on: Moby both ways, WordNet, pairs learnt from real spun text, counts of clean words.

    `first` is WordNet as simple spinners read it, the commonest sense only; `near` are neighbours among word vectors; `mythes`
    and `npm` are thesauruses of a word processor and of a package for programs, where their files are given.
    """

    def __init__(
        self,
        moby: Path,
        wordnet: Path,
        pairs: Path,
        counts: Counter,
        sources: tuple[str, ...] = ("",),
        minilm: Path | None = None,
        mythes: Path | None = None,
        npm: Path | None = None,
    ) -> None:
        """`sources`: what the `source` of a pair must start with."""
        self.counts = counts
        self.moby = self._moby(moby)
        self.wordnet = self._wordnet(wordnet)
        self.first = self._first(wordnet)
        self.near = self._near(minilm, counts) if minilm else {}
        self.mythes = self._mythes(mythes) if mythes else self.wordnet
        self.npm = self._npm(npm) if npm else self.wordnet
        self.words: dict[str, Counter] = defaultdict(Counter)
        self.phrases: dict[str, list[str]] = defaultdict(list)
        with pairs.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row.get("source", "").startswith(sources) and row["original"]:
                    self._pair(re.findall("[a-z]+", bare(row["spun"])), re.findall("[a-z]+", bare(row["original"])))
        self.table = {original: [s for s in spun if s != original] for original, *spun in PHRASES}
        self._lemmas: dict[str, list[tuple[str, str]]] = {}

    @staticmethod
    def _moby(path: Path) -> dict[str, list[str]]:
        joined: dict[str, set[str]] = defaultdict(set)
        with gzip.open(path, "rt", encoding="latin-1") as lines:
            for line in lines:
                head, *rest = line.strip().lower().split(",")
                if ENTRY.fullmatch(head):
                    for word in rest:
                        if word != head and ENTRY.fullmatch(word):
                            joined[head].add(word)
                            joined[word].add(head)
        return {word: sorted(others) for word, others in joined.items() if " " not in word}

    @staticmethod
    def _wordnet(folder: Path) -> dict[str, list[str]]:
        joined: dict[str, set[str]] = defaultdict(set)
        for part in ("noun", "verb", "adj", "adv"):
            synsets, links = {}, []
            for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
                if line.startswith(" "):
                    continue
                fields = line.split()
                size = int(fields[3], 16)
                synsets[fields[0]] = [fields[4 + 2 * i].split("(")[0].replace("_", " ").lower() for i in range(size)]
                at = 4 + 2 * size
                for k in range(int(fields[at])):
                    kind, target = fields[at + 1 + 4 * k], fields[at + 2 + 4 * k]
                    if kind in ("@", "&", "~"):
                        links.append((fields[0], target))
            for words in synsets.values():
                for a in words:
                    joined[a].update(b for b in words if b != a)
            for source, target in links:
                joined[synsets[source][0]].update(b for b in synsets.get(target, [])[:2] if b != synsets[source][0])
        return {word: sorted(others) for word, others in joined.items() if " " not in word}

    @staticmethod
    def _first(folder: Path) -> dict[str, list[str]]:
        chosen: dict[str, list[str]] = {}
        for part in ("noun", "verb", "adj", "adv"):
            lemmas = {}
            for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
                if not line.startswith(" "):
                    offset, _, _, size, *fields = line.split()
                    lemmas[offset] = [w.split("(")[0].replace("_", " ").lower() for w in fields[: 2 * int(size, 16) : 2]]
            for line in (folder / f"index.{part}").read_text(encoding="latin-1").splitlines():
                if not line.startswith(" "):
                    word, _, senses, *fields = line.split()
                    others = [w for offset in fields[-int(senses) :] for w in lemmas[offset] if w != word]
                    if others and "_" not in word and word not in chosen:
                        chosen[word] = others[:1]
        return chosen

    @staticmethod
    def _mythes(path: Path) -> dict[str, list[str]]:
        """A `th_en_US_v2.dat`: a word and the number of its senses, then a line for each sense."""
        joined: dict[str, list[str]] = defaultdict(list)
        word = ""
        for line in path.read_text(encoding="utf-8").lower().splitlines()[1:]:
            head, *others = line.split("|")
            if not head.startswith("("):
                word = head
            joined[word] += [other for other in others if head.startswith("(") and "(" not in other and other != word]
        return dict(joined)

    @staticmethod
    def _npm(path: Path) -> dict[str, list[str]]:
        """The `src.json` of the package `synonyms`: by word and part of speech."""
        words = json.loads(path.read_text(encoding="utf-8"))
        return {
            w.lower(): [o.lower() for part in parts.values() for o in part if o.lower() != w.lower()]
            for w, parts in words.items()
        }

    @staticmethod
    def _near(folder: Path, counts: Counter) -> dict[str, list[str]]:
        names = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        kept = [n for n, name in enumerate(names) if name.isalpha() and name.isascii() and len(name) > 2 and counts[name] >= 15]
        vectors = nnf.normalize(from_minilm(folder, 0).e.weight.detach()[kept], dim=1)
        best = torch.cat([(part @ vectors.T).topk(9).indices[:, 1:] for part in vectors.split(1000)]).tolist()
        return {names[kept[n]]: [names[kept[other]] for other in row] for n, row in enumerate(best)}

    def _pair(self, spun: list[str], original: list[str]) -> None:
        if not spun or not original or spun == original:
            return
        if 2 <= len(original) <= 4:
            self.phrases[" ".join(original)].append(" ".join(spun))
        if len(spun) == len(original):
            for new, old in zip(spun, original, strict=True):
                if new != old and len(new) > 2 and len(old) > 2 and not {new, old} & CLOSED:
                    self.words[old][new] += 1
        elif len(original) == 1:
            self.words[original[0]][" ".join(spun)] += 1

    def lemmas(self, word: str) -> list[tuple[str, str]]:
        """What a word may be inflected from, with the tag of its form."""
        if word not in self._lemmas:
            self._lemmas[word] = [
                (lemma, tag)
                for kind, lemmas in lemminflect.getAllLemmas(word).items()
                for lemma in lemmas
                if lemma != word
                for tag in TAGS.get(kind, [])
                if word in lemminflect.getInflection(lemma, tag)
            ]
        return self._lemmas[word]


class Spinner:
    """One document's spinner: a source, a rate, and a map from originals to replacements that most often stays the same."""

    STYLES = (
        "moby",
        "moby",
        "moby",
        "moby",
        "wordnet",
        "wordnet",
        "first",
        "near",
        "twohop",
        "pairs",
        "pairs",
        "mix",
        "mix",
        "mix",
        "mythes",
        "npm",
    )
    SIMPLE = ("moby", "wordnet", "first", "near", "mythes", "npm")

    def __init__(self, data: Data, rng: random.Random) -> None:
        self.data, self.rng = data, rng
        self.style = rng.choice(self.STYLES)
        heavy = self.style in ("pairs", "mix")
        self.rate = math.exp(rng.uniform(math.log(0.03), math.log(0.55 if heavy else 0.35)))
        self.inflects, self.fixed, self.articles = rng.random() < 0.5, rng.random() < 0.85, rng.random() < 0.4
        self.names, self.liking, self.multi = rng.random() < 0.3, rng.choice([0, 0, 0.25, 0.5, 0.9]), rng.random() < 0.4
        self.shortest = 3 if rng.random() < 0.6 else 4
        self.templates = rng.random() < (0.8 if heavy else 0.15)
        self.map: dict[str, str | None] = {}
        self.spared: dict[str, bool] = {}

    def _choose(self, options: list[str]) -> str | None:
        if not self.multi and self.style != "pairs":
            options = [o for o in options if " " not in o]
        if not options:
            return None
        if self.liking:
            return self.rng.choices(options, [(self.data.counts.get(o, 0) + 0.5) ** self.liking for o in options])[0]
        return self.rng.choice(options)

    def _synonym(self, word: str) -> str | None:
        data, style = self.data, self.style
        if style == "mix":
            style = self.rng.choice(["moby", "wordnet", "first", "near", "pairs", "pairs", "pairs", "twohop"])
        if style in self.SIMPLE:
            return self._choose(getattr(data, style).get(word, []))
        if style == "twohop":
            one = self._choose((data.moby if self.rng.random() < 0.5 else data.wordnet).get(word, []))
            return one and (self._choose((data.moby if self.rng.random() < 0.6 else data.wordnet).get(one, [])) or one)
        if known := data.words.get(word):
            return self.rng.choices(list(known), [n**0.8 for n in known.values()])[0]
        return self._choose(data.wordnet.get(word, [])) if self.rng.random() < 0.35 else None

    def _replacement(self, word: str) -> str | None:
        found = self._synonym(word)
        if found is None and (word not in self.data.moby or self.rng.random() < 0.5):
            for lemma, tag in self.data.lemmas(word)[:2]:
                if found := self._synonym(lemma):
                    if self.inflects and " " not in found:
                        found = next(iter(lemminflect.getInflection(found, tag)), found)
                    break
        return found if found != word else None

    def _phrase(self, words: list[str], at: int) -> tuple[int, str, str] | None:
        """The length, text and replacement of a phrase that starts here."""
        if not words[at][0].isalpha() or not (self.templates or self.style == "pairs"):
            return None
        for length in range(min(4, len(words) - at), 0, -1):
            key = " ".join(words[at : at + length]).lower()
            options = self.data.table.get(key) if self.templates else None
            if not options and length > 1 and self.style in ("pairs", "mix"):
                options = self.data.phrases.get(key)
            if options and self.rng.random() < min(0.9, 2.5 * self.rate):
                new = (self.map.get(key) if self.fixed else None) or self.rng.choice(options)
                self.map[key] = new
                return length, key, new
        return None

    def _word(self, word: str, name: bool) -> str | None:
        low = word.lower()
        if (
            not word[0].isalpha()
            or len(word) < self.shortest
            or low in CLOSED
            or (name and not (self.names and low in self.data.moby))
        ):
            return None
        if not self.fixed:
            return self._replacement(low) if self.rng.random() < self.rate else None
        if low not in self.spared:
            self.spared[low] = self.rng.random() > self.rate
            if not self.spared[low]:
                self.map[low] = self._replacement(low)
        return None if self.spared[low] else self.map.get(low)

    def spin(self, words: list[str]) -> list[tuple[str, str | None]]:
        """The words after spinning, each with its original where it was put in; all words of a phrase bear the whole original."""
        out: list[tuple[str, str | None]] = []
        at, start = 0, True
        while at < len(words):
            word = words[at]
            name = word[0].isupper() and not start
            if phrase := self._phrase(words, at):
                length, key, new = phrase
            else:
                length, key, new = 1, word.lower(), self._word(word, name) or ""
            if not new:
                out.append((word, None))
            else:
                parts = new.split()
                if word[0].isupper():
                    parts = [p[0].upper() + p[1:] if k == 0 or (name and not phrase) else p for k, p in enumerate(parts)]
                if self.articles and out and out[-1][0].lower() in ("a", "an") and out[-1][1] is None:
                    right = "an" if parts[0][0].lower() in "aeiou" else "a"
                    out[-1] = (right if out[-1][0].islower() else right.capitalize(), None)
                same = key.split() if length > 1 or len(parts) > 1 else []
                out += [(part, None if part.lower() in same else key) for part in parts]
            start = word in '.!?:"“”\n'
            at += length
        return out
