"""`scan`: many Dockerfiles, one record each, here or on any executor."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import Executor

from stagegraph.scanning.discovery import Found, Paths, find_dockerfiles
from stagegraph.scanning.reading import lost_record, read_records
from stagegraph.scanning.records import ScanRecord
from stagegraph.scanning.running import CHUNK_SIZE, IN_FLIGHT, Job, Schedule

RECORDS: Job[Found, ScanRecord] = Job(read_records, lost_record)
"""Files read into records."""


def scan(
    paths: Paths,
    *,
    executor: Executor | None = None,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    ignore_files: bool = True,
    ordered: bool = False,
    chunk_size: int = CHUNK_SIZE,
    in_flight: int = IN_FLIGHT,
) -> Generator[ScanRecord, None, None]:
    """The records of the Dockerfiles under `paths`; here a `str` is a path.

    What counts as a Dockerfile, and what `include`, `exclude` and `ignore_files` say, is told by
    `find_dockerfiles`. Nothing is an error: what cannot be read, resolved or planned stands in the
    record, and so does a directory that cannot be looked through.

    Without an executor, each file is read in this process when its record is asked for. With one
    (threads, processes, Dask's `Client.get_executor()`), `in_flight` chunks of `chunk_size` files
    are handed out at a time, and the records come as they are there, or with `ordered` in the
    order of the files. Memory does not grow with the number of files. Closing the iterator cancels
    what has not begun; the executor stays its owner's to shut down.

    No file is lost with a worker. Where one dies, whatever was handed out is read again, file by
    file, in a process on this machine; a file that kills that one too has a record with the error.
    A process pool breaks when a worker dies: the rest then goes to a fresh one.

    Raises:
        ValueError: `chunk_size` or `in_flight` is less than 1.
        Exception: the executor cannot do the work: it was shut down, or its workers lack stagegraph.
    """
    schedule = Schedule(chunk_size, in_flight, ordered)
    found = find_dockerfiles(paths, include=include, exclude=exclude, ignore_files=ignore_files)
    return RECORDS.here(found) if executor is None else RECORDS.on(executor, found, schedule)
