"""JSON Lines and Parquet."""

import json
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from stagegraph import Found, ScanFault, ScanRecord
from stagegraph.scanning import parquet
from stagegraph.scanning.json_lines import json_line, lost_line, read_lines
from stagegraph.scanning.parquet import ParquetFile
from stagegraph.scanning.reading import read_records

TEXTS = {
    "a/Dockerfile": "# syntax=docker/dockerfile:1\nFROM alpine AS a\nRUN x\nFROM a\nCOPY --from=nginx /é /b\n",
    "b/Dockerfile": "FROM alpine\nXYZ\n",
    "c/Dockerfile": "FROM alpine\nRUN --mount=from=nginx,target=/n ls\n",
}


@pytest.fixture
def found(tree):
    root = tree(TEXTS)
    return [*(Found(str(root / path)) for path in TEXTS), Found("nothing"), Found("no\udcff", "permission denied")]


def test_lines(found):
    lines = read_lines(found)
    assert [json.loads(line.text) for line in lines] == [
        {**record.to_dict(), "path": record.path.replace("\udcff", "\ufffd")} for record in read_records(found)
    ]
    assert all(line.text.endswith("}\n") and line.text.count("\n") == 1 and line.text.isascii() for line in lines)
    assert [line.failures for line in lines] == [(), ("buildkit", "legacy"), ("legacy",), ("file",), ("file",)]


def test_the_line_of_a_file_that_kills():
    line = lost_line(Found("a"))
    assert line.failures == ("file",)
    assert json.loads(line.text)["error"]["kind"] == "WorkerDied"


def as_rows(records):
    """What the columns say."""
    rows = [record.to_dict() for record in records]
    for row in rows:
        del row["schema"]
        for edge in row["edges"]:
            edge["source_stage"] = edge["source"] if isinstance(edge["source"], int) else None
            edge["source"] = str(edge["source"])
    return rows


def test_parquet_has_the_same_members(found, tmp_path):
    records = read_records(found)
    with ParquetFile(tmp_path / "x") as file:
        for record in records:
            file.write(record)
    table = pq.read_table(tmp_path / "x")
    assert table.to_pylist() == as_rows(records)
    assert table.schema.metadata[b"stagegraph.scan.schema"] == b"1"


def test_parquet_is_written_in_groups_of_rows(monkeypatch, tmp_path):
    monkeypatch.setattr(parquet, "ROWS", 3)
    with ParquetFile(tmp_path / "x") as file:
        for number in range(7):
            file.write(ScanRecord(str(number), ScanFault("InputError", "no")))
    metadata = pq.read_metadata(tmp_path / "x")
    assert [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)] == [3, 3, 1]


def test_parquet_is_whole_after_an_error(found, tmp_path):
    def interrupted():
        with ParquetFile(tmp_path / "x") as file:
            file.write(read_records(found)[0])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert pq.read_table(tmp_path / "x").num_rows == 1


def test_parquet_of_nothing(tmp_path):
    with ParquetFile(tmp_path / "x"):
        pass
    assert pq.read_table(tmp_path / "x").num_rows == 0


def test_json_needs_no_pyarrow():
    code = (
        "import sys, stagegraph.scanning.json_lines, stagegraph; stagegraph.scan('.'); print('pyarrow' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"


def test_the_line_of_a_record():
    assert json_line(ScanRecord("a")).text.startswith('{"schema":1,"path":"a","error":null,')
