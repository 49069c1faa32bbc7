"""Names say whose a thing is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from stagegraph.backends.buildah.names import image_name, is_abandoned, new_name


def _of_process(process: int) -> str:
    head, _, number = new_name().rpartition("-")
    return f"{head.rpartition('-')[0]}-{process}-{number}"


@pytest.fixture(scope="module")
def gone() -> int:
    """The number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_names_are_given_once():
    assert new_name() != new_name()


def test_what_belongs_to_a_living_process_is_not_abandoned():
    assert not is_abandoned(new_name())
    assert not is_abandoned(_of_process(1))


def test_what_belongs_to_a_process_that_has_ended_is(gone):
    assert is_abandoned(_of_process(gone))
    assert is_abandoned(f"localhost/{_of_process(gone)}:latest")


def test_what_belongs_to_another_machine_or_nobody_is_not(gone):
    machine = _of_process(gone).split("-")[1]
    assert not is_abandoned(_of_process(gone).replace(machine, "0" * 8))
    assert not is_abandoned("stagegraph-test")
    assert not is_abandoned(image_name(_of_process(gone), keep=True))


def test_images_that_are_not_kept_are_called_like_their_containers():
    assert image_name("stagegraph-x-1-1", keep=False) == "stagegraph-x-1-1"
