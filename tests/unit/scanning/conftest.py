"""Trees of files to scan."""

import pytest


@pytest.fixture
def tree(tmp_path):
    """Writes files, given by their paths and texts, and gives the directory they are in."""

    def tree(files):
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return tree


@pytest.fixture
def many(tree):
    """A directory of so many small Dockerfiles, in directories of their own."""

    def many(count):
        return tree({f"{number:05}/Dockerfile": f"FROM alpine AS a\nRUN echo {number}\n" for number in range(count)})

    return many
