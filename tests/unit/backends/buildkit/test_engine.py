"""What is asked of Docker's command line beside a build."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.backends.buildkit.engine import DockerCommand, reason_in, short_id


@pytest.fixture
def command(docker):
    return DockerCommand(str(docker.program))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("", ""),
        ("boom\n", "boom"),
        ("ERROR: boom\n", "boom"),
        ("Error response from daemon: dockerfile parse error\n", "dockerfile parse error"),
        ("DEPRECATED: old\n   more of it\n\nCOPY failed: x\n", "COPY failed: x"),
        ("DEPRECATED: old\n   more of it\n\n", ""),
        ('time="2026" level=error msg="closed pipe"\nError response from daemon: no room\n', "no room"),
        ("one\ntwo\n", "one\ntwo"),
    ],
)
def test_reasons(said, reason):
    assert reason_in(said) == reason


def test_ids_are_short():
    assert short_id("sha256:0123456789abcdef") == short_id("0123456789abcdef") == "0123456789ab"


def test_images_by_their_short_ids(docker, command):
    docker.answer("image", "ls", output="sha256:0123456789abcdef\nsha256:ffffffffffffffff\n")
    assert command.images() == {"0123456789ab", "ffffffffffff"}


def test_nothing_is_asked_where_there_is_nothing_to_remove(docker, command):
    command.remove_containers([])
    command.remove_images(["a", "b"], {"a", "b"})
    assert docker.calls() == []


def test_the_last_image_goes_first_and_once(docker, command):
    command.remove_images(["a", "b", "a", "c"], {"b"})
    (call,) = docker.calls("image", "rm")
    assert call.words == ["image", "rm", "--no-prune", "c", "a"]


def test_whether_the_engine_answers(docker, command):
    assert command.answers()
    docker.answer("version", code=1)
    assert not command.answers()


def test_the_legacy_builder_is_known_by_its_flags(docker, command):
    command.require_legacy_builder()
    docker.answer("build", "--help", output="Usage: docker buildx build\n --load\n")
    with pytest.raises(stagegraph.UnsupportedError, match="no legacy builder"):
        command.require_legacy_builder()
    assert {call.variables["DOCKER_BUILDKIT"] for call in docker.calls("build")} == {"0"}
