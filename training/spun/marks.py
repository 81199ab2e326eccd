"""Texts in which words that were put in are marked by hand: `[put in|what stood there]`; texts parted by lines of `====`."""

import re
from pathlib import Path

from spinners import WORD

MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]|([^\[]+)")


def marked(path: Path) -> list[list[tuple[str, str | None]]]:
    """The words of each text, each with its original where it was put in."""
    texts = []
    for text in path.read_text(encoding="utf-8").strip().split("\n====\n"):
        words: list[tuple[str, str | None]] = []
        for put_in, original, plain in MARK.findall(text):
            before = original.lower() if put_in.lower() != original.lower() else None
            words += [(word, before) for word in WORD.findall(put_in)] + [(word, None) for word in WORD.findall(plain)]
        texts.append(words)
    return texts
