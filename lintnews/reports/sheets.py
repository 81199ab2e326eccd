"""Where the parts of a report come together, in the order of the files: on a stream, or in a file that is whole or not there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import Protocol, TextIO

from lintnews.files.replacing import Replacement
from lintnews.reports.report import Report, ReportError, made
from lintnews.reports.totals import Totals


class Sheet(Protocol):
    """What takes a report's parts. Every method raises `OSError` and `ReportError`, but for `discard`."""

    def begin(self) -> None:
        """Nothing was looked at yet."""
        raise NotImplementedError

    def add(self, part: str) -> None:
        """The part of an article."""
        raise NotImplementedError

    def end(self, totals: Totals) -> str:
        """No more comes. What the user should know of the report; empty where it holds everything."""
        raise NotImplementedError

    def discard(self) -> None:
        """It is not to be finished; what stood there before still does."""
        raise NotImplementedError


class PlainSheet:
    """Text on a stream, as it comes, with nothing before and after it: patches."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def begin(self) -> None:
        """Nothing."""

    def add(self, part: str) -> None:
        """The part."""
        self._stream.write(part)

    def end(self, totals: Totals) -> str:
        """Nothing."""
        return ""

    def discard(self) -> None:
        """Nothing: what was written can't be taken back."""


class StreamSheet:
    """Text on a stream, as it comes. A report that has `gather` is given each part first, and says what goes on to the stream."""

    def __init__(self, name: str, report: Report, stream: TextIO) -> None:
        self._name, self._report, self._stream = name, report, stream
        self._gather: Callable[[str], str] | None = getattr(report, "gather", None)
        self._separator = ""

    def begin(self) -> None:
        """The report's head."""
        self._write(self._report.head)

    def add(self, part: str) -> None:
        """A part, or what the report makes of it."""
        gather = self._gather
        if gather is not None:
            self._write(lambda: gather(part))
        else:
            self._stream.write(self._separator + part)
            self._separator = self._report.separator

    def end(self, totals: Totals) -> str:
        """The report's foot."""
        self._write(lambda: self._report.foot(totals))
        return getattr(self._report, "note", "")

    def discard(self) -> None:
        """Nothing: what was written can't be taken back."""

    def _write(self, part: Callable[[], str]) -> None:
        with made(self._name):
            text = part()
        self._stream.write(text)


class FileSheet:
    """A text file, which gets its name when it is complete."""

    def __init__(self, name: str, report: Report, path: str) -> None:
        self._replacement = Replacement(path)
        self._text = TextIOWrapper(self._replacement.file, "utf-8", "backslashreplace", newline="\n", write_through=True)
        stream = StreamSheet(name, report, self._text)
        self.begin, self.add, self._end = stream.begin, stream.add, stream.end

    def end(self, totals: Totals) -> str:
        """The foot, and the name."""
        note = self._end(totals)
        self._text.detach()
        self._replacement.commit()
        return note

    def discard(self) -> None:
        """Leave what was there before."""
        self._replacement.discard()


class Sheets:
    """All reports of a run. Of those that are written besides the first, one that can't be is told to `failed` and given up."""

    def __init__(self, names: Sequence[str], sheets: Sequence[Sheet], failed: Callable[[str], None]) -> None:
        self._names, self._failed = names, failed
        self._sheets: list[Sheet | None] = list(sheets)

    def begin(self) -> None:
        """Nothing was looked at yet."""
        for which in range(len(self._sheets)):
            self._do(which, lambda sheet: sheet.begin())

    def add(self, which: int, part: str) -> None:
        """An article's part of one of them."""
        self._do(which, lambda sheet: sheet.add(part))

    def end(self, totals: Totals, *, complete: bool) -> list[str]:
        """No more comes; the first ends last, as it may tell what went wrong with others. What the user should know of them.

        When the run was cut short, those that are written besides stay as they were.
        """
        notes: list[str] = []
        for which in (*range(1, len(self._sheets)), 0):
            self._do(
                which, lambda sheet: notes.append(sheet.end(totals)) if complete or sheet is self._sheets[0] else sheet.discard()
            )
        return [note for note in notes if note]

    def _do(self, which: int, act: Callable[[Sheet], None]) -> None:
        sheet = self._sheets[which]
        if sheet is None:
            return
        try:
            act(sheet)
        except (OSError, ReportError) as error:
            if not which:
                raise
            sheet.discard()
            self._sheets[which] = None
            problem = f"{error.strerror}; free or correct the place" if isinstance(error, OSError) else str(error)
            self._failed(f"--report {self._names[which]}: can't be written: {problem}")
