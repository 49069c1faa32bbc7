import gc
import multiprocessing
import os
import signal
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import pytest

import stagegraph
from stagegraph import Found, ScanRecord, find_dockerfiles
from stagegraph.scanning import local
from stagegraph.scanning.local import WORTH_A_POOL, answers_here, usable_cores
from stagegraph.scanning.pools import spare_collector, worker_pool
from stagegraph.scanning.reading import read_records
from stagegraph.scanning.scan import RECORDS


def expected(root):
    return read_records(list(find_dockerfiles(root)))


@pytest.fixture(scope="module")
def pool():
    with worker_pool(2) as pool:
        yield pool


def test_here_it_is_lazy(many):
    root = many(3)
    records = stagegraph.scan(root)
    assert isinstance(records, Generator)
    assert next(records).path == f"{root}/00000/Dockerfile"
    (root / "00001/Dockerfile").write_text("XYZ\n")  # not read yet
    assert next(records).buildkit.error is not None


def test_a_string_is_a_path(many):
    root = many(1)
    assert list(stagegraph.scan(f"{root}/00000/Dockerfile")) == expected(root)


def test_patterns_and_ignore_files(tree):
    root = tree({".git/HEAD": "", ".gitignore": "a/\n", "a/x": "", "b/x": "", "c/x": ""})
    options = {"include": ["x"], "exclude": ["c"]}
    assert [record.path for record in stagegraph.scan(root, **options)] == [f"{root}/b/x"]
    both = [f"{root}/a/x", f"{root}/b/x"]
    assert [record.path for record in stagegraph.scan(root, **options, ignore_files=False)] == both


def test_bad_arguments_are_told_at_once():
    with ThreadPoolExecutor(1) as threads, pytest.raises(ValueError, match="chunk_size"):
        stagegraph.scan(".", executor=threads, chunk_size=0)


def test_on_threads(many):
    root = many(50)
    with ThreadPoolExecutor(4) as threads:
        records = list(stagegraph.scan(root, executor=threads, chunk_size=3, in_flight=5))
    assert sorted(records, key=lambda record: record.path) == expected(root)


def test_on_processes_in_order(many, pool):
    root = many(200)
    (root / "00007/Dockerfile").write_bytes(b"\xff\xfe\0")
    paths = [root, "nothing"]
    assert list(stagegraph.scan(paths, executor=pool, chunk_size=7, ordered=True)) == [
        *expected(root),
        *read_records([Found("nothing")]),
    ]


def test_closing_leaves_the_executor_usable(many, pool):
    root = many(100)
    records = stagegraph.scan(root, executor=pool, chunk_size=1, in_flight=50)
    assert isinstance(next(records), ScanRecord)
    records.close()
    assert pool.submit(len, "abc").result() == 3


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_workers_that_are_killed_take_no_file_with_them(many):
    root = many(300)
    with worker_pool(2) as pool:
        records = stagegraph.scan(root, executor=pool, chunk_size=2, in_flight=8)
        seen = list(islice(records, 20))
        for worker in multiprocessing.active_children():
            os.kill(worker.pid, signal.SIGKILL)
        seen += records
    assert sorted(seen, key=lambda record: record.path) == expected(root)


# -- on this machine ---------------------------------------------------------------------------


def test_few_files_start_no_process(many, monkeypatch):
    root = many(3)
    monkeypatch.setattr(local, "worker_pool", None)
    assert list(answers_here(RECORDS, find_dockerfiles(root), jobs=2)) == expected(root)


def test_one_job_starts_no_process_and_looks_no_further_than_it_reads(many, monkeypatch):
    found = find_dockerfiles(many(3))
    monkeypatch.setattr(local, "worker_pool", None)
    answers = answers_here(RECORDS, found, jobs=1)
    first = next(answers)
    assert next(found).path == first.path.replace("00000", "00001")


def test_many_files_are_put_to_processes(many):
    root = many(WORTH_A_POOL + 1)
    assert list(answers_here(RECORDS, find_dockerfiles(root), jobs=2)) == expected(root)
    assert multiprocessing.active_children() == []


def test_cores():
    assert 1 <= usable_cores() <= os.cpu_count()


def test_cores_of_a_system_that_does_not_say_which_are_ours(monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert usable_cores() == os.cpu_count()


def test_the_collector_is_spared():
    before = gc.get_threshold()
    try:
        gc.set_threshold(700)
        spare_collector()
        assert gc.isenabled()
        assert gc.get_threshold()[0] > 700
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
