"""Random articles and files, and the promises that hold for each of them; `python tests/fuzzing.py` tries a million.

An article is made of what rules look for (their own examples, the gate's articles), of awkward characters, and of accidents:
lines twice, cut, glued, turned, wrapped. Case number N of a seed is always the same, so that a number is enough to see it again:

    python tests/fuzzing.py --first 4711 --inputs 1
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from io import BytesIO

from conftest import GATE

import lintnews
from lintnews.diagnostic import Diagnostic
from lintnews.document import Document, Markup
from lintnews.files.encoding import BinaryError, UndecodableError, decode
from lintnews.fixes.ledger import LedgerEntry, restore
from lintnews.linter import Cleaned, Linter
from lintnews.reports.terminal import fit
from lintnews.sources.jsonl import JsonlSource
from lintnews.sources.source import Columns, File, Source
from lintnews.sources.text import TextSource

SEED = 14
SLOW = 20.0
"""CPU seconds after which a case of a few thousand characters counts as broken: no measure of speed, but of what never ends."""
AWKWARD = (  # noqa: SIM905
    "\0 \x07 \x1b[31m \r \x0b \x0c \x85 \xa0 \xad \u0301 \u200b \u200d \u202e \u2028 \u2029 \ufeff \ufffd \ufffe \U0001f600"
    " \U0001f1e9 \ud800 \udc80 İ ß ﬁ ǆ Σ ς ٣ । 。 ！ 的 ไทย हिन्दी العربية עברית &amp; &#160; &nbsp; â€™ Ã© <p> </div>"
    " {{x}} ⟦ ⟧ `` ``` ~~~ --- +++ # ## > - * 1. 1) | [x](y) [^1]: :: ##[ \" ' “ ” « » … — – • ... ( ) [ ] { } \\ \\u0041 % $ @ ;"
).split(" ")
SEAMS = ("\n\n",) * 6 + ("\n",) * 3 + ("\r\n", "\r\n\r\n", " ", "", "\n\n\n\n", "\r", "\n \n", "\u2028")
CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "koi8-r", "mac-roman", "cp1251", "big5", "shift_jis")
CHOICES = ((), ("boilerplate",), ("duplicate",), ("structure", "text"), ("quality", "readability"), ("ALL",))
SPUN = 0.03
"""Share of the cases in which rules look for spun text; its encoder takes longer than all others together."""


@lru_cache(maxsize=1)
def lines() -> tuple[str, ...]:
    """What articles are made of: lines of the examples of all rules, and of the gate's articles."""
    found = {line[2:] for line in (GATE / "articles.txt").read_text(encoding="utf-8").splitlines()}
    for rule in lintnews.rules(["ALL"]):
        for text in (*rule.good, *(bad.text for bad in rule.bad)):
            found.update(text.replace("⟦", "").replace("⟧", "").splitlines())
    return tuple(sorted(filter(None, found)))


@lru_cache(maxsize=1)
def examples() -> tuple[str, ...]:
    """Whole texts of rules."""
    rules = lintnews.rules(["ALL"])
    return tuple(t.replace("⟦", "").replace("⟧", "") for rule in rules for t in (*rule.good, *(bad.text for bad in rule.bad)))


def article(chance: random.Random) -> str:
    """A random article."""
    if chance.random() < 0.25:
        text = chance.choice(examples())
    else:
        parts = [chance.choice(lines()) for _ in range(min(int(chance.expovariate(0.25)), 60))]
        text = chance.choice(SEAMS).join(parts) if chance.random() < 0.6 else "".join(p + chance.choice(SEAMS) for p in parts)
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3, 6, 12))):
        text = chance.choice(ACCIDENTS)(chance, text)
    return text[:20_000]


def _span(chance: random.Random, text: str) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, min(len(text), start + int(chance.expovariate(0.03)))


def _insert(chance: random.Random, text: str) -> str:
    at = chance.randint(0, len(text))
    anything = chr(chance.choice((0x10FFFF, 0xFFFF, 0x2FFF, 0x5FF)) - chance.randrange(256))
    what = chance.choice(AWKWARD) if chance.random() < 0.8 else anything
    return text[:at] + what * chance.choice((1, 1, 1, 2, 5, 40)) + text[at:]


