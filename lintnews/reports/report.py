"""What a report is, and what it is given of an article.

An article's part is made by itself, so that workers can make it; the parts, in the order of the files, stand between a
head and a foot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from lintnews.diagnostic import Diagnostic
from lintnews.document import Document
from lintnews.messages import ImpossibleError, raised
from lintnews.reports.totals import Totals
from lintnews.rulebook.rule import Rule

if TYPE_CHECKING:
    from lintnews.fixes.ledger import OffsetMap
    from lintnews.linter import Cleaned
    from lintnews.verdict import Assessment


NOTED = "(noted)"
"""The report that lintnews itself reads; no user can name it."""


class Checked(NamedTuple):
    """One article's diagnostics, sorted by position; `document` is the text that they speak of, None if it is not at hand.

    When fixes were applied, these are the diagnostics that are left, `edits` were made, and `offsets` lead from the original
    to the text as it is now. A report whose `whole` is true is told what `clean` makes of the article, and its `source`: its
    site, or the folder or file that it stands in.
    """

    path: str
    diagnostics: Sequence[Diagnostic]
    document: Document | None = None
    rules: Mapping[str, Rule] = MappingProxyType({})
    edits: int = 0
    offsets: OffsetMap | None = None
    assessment: Assessment | None = None
    cleaned: Cleaned | None = None
    source: str = ""


class Report(Protocol):
    """A form of output, made as `Report(terminal)`. `separator` stands between two articles' parts.

    It may have a method `gather(part)`, called with the parts in the order of the files where they come together: it returns
    what is to be written now, and `foot` the rest; `note` then is what the user should know of it. One that is more than a
    text has a method `sheet(path)` for what takes its parts instead, and can only be written besides.
    """

    separator: str

    def head(self) -> str:
        """What comes first."""
        raise NotImplementedError

    def article(self, checked: Checked) -> str:
        """One article's part; empty when there is nothing to say. Called in any process, in any order."""
        raise NotImplementedError

    def foot(self, totals: Totals) -> str:
        """What comes last."""
        raise NotImplementedError


class ReportError(ImpossibleError):
    """A report raised what it should not; says which and what."""


@contextmanager
def made(name: str) -> Iterator[None]:
    """While a report, which may be a plugin's, makes its text. Raises `ReportError` for whatever goes wrong in it."""
    try:
        yield
    except ReportError:
        raise
    except Exception as error:
        problem = f"the report {name} failed: {raised(error)}; choose another --output-format, or correct the plugin"
        raise ReportError(problem) from error
