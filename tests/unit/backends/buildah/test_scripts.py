"""Scripts that name their own interpreter."""

from __future__ import annotations

from pathlib import Path

from stagegraph.backends.buildah.scripts import script_folder
from stagegraph.planning.operations import InlineItem


def test_no_script_is_no_volume(tmp_path):
    with script_folder(None, tmp_path) as volumes:
        assert volumes == {}


def test_a_script_stands_in_a_folder_as_long_as_it_runs(tmp_path):
    with script_folder(InlineItem("E\udcff", "#!/bin/sh\r\n\udcff", 0o755), tmp_path) as volumes:
        (place,) = volumes.values()
        file = Path(place.removesuffix(":ro")) / "E\udcff"
        assert volumes == {"/dev/pipes": f"{file.parent}:ro"}
        assert file.read_bytes() == b"#!/bin/sh\r\n\xff"
        assert file.stat().st_mode & 0o777 == 0o755
    assert list(tmp_path.iterdir()) == []
