"""Projects that tests write to disk."""

import pytest

import stagegraph


@pytest.fixture
def written(tmp_path):
    """Writes files, by path and text, and gives their directory."""

    def write(files):
        for path, text in files.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return write


@pytest.fixture
def project(written):
    """Writes files, and reads them as a project."""

    def read(files, **environment):
        return stagegraph.project(written(files), environment=environment)

    return read
