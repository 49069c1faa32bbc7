"""Records as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from stagegraph.scanning.discovery import Found
from stagegraph.scanning.reading import lost_record, read_record
from stagegraph.scanning.records import ScanRecord
from stagegraph.scanning.running import Job


class JsonLine(NamedTuple):
    """A record as a line of JSON with its line feed, in ASCII; and its `failures`."""

    text: str
    failures: tuple[str, ...]


def json_line(record: ScanRecord) -> JsonLine:
    """The line of a record."""
    return JsonLine(json.dumps(record.to_dict(), separators=(",", ":")) + "\n", record.failures)


def read_lines(chunk: Sequence[Found]) -> list[JsonLine]:
    """The lines of some files: what a worker is given to do, so that the process that writes only writes."""
    return [json_line(read_record(found)) for found in chunk]


def lost_line(found: Found) -> JsonLine:
    """The line of a file that kills the processes that read it."""
    return json_line(lost_record(found))


LINES: Job[Found, JsonLine] = Job(read_lines, lost_line)
"""Files read into lines."""