def _cut(chance: random.Random, text: str) -> str:
    start, end = _span(chance, text)
    return text[:start] + text[end:]


def _repeat(chance: random.Random, text: str) -> str:
    start, end = _span(chance, text)
    return text[:end] + text[start:end] * chance.choice((1, 1, 2, 9)) + text[end:]


def _line_again(chance: random.Random, text: str) -> str:
    parts = text.split("\n")
    parts.insert(chance.randint(0, len(parts)), chance.choice(parts))
    return "\n".join(parts)


def _shuffle(chance: random.Random, text: str) -> str:
    parts = text.split("\n\n")
    chance.shuffle(parts)
    return "\n\n".join(parts)


def _case(chance: random.Random, text: str) -> str:
    start, end = _span(chance, text)
    return text[:start] + chance.choice((str.upper, str.lower, str.title, str.swapcase))(text[start:end]) + text[end:]


def _ends(chance: random.Random, text: str) -> str:
    return text.replace("\n", chance.choice(("\r\n", "\r", "\n\n", " ", "\u2028", "\n\t")))


def _wrap(chance: random.Random, text: str) -> str:
    import textwrap

    return "\n\n".join(textwrap.fill(part, chance.randint(20, 90)) for part in text.split("\n\n"))


def _spaces(chance: random.Random, text: str) -> str:
    more = text.replace(" ", chance.choice(("\u00a0", "  ", "\t")), 5)
    return chance.choice((text.strip(), f" {text}\n", more, text.replace("\n", " \n")))


ACCIDENTS: tuple[Callable[[random.Random, str], str], ...] = (
    _insert, _insert, _insert, _cut, _cut, _repeat, _line_again, _line_again, _shuffle, _case, _ends, _wrap, _spaces,
)  # fmt: skip


@lru_cache(maxsize=64)
def linter(select: tuple[str, ...], spun: bool = False, backwards: bool = False) -> Linter:
    """A linter for some families; `backwards` gets its rules in the other order."""
    rules = lintnews.rules(select, () if spun else ("spun",))
    return Linter(rules[::-1] if backwards else rules)


def broken(number: int, seed: int = SEED) -> Iterator[str]:
    """What doesn't hold for case `number`."""
    chance = random.Random(f"{seed} {number}")
    text = article(chance)
    started = time.thread_time()
    try:
        if number % 4 == 3:
            yield from _of_a_file(chance, text)
        else:
            yield from _of_a_text(chance, text)
    except Exception as error:
        yield f"raises {type(error).__name__}: {error}"
    if time.thread_time() - started > SLOW:
        yield f"takes {time.thread_time() - started:.1f} s"


def _of_a_text(chance: random.Random, text: str) -> Iterator[str]:
    """The promises of the API."""
    select = chance.choice(CHOICES)
    markup: Markup = "markdown" if chance.random() < 0.2 else "plain"
    unsafe = chance.random() < 0.5
    spun = chance.random() < SPUN
    tool = linter(select, spun)
    document = Document(text, markup=markup)
    found = tool.check(document)
    for diagnostic in found:
        yield from _of_a_diagnostic(text, diagnostic)
    if chance.random() < 0.1 and linter(select, spun, backwards=True).check(Document(text, markup=markup)) != found:
        yield "the order of rules decides"
    cleaned = tool.clean(Document(text, markup=markup), unsafe=unsafe)
    if list(cleaned.diagnostics) != found:
        yield "clean finds what check does not"
    yield from _of_the_cleaned(text, cleaned)
    if tool.clean(Document(cleaned.text, markup=markup), unsafe=unsafe).text != cleaned.text:
        yield "a second clean changes more"


def _of_a_diagnostic(text: str, found: Diagnostic) -> Iterator[str]:
    if not 0 <= found.start <= found.end <= len(text) or text[found.start : found.end] != found.text:
        yield f"{found.rule}: the span {found.start}-{found.end} is not the text"
    if not 0 <= found.confidence <= 1:
        yield f"{found.rule}: confidence {found.confidence}"
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in fit(found.message)):
        yield f"{found.rule}: its message does more than show"
    for edit in found.fix.edits if found.fix else ():
        if not 0 <= edit.start <= edit.end <= len(text):
            yield f"{found.rule}: an edit outside the text"


