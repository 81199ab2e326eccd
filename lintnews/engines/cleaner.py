"""Rows and tables in, the same rows cleaned out, whatever they hold: what every engine calls."""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Mapping, Sequence
from functools import lru_cache
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import lintnews
from lintnews.document import Document
from lintnews.document.language import Language
from lintnews.messages import raised
from lintnews.patterns.deadline import in_time
from lintnews.running.columns import ASSESSED, COLUMNS, Said, arrow_row, arrow_types, columns_of
from lintnews.settings.files import load
from lintnews.settings.settings import Settings
from lintnews.sources import fields

if TYPE_CHECKING:
    from lintnews.detectors.detector import Compared
    from lintnews.diagnostic import Finding
    from lintnews.evidence.sitelines.lines import Learnt
    from lintnews.linter import Failure, Linter

PREFIX = "lintnews_"
"""What the names of added columns start with."""


class Together(NamedTuple):
    """What all articles say together: copies of paragraphs that stand in an earlier one, by article, and lines of each site."""

    copies: Mapping[str, Sequence[Finding]] = {}
    learnt: Learnt | None = None


ALONE = Together()


class Cleaner:
    """Cleans texts by some settings, and says in columns what it did: `lintnews_edits`, `lintnews_error` and those named.

    `settings` may be the path of a configuration file. A cleaner can be pickled: settings travel, and the texts of rule files;
    linters are built where they are used, once a process. Nothing that a text holds makes it raise: what went wrong with one is
    in its `lintnews_error`, and the text stays as it was.
    `columns` are what else is wanted, of `verdict`, `metrics`, `removed`, `rules`, `offsets` and `ledger`.
    Raises `ValueError` for an unknown column, `ConfigError` for rules that can't be read.
    """

    def __init__(self, settings: Settings | str | None = None, *, columns: Sequence[str] = ("rules", "ledger")) -> None:
        wrong = [name for name in columns if name not in COLUMNS]
        if wrong:
            raise ValueError(f"there is no column {wrong[0]!r}; there are {', '.join(COLUMNS)}")
        self.columns = tuple(name for name in COLUMNS if name in columns)
        self.version = lintnews.__version__  # of a cleaner of another version other results are to be expected
        found = load(settings) if isinstance(settings, str) else settings or Settings()
        files = {path: _files(path) for path in found.rule_paths}
        self._made_of = pickle.dumps(_Parts(found, files, any(name in ASSESSED for name in self.columns)))
        _built(self._made_of)

    def row(self, text: Any, name: str = "", site: str = "", together: Together = ALONE) -> dict[str, Any]:
        """A text's row: `text`, and the added columns. What is no text is given back; None is no error."""
        if not isinstance(text, str):
            return self._row(text, None if text is None else f"the text is {type(text).__name__}, not a string")
        try:
            text.encode()
            return self._cleaned(text, name, site, together)
        except UnicodeEncodeError:
            return self._row(text, "the text holds half a surrogate pair, which is no character")
        except Exception as error:
            return self._row(text, raised(error))

    def _cleaned(self, text: str, name: str, site: str, together: Together) -> dict[str, Any]:
        linter, settings = _built(self._made_of)
        lines = together.learnt.known_to((site,)) if together.learnt is not None else None
        language = Language(settings.language) if settings.language else None
        document = Document(text, name or "<text>", known=filter(None, (lines, language)))
        copies = together.copies.get(name)
        compared: Compared | None = {"paragraph": list(copies)} if copies else None
        failures: list[Failure] = []
        with in_time(settings.time_limit):
            result = linter.clean(document, unsafe=settings.unsafe_fixes, failures=failures, compared=compared)
        assessment = None
        if any(column in ASSESSED for column in self.columns):
            from lintnews.verdict import USUAL, assess

            assessment = assess(document, result.diagnostics, USUAL.with_changes(settings.verdict))
        failed = "; ".join(f"rule {failure.rule} failed: {failure.error}" for failure in dict.fromkeys(failures)) or None
        said = columns_of(Said(result, assessment), self.columns)
        return self._row(result.text, failed, len(result.ledger), arrow_row(said))

    def _row(self, text: Any, error: str | None, edits: int = 0, said: Mapping[str, Any] | None = None) -> dict[str, Any]:
        found = said or dict.fromkeys(arrow_names(self.columns))
        return {"text": text, f"{PREFIX}edits": edits, f"{PREFIX}error": error} | {
            f"{PREFIX}{name}": value for name, value in found.items()
        }

    def batch(self, batch: Mapping[str, Sequence[Any]], text: str = "text", id: str = "id") -> dict[str, list[Any]]:
        """Columns as lists, the text's cleaned and the added ones: what `map` of Hugging Face `datasets` wants when `batched`."""
        names = batch.get(id) or [""] * len(batch[text])
        rows = [self.row(value, str(name)) for value, name in zip(batch[text], names, strict=True)]
        made = {name: [row[name] for row in rows] for name in self.row(None)}
        return {text: made.pop("text"), **made}

    def schema(self, schema: Any) -> Any:
        """The schema of what becomes of a table with this one. Needs pyarrow, as all that follows."""
        import pyarrow as pa

        kept = [field for field in schema if not field.name.startswith(PREFIX)]
        return pa.schema([*kept, *self.added()], schema.metadata)

    def added(self) -> list[Any]:
        """The fields of the added columns."""
        import pyarrow as pa

        types = {"edits": pa.int64(), "error": pa.string()} | arrow_types(self.columns)
        return [pa.field(f"{PREFIX}{name}", kind) for name, kind in types.items()]

    def table(self, table: Any, text: str = "", id: str = "", site: str = "", together: Together = ALONE) -> Any:
        """A table, or a record batch, with its texts cleaned and the columns added; rows and their order stay.

        `text`, `id` and `site` name columns, dotted where they are fields of one; unless they are named, the usual names are
        looked for. Where there is no text, each row's error says so. `together` is what was found out of all articles before.
        """
        import pyarrow as pa

        is_batch = isinstance(table, pa.RecordBatch)
        if is_batch:
            table = pa.Table.from_batches([table])
        table = table.select([name for name in table.column_names if not name.startswith(PREFIX)])
        place = _place(table.schema, text, id, site)
        batches = [self._batch(batch, place, together) for batch in table.to_batches(max_chunksize=256)]
        made = pa.Table.from_batches(batches, self.schema(table.schema))
        return made.combine_chunks().to_batches()[0] if is_batch and made.num_rows else made

    __call__ = table

    def _batch(self, batch: Any, place: _Place, together: Together) -> Any:
        import pyarrow as pa

        from lintnews.sources.values import changed, values_of

        names, sites = (["" if value is None else str(value) for value in values_of(batch, at)] for at in (place.id, place.site))
        texts = values_of(batch, place.text)
        given = zip(texts, names, map(fields.host, sites), strict=True)
        rows = [self.row(text, name, site, together) for text, name, site in given]
        for row in rows if place.problem else ():
            row[f"{PREFIX}error"] = place.problem
        new = {number: [row["text"]] for number, row in enumerate(rows) if row["text"] != texts[number]}
        if new and place.text is not None:
            batch = changed(batch, (place.text,), new)
        added = [pa.array([row[field.name] for row in rows], field.type) for field in self.added()]
        return pa.RecordBatch.from_arrays([*batch.columns, *added], schema=self.schema(batch.schema))


