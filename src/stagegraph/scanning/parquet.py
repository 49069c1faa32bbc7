"""Records as a Parquet file with nested columns, row group by row group. Needs pyarrow: `stagegraph[parquet]`."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from stagegraph.scanning.records import SCHEMA_VERSION, ScanRecord

ROWS = 4_096
"""How many records are held before they are written as a row group."""

_INDICES = pa.list_(pa.int32())
_TEXTS = pa.list_(pa.string())
_FAULT = pa.struct([("kind", pa.string()), ("message", pa.string()), ("line", pa.int32())])
_STAGE = pa.struct([("index", pa.int32()), ("name", pa.string()), ("base", pa.string()), ("line", pa.int32())])
_EDGE = pa.struct(
    [
        ("source", pa.string()),
        ("source_stage", pa.int32()),
        ("consumer", pa.int32()),
        ("kind", pa.string()),
        ("line", pa.int32()),
    ]
)
_BUILD = pa.struct([("execution_set", _INDICES), ("steps", pa.int32()), ("images", _TEXTS), ("error", _FAULT)])

SCHEMA = pa.schema(
    [
        ("path", pa.string()),
        ("error", _FAULT),
        ("size", pa.int64()),
        ("lines", pa.int64()),
        ("frontend", pa.string()),
        ("stages", pa.list_(_STAGE)),
        ("resolved_by", pa.string()),
        ("edges", pa.list_(_EDGE)),
        ("images", _TEXTS),
        ("dead_stages", _INDICES),
        ("buildkit", _BUILD),
        ("legacy", _BUILD),
    ],
    metadata={"stagegraph.scan.schema": str(SCHEMA_VERSION)},
)
"""The columns: the members of a record, in the same order.

A column has one type, so the `source` of an edge is text in all cases, and `source_stage` its index
where it is a stage.
"""


class ParquetFile:
    """A Parquet file while records are written to it; closed, it holds all of them, however the run has ended."""

    def __init__(self, path: Path) -> None:
        """Creates the file.

        Raises:
            OSError: it cannot be created.
        """
        self._writer = pq.ParquetWriter(path, SCHEMA, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def write(self, record: ScanRecord) -> None:
        """Adds a record."""
        self._rows.append(_row(record))
        if len(self._rows) >= ROWS:
            self._flush()

    def close(self) -> None:
        """Writes what is held, and the end of the file."""
        self._flush()
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        if rows:
            self._writer.write_table(pa.Table.from_pylist(rows, schema=SCHEMA))


def _row(record: ScanRecord) -> dict[str, Any]:
    row: dict[str, Any] = record.to_dict()
    row["edges"] = [_edge_row(edge) for edge in row["edges"]]
    return row


def _edge_row(edge: dict[str, Any]) -> dict[str, Any]:
    source = edge["source"]
    return {**edge, "source": str(source), "source_stage": source if isinstance(source, int) else None}
