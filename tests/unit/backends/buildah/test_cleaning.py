"""What is cleared away, and when."""

from __future__ import annotations

import subprocess
import sys

import pytest

from stagegraph.backends.buildah.cleaning import cleared_away, end_processes, remove, sweep, temporary_folder
from stagegraph.backends.buildah.names import new_name
from stagegraph.backends.buildah.processes import Ending


@pytest.fixture
def abandoned() -> str:
    """A name that a process gave which has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    _, machine, _, number = new_name().split("-")
    return f"stagegraph-{machine}-{process.pid}-{number}"


def test_the_temporary_folder_goes_and_so_do_those_of_processes_that_are_gone(temporary, abandoned):
    left = temporary / f"{abandoned}x"
    left.mkdir()
    with temporary_folder() as folder:
        assert not left.exists()
        assert folder.parent == temporary
        (folder / "file").touch()
    assert not folder.exists()


@pytest.mark.parametrize("keep", [True, False])
def test_images_go_the_last_first_unless_they_are_kept_and_containers_always(keep, buildah, fake):
    images = [fake.add_image(name) for name in ("one", "two")]
    fake.call(("buildah", "from", "--name=c", images[0]), {})
    with pytest.raises(RuntimeError), cleared_away(buildah, images, ["c"], keep=keep):
        raise RuntimeError
    assert fake.containers == {}
    assert fake.said("rmi") == ([] if keep else [("rmi", *reversed(images))])


def test_one_by_one_and_twice_where_that_is_needed(buildah, fake):
    answers = [1, 1, 0, 0]
    fake.answers["rm"] = lambda _words: Ending(answers.pop(0))
    remove(buildah, "rm", ["a", "b"])
    assert fake.said("rm") == [("rm", "a", "b"), ("rm", "a"), ("rm", "a"), ("rm", "b")]


def test_nothing_is_removed_where_there_is_nothing(buildah, fake):
    remove(buildah, "rm", [])
    assert fake.calls == []


def test_what_a_killed_build_has_left_is_swept_away(buildah, fake, abandoned):
    fake.add_image(f"localhost/{abandoned}:latest")
    fake.add_image("localhost/mine:latest")
    fake.call(("buildah", "from", f"--name={abandoned}", "scratch"), {})
    fake.call(("buildah", "from", "--name=mine", "scratch"), {})
    sweep(buildah)
    assert set(fake.containers) == {"mine"}
    assert set(fake.names) == {"alpine:latest", "localhost/mine:latest"}


@pytest.mark.parametrize("output", [b"", b"null", b"{", b'"x"'])
def test_lists_that_cannot_be_read_are_empty(output, buildah, fake):
    fake.answers["containers"] = fake.answers["images"] = lambda _words: Ending(0, output)
    sweep(buildah)
    assert [call[0] for call in fake.calls] == ["containers", "images"]


def test_processes_of_a_killed_buildah_are_ended(buildah, monkeypatch):
    ended = []
    monkeypatch.setattr(type(buildah), "end_process", lambda _self, name: ended.append(name))
    for name, file in (("buildah12", "config.json"), ("buildah34", "other"), ("more", "config.json")):
        (buildah.folder / name).mkdir()
        (buildah.folder / name / file).touch()
    end_processes(buildah)
    assert ended == ["buildah-buildah12"]