def clean_table(table: Any, settings: Settings | str | None = None, *, text: str = "", id: str = "", **options: Any) -> Any:
    """An Arrow table with its texts cleaned, and columns that say what was done; see `Cleaner` for settings and options."""
    return Cleaner(settings, **options).table(table, text, id)


class _Place(NamedTuple):
    """Where a table has its texts and names, or why it can't be told."""

    text: fields.Field | None
    id: fields.Field | None
    site: fields.Field | None = None
    problem: str | None = None


def _place(schema: Any, text: str, id: str, site: str = "") -> _Place:
    from lintnews.sources.values import kind_at, kind_of

    kinds = {field.name: kind_of(field.type) for field in schema}
    texts = [name for name, kind in kinds.items() if kind == "text"]
    text = text or fields.quoted(fields.suggested(texts, fields.TEXTS))
    numbers = [name for name, kind in kinds.items() if kind == "number"]
    others = []
    for given, there, usual in ((id, [*texts, *numbers], fields.IDS), (site, texts, fields.SITES)):
        called = given or fields.quoted(fields.suggested(there, usual))
        named = fields.fields_of(called)[0] if called else None
        others.append(named if named and kind_at(schema, named) in ("text", "number") else None)
    found = fields.fields_of(text)[0] if text else None
    if found is None or kind_at(schema, found) != "text":
        wanted = repr(text) if text else "that a text is usually in"
        return _Place(None, others[0], others[1], f"no field of texts {wanted}{fields.near(list(kinds)[:30])}")
    return _Place(found, others[0], others[1])


class _Parts(NamedTuple):
    """What a linter is made of: settings, and the texts of the rule files that they name by paths."""

    settings: Settings
    files: Mapping[str, Mapping[str, bytes]]
    assesses: bool


@lru_cache(maxsize=16)
def _built(made_of: bytes) -> tuple[Linter, Settings]:
    """The linter of a process. Rule files that are not on its machine are laid out for it."""
    from lintnews.settings.linters import build_linter
    from lintnews.verdict import NEEDED

    settings, files, assesses = pickle.loads(made_of)
    with TemporaryDirectory(prefix="lintnews-") as folder:
        paths = []
        for number, path in enumerate(settings.rule_paths):
            above, last = os.path.split(os.path.abspath(path))
            here = os.path.join(folder, str(number), os.path.basename(above), last)  # a rule is called by its folder, too
            for below, data in files[path].items():
                target = os.path.join(here, below) if below else here
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "wb") as file:
                    file.write(data)
            paths.append(here)
        made = Settings.with_options(settings, "engine", {"rule_paths": tuple(paths)}) if paths else settings
        linter, _ = build_linter(made, besides=NEEDED if assesses else (), fixes_besides=False)
    gc.set_threshold(20_000, 20, 100)  # as in a run
    return linter, settings


def _files(path: str) -> dict[str, bytes]:
    """A rule file, or those below a folder, by their path there. Raises `OSError`."""
    if os.path.isfile(path):
        return {"": _read(path)}
    below = [os.path.join(here, name) for here, _, names in os.walk(path) for name in names if name.endswith((".toml", ".tsv"))]
    return {os.path.relpath(file, path): _read(file) for file in sorted(below)}


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def arrow_names(columns: Sequence[str]) -> list[str]:
    """The names of columns, without the prefix."""
    return [name for column in columns for name in (("verdict", "reasons") if column == "verdict" else (column,))]
