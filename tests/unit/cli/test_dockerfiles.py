"""The Dockerfiles that a command line leads to."""

import os

import pytest

import stagegraph
from stagegraph.cli.dockerfiles import read_dockerfiles, read_file
from stagegraph.linting.files import Asked, FileLinter
from stagegraph.scanning.reading import MAX_BYTES


def test_each_is_read_once(folder):
    (folder / "a").mkdir()
    (folder / "a" / "Dockerfile").write_bytes(b"FROM \xff\n")
    found = dict(read_dockerfiles([".", "a", "a/Dockerfile", "Dockerfile"], (), FileLinter(Asked())))
    assert list(found) == ["Dockerfile", "a/Dockerfile"]
    assert found["a/Dockerfile"] == stagegraph.SourceFile("FROM \udcff\n", "a/Dockerfile")


def test_what_is_left_out(folder):
    (folder / "vendor").mkdir()
    (folder / "vendor" / "Dockerfile").write_text("FROM a\n")
    assert [path for path, _ in read_dockerfiles(["."], ["vendor/"], FileLinter(Asked()))] == ["Dockerfile"]
    assert [path for path, _ in read_dockerfiles(["vendor/Dockerfile"], ["vendor/"], FileLinter(Asked()))] == [
        "vendor/Dockerfile"
    ]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("path", "reason"),
    [("nowhere", os.strerror(2).lower()), ("a\0b", "embedded null byte"), (".", os.strerror(21).lower())],
)
def test_what_cannot_be_read(path, reason):
    with pytest.raises(stagegraph.InputError) as caught:
        read_file(path)
    assert caught.value.message == f"{path}: {reason}"


def test_what_has_no_end(folder):
    (folder / "large").touch()
    os.truncate(folder / "large", MAX_BYTES + 1)
    with pytest.raises(stagegraph.LimitError, match="a limit of stagegraph"):
        read_file("large")


def test_a_directory_that_cannot_be_looked_through(folder, monkeypatch):
    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("stagegraph.scanning.discovery.os.scandir", refuse)
    ((path, error),) = read_dockerfiles([str(folder)], (), FileLinter(Asked()))
    assert isinstance(error, stagegraph.InputError)
    assert error.message == f"{path}: permission denied"
