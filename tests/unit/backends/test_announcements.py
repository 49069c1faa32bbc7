"""What builders say beside the steps: sizes as the real ones print them."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.backends.announcements import archive_size, human_size, loading, transferred_size
from stagegraph.context.directory import ContextDirectory

STAGES = 'FROM ubuntu AS base\nRUN echo "base"\n'


@pytest.mark.parametrize(
    ("size", "text"),
    [(2, "2B"), (999, "999B"), (3072, "3.072kB"), (2560, "2.56kB"), (219136, "219.1kB"), (5 * 10**15, "5000TB")],
)
def test_sizes_as_docker_prints_them(size, text):
    assert human_size(size) == text


@pytest.mark.parametrize(
    ("name", "size", "sent"), [("Dockerfile", 114, 151), ("Dockerfile", 285, 324), (".dockerignore", 2, 42)]
)
def test_what_a_client_of_buildkit_sends(name, size, sent):
    """Numbers that Docker Engine 28.5 printed."""
    assert transferred_size(name, size) == sent


def test_the_archive_of_the_legacy_builder(tmp_path):
    """Numbers that Docker Engine 28.5 printed: 2.048kB, then 512 bytes more for each empty entry."""
    (tmp_path / "Dockerfile").write_text("x" * 114)
    plan = stagegraph.plan(STAGES, builder="legacy")
    assert archive_size(plan, ContextDirectory.open(tmp_path)) == 2048
    (tmp_path / "a").touch()
    (tmp_path / "d").mkdir()
    assert archive_size(plan, ContextDirectory.open(tmp_path)) == 3072
    assert archive_size(plan, None) == 2048


def test_what_buildkit_loads():
    names = [
        event.name for event in loading(stagegraph.plan(STAGES), None, lambda: 0.0) if event.KIND == "step-started"
    ]
    assert names == [
        "[internal] load build definition from Dockerfile",
        "[internal] load metadata for docker.io/library/ubuntu:latest",
        "[internal] load .dockerignore",
    ]


def test_what_the_legacy_builder_says_first():
    plan = stagegraph.plan("FROM a\nRUN x \\\n\n y\n", builder="legacy")
    assert [event.text for event in loading(plan, None, lambda: 0.0)] == [
        "Sending build context to Docker daemon  2.048kB",
        "[WARNING]: Empty continuation line found in: RUN x  y",
        "[WARNING]: Empty continuation lines will become errors in a future release.",
    ]
