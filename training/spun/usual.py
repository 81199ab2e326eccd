"""Write the set phrases that people write, too: those that stand in several clean articles.

python usual.py --news NEWS.jsonl.gz [...] --data ../../lintnews/data/spun
"""

import argparse
from collections import Counter
from pathlib import Path

from corpus import records

from lintnews.evidence.spun.phrases import set_phrases

SEVERAL = 3


def main() -> None:
    """Write `usual.txt`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, nargs="+", required=True)
    parser.add_argument("--data", type=Path, required=True)
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    for path in given.news:
        for record in records(path):
            counts.update({record["text"][start:end].lower() for start, end in set_phrases(record["text"])})
    usual = sorted(phrase for phrase, count in counts.items() if count >= SEVERAL)
    (given.data / "usual.txt").write_text("\n".join(usual), encoding="utf-8")


if __name__ == "__main__":
    main()
