"""`project`: reads a project from the texts of its files."""

from __future__ import annotations

import textwrap

import pytest

from stagegraph.projects import read_project


@pytest.fixture
def write(tmp_path):
    """Writes files below a directory of its own, and gives that."""

    def written(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(text, bytes):
                path.write_bytes(text)
            else:
                path.write_text(textwrap.dedent(text))
        return tmp_path

    return written


@pytest.fixture
def project(write):
    def read(texts, **options):
        return read_project(write(texts), **options)

    return read


@pytest.fixture
def bake(project):
    """The project of one bake file in HCL."""

    def read(text, **options):
        return project({"docker-bake.hcl": text}, **options)

    return read


@pytest.fixture
def compose(project):
    """The project of one Compose file, and whatever other files there are."""

    def read(text, others=None, **options):
        return project({"compose.yaml": text, **(others or {})}, **options)

    return read