def _of_the_cleaned(text: str, cleaned: Cleaned) -> Iterator[str]:
    kept = json.loads(json.dumps([entry.to_dict() for entry in cleaned.ledger]))
    if restore(cleaned.text, map(LedgerEntry.from_dict, kept)) != text:
        yield "restore does not give the original"
    gone = [text[entry.start : entry.end] == entry.removed for entry in cleaned.ledger]
    come = [cleaned.text[entry.cleaned_start : entry.cleaned_end] == entry.inserted for entry in cleaned.ledger]
    if not all(gone + come):
        yield "the ledger's spans are not the texts"
    places = [cleaned.offsets.to_cleaned(at) for at in range(0, len(text) + 1, 7)]
    if places != sorted(places) or any(not 0 <= at <= len(cleaned.text) for at in places):
        yield "the offset map goes backwards or outside"


def _of_a_file(chance: random.Random, text: str) -> Iterator[str]:
    """The promises about bytes."""
    data = text.encode(chance.choice(CODECS), "ignore")
    for _ in range(chance.choice((0, 0, 0, 1, 4))):
        at = chance.randint(0, len(data))
        data = data[:at] + chance.randbytes(chance.randint(0, 3)) + data[at + chance.randint(0, 3) :]
    if chance.random() < 0.5:
        yield from _of_a_source(TextSource("a.txt"), data)
        return
    rows = [row(chance, text) for _ in range(chance.randint(1, 4))]
    yield from _of_a_source(JsonlSource("a.jsonl", Columns(text=chance.choice(("text", "a.b", 'a."b.c"')))), b"".join(rows))


def row(chance: random.Random, text: str) -> bytes:
    """A row of JSONL, as likely as not with a text in it."""
    value: object = chance.choice((text, text, text, None, 7, [text], {"b": text, "b.c": text}))
    fields = {chance.choice(("text", "a", "id")): value, "n": 10 ** chance.choice((1, 400))}
    row = json.dumps(fields, ensure_ascii=chance.random() < 0.5)
    row = row.replace(": ", chance.choice((": ", ":", "  :\t")))
    data = row.encode("utf-8", "surrogatepass") + chance.choice((b"\n", b"\n", b"\r\n", b"\n\n", b" \n"))
    if chance.random() < 0.2:
        at = chance.randint(0, len(data))
        data = data[:at] + chance.randbytes(chance.randint(0, 2)) + data[at + chance.randint(0, 2) :]
    return data


def _of_a_source(source: Source, data: bytes) -> Iterator[str]:
    file = File("a", stream=BytesIO(data))
    try:
        records = list(source.records(file, None))
    except (BinaryError, UndecodableError) as error:
        if not str(error):
            yield "refused without a word"
        return
    if b"".join(record.raw for record in records) != data:
        yield "the records' bytes are not the file's"
    for record in records:
        if record.text is None:
            continue
        cleaned = linter(()).clean(Document(record.text, markup=source.markup))
        try:
            new = source.encoded(record, cleaned.text)
        except UnicodeEncodeError:
            continue
        if not cleaned.ledger and source.encoded(record, record.text) != record.raw and not source.many:
            yield "the text does not give its bytes back"
        trace = json.loads(json.dumps(source.trace(record, new)))
        ledger = cleaned.ledger
        if source.restore(new, lambda done, ledger=ledger: restore(done, ledger), trace) != record.raw:  # type: ignore[misc]
            yield "restore does not give the bytes back"
        if not source.many and not record.encoding.is_guess and decode(new)[0] != cleaned.text:
            yield "what was written is read as another text"


def main() -> int:
    """Try many, and say what broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    started, bad = time.time(), 0
    for number in range(given.first, given.first + given.inputs):
        for problem in broken(number, given.seed):
            bad += 1
            print(f"{number}: {problem}", flush=True)
        if number % 5000 == 0:
            print(f"… {number:,} after {time.time() - started:,.0f} s, {bad} broken", file=sys.stderr, flush=True)
    print(f"{given.inputs:,} inputs, {bad} broken promises")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
