"""Cleaning on Spark: row by row, and what articles say together by Spark's own shuffle. Needs the extra `spark`, and Java."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from lintnews.engines.cleaner import ALONE, Cleaner, Together

try:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructType
except ImportError as error:
    raise ImportError("lintnews.engines.spark needs packages: pip install 'lintnews[spark]'") from error

_ID, _TRUTH, _NUMBER = pa.string(), pa.bool_(), pa.int64()
_OBSERVED = pa.schema({"id": _ID, "observation": pa.binary()})
_MET = pa.schema({"id": _ID, "place": _NUMBER, "is_whole": _TRUTH, "is_key": _TRUTH, "value": _NUMBER})
_LINES = pa.schema(
    {"site": _ID, "form": _ID, "text": _ID} | dict.fromkeys(("share", "place", "before", "after", "leads"), _NUMBER)
)
_SITES = pa.schema({"site": _ID})


def clean(frame: DataFrame, cleaner: Cleaner, text: str, id: str = "", site: str = "", together: Together = ALONE) -> DataFrame:
    """A frame with its texts cleaned and the cleaner's columns added. Rows stay; an error is in its row's column."""
    kept = [field for field in frame.schema.fields if not field.name.startswith("lintnews_")]
    schema = StructType([*kept, *from_arrow_schema(pa.schema(cleaner.added())).fields])
    known = frame.sparkSession.sparkContext.broadcast(together)

    def each(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            yield from cleaner.table(pa.Table.from_batches([batch]), text, id, site, known.value).to_batches()

    return frame.mapInArrow(each, schema)


def together(frame: DataFrame, text: str, id: str, site: str = "") -> Together:
    """What the articles of a frame say together: copies of paragraphs, and, with a `site`, lines that a site sets into many.

    Names must not stand twice, and order the articles. What meets nothing stays on the engine; this process gets the signatures
    and texts that may be copies (the texts on its disk), and the lines that enough articles of a site hold.
    """
    rows = frame.select(f.col(id).cast("string").alias("id"), f.col(text).alias("text"))
    return Together(_copies(rows), _learnt(frame, text, site) if site else None)


def _copies(rows: DataFrame) -> Any:
    from lintnews.engines.corpus import copies, only
    from lintnews.sources.spool import Spool

    observed = _mapped(rows, _observed, _OBSERVED).persist()
    met = _mapped(observed, _signatures, _MET)
    by = ["is_whole", "is_key", "value"]
    meeting = met.groupBy(*by).count().where("count > 1").drop("count")
    places = met.join(meeting, by).groupBy("id").agg(f.collect_set("place").alias("places"))
    left = observed.join(places, "id", "left").orderBy("id")
    texts = rows.join(left.select("id", "places"), "id").orderBy("id")
    wanted = f.when(f.col("places").isNotNull(), f.col("text")).alias("text")
    spool = Spool((row.text or "").encode() for row in texts.select(wanted).toLocalIterator())
    pairs = ((row.id, only(bytes(row.observation), set(row.places or ()))) for row in left.toLocalIterator())
    try:
        return copies(pairs, lambda number: spool.piece(number).decode())
    finally:
        observed.unpersist()


def _learnt(frame: DataFrame, text: str, site: str) -> Any:
    from lintnews.evidence.sitelines.counting import MIN_ARTICLES, MIN_SHARE, Learner, LineCount
    from lintnews.evidence.sitelines.lines import Learnt

    rows = frame.select(f.col(site).alias("site"), f.col(text).alias("text")).where("text is not null")
    lines = _mapped(rows, _sightings, _LINES)
    sites = _mapped(rows, _site, _SITES).groupBy("site").agg(f.count("*").alias("of"))
    placed = [f.sum((f.col("place") == place).cast("long")).alias(f"place{place}") for place in range(3)]
    sums = [f.sum(name).alias(name) for name in ("share", "leads")]
    bits = [f.expr(f"bit_or({name})").alias(name) for name in ("before", "after")]
    texts = [f.min("text").alias("first"), f.max("text").alias("last")]
    counted = lines.groupBy("site", "form").agg(f.count("*").alias("articles"), *texts, *sums, *bits, *placed)
    often = counted.join(sites, "site").where(f"articles >= greatest({MIN_ARTICLES}, {MIN_SHARE} * of)")
    counts = [
        LineCount(
            *(row.site, row.form, row.of, row.articles, row.first, row.last, row.share, row.leads, row.before, row.after),
            places=(row.place0, row.place1, row.place2),
        )
        for row in often.toLocalIterator()
    ]
    return Learnt(Learner.of(counts, rows.count()).learnt())


def _mapped(frame: DataFrame, rows_of: Callable[[dict[str, Any]], Iterator[tuple[Any, ...]]], schema: Any) -> DataFrame:
    """The rows that a function makes of each row."""

    def each(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            made = [found for row in batch.to_pylist() for found in rows_of(row)]
            columns = zip(*made, strict=True) if made else [()] * len(schema)
            arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    return frame.mapInArrow(each, from_arrow_schema(schema))


def _observed(row: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    from lintnews.document import Document
    from lintnews.evidence.duplicates.observing import observe

    yield row["id"], observe(Document(row["text"] or ""))


def _signatures(row: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    from lintnews.engines.corpus import signatures

    for found in signatures(bytes(row["observation"])):
        yield row["id"], *found


def _sightings(row: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    from lintnews.document import Document
    from lintnews.evidence.sitelines.counting import observe_lines
    from lintnews.sources.fields import host

    for line in observe_lines(Document(row["text"])):
        before, after = (bits - (1 << 64) if bits >> 63 else bits for bits in (line.before, line.after))
        yield host(row["site"] or ""), line.form, line.text, line.share, line.place, before, after, line.leads


def _site(row: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    from lintnews.sources.fields import host

    yield (host(row["site"] or ""),)
