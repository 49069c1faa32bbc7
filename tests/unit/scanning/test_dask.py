"""A real Dask cluster: two worker processes on this machine, one of which is killed in the middle."""

import logging
import os
import signal
from itertools import islice

import pytest

import stagegraph
from stagegraph import find_dockerfiles
from stagegraph.scanning.reading import read_records

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")

FILES, CHUNK, IN_FLIGHT = 800, 4, 16


@pytest.fixture
def cluster():
    """The client of a cluster of two worker processes on the loop-back interface."""
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,  # it tells of the death, which is meant
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def test_a_killed_worker_takes_no_file_with_it(cluster, many):
    root = many(FILES)
    workers = cluster.run(os.getpid)
    assert len(set(workers.values()) - {os.getpid()}) == 2

    records = stagegraph.scan(root, executor=cluster.get_executor(), chunk_size=CHUNK, in_flight=IN_FLIGHT)
    seen = list(islice(records, FILES // 4))
    os.kill(min(workers.values()), signal.SIGKILL)
    seen += records

    seen.sort(key=lambda record: record.path)
    assert [record.path for record in seen] == [found.path for found in find_dockerfiles(root)]
    assert seen == read_records(list(find_dockerfiles(root)))
