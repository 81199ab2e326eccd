"""How much of clean articles is lost behind one stray mark of the end: `python benchmarks/endings.py ARTICLES.jsonl[.gz] [N]`.

Into each of N articles (`{"text": …}`, one a line) one mark is set between two paragraphs, anywhere behind the first two, and the
text is cleaned with safe and with all fixes. Printed: the share of the articles that lose a paragraph, and of the words behind
marks that go. The marks are in our own words; none stands in the rules' examples.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from pathlib import Path

from lintnews import Linter, rules
from lintnews.document import Document

MARKS = (
    "Share this story",
    "Share:",
    "Follow us on Instagram for pictures",
    "Follow @valleynews",
    "Tags: harbour, ferries",
    "Topics: schools",
    "LEAVE A COMMENT",
    "Comments",
    "27 comments",
    "View all comments",
    "1.2K shares",
    "About the author",
    "Facebook",
    "Print",
    "Subscribe",
    "Sign up for our weekend letter",
    "Most read",
    "Trending now",
    "Related:",
    "You may also like",
    "© 2019 Valley Herald",
    "Staff Writer",
    "Next article",
    "GreyGullPictures via Getty Images",
)


def main(path: Path, number: int) -> None:
    """Print what is lost."""
    chance = random.Random(1)
    linter = Linter([rule for rule in rules() if rule.family == "boilerplate"])
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    chance.shuffle(texts)
    for unsafe in (False, True):
        hurt = words = lost = tried = 0
        for text in texts[:number]:
            paragraphs = [line for line in text.split("\n") if line.strip()]
            before = linter.clean(Document("\n\n".join(paragraphs)), unsafe=unsafe).text.split("\n\n")
            if len(before) < 6:
                continue
            at, mark = chance.randrange(2, len(before)), chance.choice(MARKS)
            after = linter.clean(Document("\n\n".join([*before[:at], mark, *before[at:]])), unsafe=unsafe).text.split("\n\n")
            gone = [paragraph for paragraph in before if paragraph not in after]
            tried, hurt = tried + 1, hurt + bool(gone)
            words += sum(len(paragraph.split()) for paragraph in before[at:])
            lost += sum(len(paragraph.split()) for paragraph in gone)
        which = "all fixes" if unsafe else "safe fixes"
        print(f"{which}: {hurt} of {tried} articles lose a paragraph; {lost / words:.4f} of the words behind the mark go")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
