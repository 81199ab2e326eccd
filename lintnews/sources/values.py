"""Values of a table's columns, and columns with some values changed. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lintnews.sources.fields import Field


def kind_of(kind: Any) -> str:
    """What values of a type are to us; its own name where they are nothing."""
    from pyarrow import types

    if types.is_dictionary(kind):
        kind = kind.value_type
    if any(is_one(kind) for is_one in (types.is_string, types.is_large_string, types.is_string_view)):
        return "text"
    if types.is_binary(kind) or types.is_large_binary(kind):
        return "text"
    if types.is_list(kind) or types.is_large_list(kind):
        return "texts" if kind_of(kind.value_type) == "text" else str(kind)
    return "number" if types.is_integer(kind) else str(kind)


def kind_at(schema: Any, field: Field) -> str | None:
    """What stands in a field; None where there is no such field."""
    from pyarrow import types

    if field.keys[0] not in schema.names:
        return None
    kind = schema.field(field.keys[0]).type
    for key in field.keys[1:]:
        if not types.is_struct(kind) or kind.get_field_index(key) < 0:
            return None
        kind = kind.field(key).type
    return kind_of(kind)


def values_of(batch: Any, field: Field | None) -> Sequence[Any]:
    """The values of a field: texts, lists of them, numbers, None; bytes that are no text as a list of numbers."""
    if field is None:
        return [None] * batch.num_rows
    column = batch.column(field.keys[0])
    if len(field.keys) > 1:
        from pyarrow.compute import struct_field

        column = struct_field(column, list(field.keys[1:]))
    values = column.to_pylist()
    return [_decoded(value) if isinstance(value, bytes) else value for value in values]


def _decoded(value: bytes) -> Any:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return list(value)


def changed(batch: Any, named: Sequence[Field], changes: Mapping[int, Sequence[Any]]) -> Any:
    """A batch with the fields of some rows changed; everything else in it is the same."""
    import pyarrow

    columns = list(batch.columns)
    for number, field in enumerate(named):
        at = batch.schema.get_field_index(field.keys[0])
        new = {row: values[number] for row, values in changes.items()}
        columns[at] = _with(columns[at], field.keys[1:], new)
    return pyarrow.RecordBatch.from_arrays(columns, schema=batch.schema)


def _with(column: Any, keys: Sequence[str], new: Mapping[int, Any]) -> Any:
    """A column with some values changed, in the field of its structs that the keys lead to."""
    import pyarrow
    from pyarrow import types

    kind = column.type
    if keys:
        inner = column.flatten()  # the children, null where the struct is
        at = kind.get_field_index(keys[0])
        inner[at] = _with(inner[at], keys[1:], new)
        mask = column.is_null()
        return pyarrow.StructArray.from_arrays(inner, fields=list(kind), mask=mask)
    values = column.to_pylist()
    for row, value in new.items():
        values[row] = value
    if types.is_dictionary(kind):
        return pyarrow.array(values, kind.value_type).dictionary_encode().cast(kind)
    return pyarrow.array([value.encode() if isinstance(value, str) and _is_bytes(kind) else value for value in values], kind)


def _is_bytes(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_binary(kind) or types.is_large_binary(kind))
