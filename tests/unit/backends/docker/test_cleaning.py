"""What a build clears away, and what it clears away for builds that are over."""

from __future__ import annotations

import os
import socket

import pytest

from stagegraph.backends.docker.cleaning import cleared_away, images_there, short_id, sweep
from stagegraph.backends.docker.connection import OWNER_LABEL

HOST = socket.gethostname()
NOBODY = 2**22 + 1  # no process has such a number


def test_ids_are_short():
    assert short_id("sha256:0123456789abcdef") == short_id("0123456789abcdef") == "0123456789ab"


def test_images_by_their_short_ids(connection, client):
    image = client.add_image("a")
    assert images_there(connection) == {image.removeprefix("sha256:")[:12]}


def test_the_last_image_goes_first_and_once(connection, client):
    made = []
    with cleared_away(connection, made, frozenset, keep=False):
        made += ["a", "b", "a", "c"]
        assert client.removed == []
    assert client.removed == ["c", "b", "a"]


def test_what_is_spared_and_what_another_is_built_upon_stays(connection, client):
    client.in_use = {"b"}
    with cleared_away(connection, ["a", "b", "sha256:c"], lambda: {"c"}, keep=False):
        pass
    assert client.removed == ["a"]


def test_everything_stays_where_it_is_to_be_kept(connection, client):
    with cleared_away(connection, ["a"], frozenset, keep=True):
        pass
    assert client.removed == []


def test_it_goes_whatever_happens(connection, client):
    def fail():
        with cleared_away(connection, ["a"], frozenset, keep=False):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert client.removed == ["a"]


@pytest.mark.parametrize(
    ("owner", "is_gone"),
    [
        pytest.param(f"{HOST}:{NOBODY}:x", True, id="process-that-is-gone"),
        pytest.param(f"{HOST}:{os.getpid()}:of a build that is over", True, id="build-of-this-process-that-is-over"),
        pytest.param(f"another-{HOST}:{NOBODY}:x", False, id="another-machine"),
        pytest.param(f"{HOST}:{os.getppid()}:x", False, id="process-that-is-there"),
        pytest.param(f"{HOST}:no number:x", False, id="no-number"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_what_builds_that_are_over_have_left(connection, client, owner, is_gone):
    labelled = {"Labels": {OWNER_LABEL: owner}}
    client.listed = {
        "containers": [{"Id": "c", **labelled}],
        "images": [{"Id": "i", **labelled}],
        "volumes": [{"Name": "v", **labelled}],
    }
    sweep(connection)
    assert [name for name, _ in client.removed_containers] == (["c"] if is_gone else [])
    assert (client.removed, client.removed_volumes) == ((["i"], ["v"]) if is_gone else ([], []))


def test_the_builds_of_this_process_that_go_on_keep_what_they_have(connection, client):
    client.listed["containers"] = [{"Id": "c", "Labels": dict(connection.labels)}, {"Id": "d", "Labels": None}]
    sweep(connection)
    assert client.removed_containers == []
    connection.close()
    sweep(connection)
    assert client.removed_containers == [("c", {"force": True, "v": True})]
