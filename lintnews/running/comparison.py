"""The articles of a run compared with one another: where each stands, how it is read again, and what they share."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

from lintnews.detectors.shared import compared, copies
from lintnews.diagnostic import Finding
from lintnews.document import Document
from lintnews.evidence.duplicates.shared import Corpus
from lintnews.files.encoding import BinaryError, DamagedError, MissingError, UndecodableError
from lintnews.running.reading import columns, source_for
from lintnews.running.request import Observation, Outcome, RuleChoice
from lintnews.running.worker import Worker
from lintnews.sources.source import File, NoTextError, Part, Record


class Comparison:
    """Takes what was observed, in the order of the articles, and reports what they share. Used in a `with` statement.

    Held in memory for an article: some 30 bytes, its path once a file, and what `Corpus` holds.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._corpus = Corpus(self._read)
        self._paths: list[str] = []
        self._choices: dict[int, RuleChoice] = {}
        self._files, self._rows, self._numbers = array("I"), array("I"), array("I")
        self._spans = array("Q")
        self._affected = bytearray()

    def add(self, choice: RuleChoice, articles: Iterable[Observation]) -> None:
        """Take in articles with the same choice of rules."""
        self._choices[choice.number] = choice
        for article in articles:
            if not self._paths or self._paths[-1] != article.path:
                self._paths.append(article.path)
            self._files.append(len(self._paths) - 1)
            self._rows.append(article.row)
            self._numbers.append(choice.number)
            self._spans.extend((article.start, article.stop))
            self._affected.append(article.affected)
            self._corpus.add(article.observed)

    def outcomes(self) -> Iterator[Outcome]:
        """What is to be reported, article by article."""
        with self._corpus:
            for number, shared in compared(self._corpus, self._name):
                choice, path = self._choices[self._numbers[number]], self._paths[self._files[number]]
                outcome = self._worker.conclude(choice, path, *self._again(number), shared)
                outcome.totals.affected -= min(outcome.totals.affected, self._affected[number])  # if it is counted already
                yield outcome

    def copies(self) -> dict[str, list[tuple[int, Finding]]]:
        """By path, where an article starts and what in it is a copy of an earlier one's paragraph, in ascending order."""
        found: dict[str, list[tuple[int, Finding]]] = {}
        with self._corpus:
            for number, finding in copies(self._corpus, self._name):
                found.setdefault(self._paths[self._files[number]], []).append((self._spans[2 * number], finding))
        for places in found.values():
            places.sort(key=lambda place: (place[0], place[1].start))
        return found

    def _name(self, number: int) -> str:
        return Record(b"", row=self._rows[number] or None).name(self._paths[self._files[number]])

    def _read(self, number: int) -> Document:
        return self._again(number)[1]

    def _again(self, number: int) -> tuple[Record, Document]:
        """An article once more; an empty one where it is gone."""
        path, row = self._paths[self._files[number]], self._rows[number]
        start, stop = self._spans[2 * number : 2 * number + 2]
        settings = self._choices[self._numbers[number]].settings
        source = source_for(path, columns(settings), self._worker.request.read_as)
        try:
            record = next(source.records(File(path, encoding=settings.encoding), Part(start, stop, row or 1)))
        except (OSError, BinaryError, UndecodableError, DamagedError, MissingError, NoTextError, StopIteration):
            return Record(b""), Document("", path)
        return record, Document(record.text or "", record.name(path, bool(settings.id_field)), source.markup)
