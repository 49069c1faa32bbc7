"""Symbolic modes, as `chmod` reads them."""

from __future__ import annotations

import os
import subprocess

import pytest

from stagegraph.backends.files.modes import changed_mode

CHANGES = [
    "u=rwx,go=rx",
    "a+x",
    "+x",
    "g-w,o-rwx",
    "u=g",
    "go=u",
    "g=u-w",
    "a=",
    "u+s",
    "g+s",
    "+t",
    "a=rX",
    "o+w-r",
    "ug=rw",
    "u=rws,g=rx",
    "g+u",
]


@pytest.mark.parametrize("change", CHANGES)
def test_as_chmod_does_it(change, tmp_path):
    before = {}
    for mode in (0o644, 0o751, 0o600):
        before[tmp_path / f"file{mode}"] = before[tmp_path / f"folder{mode}"] = mode
        (tmp_path / f"file{mode}").touch()
        (tmp_path / f"folder{mode}").mkdir()
    for path, mode in before.items():
        path.chmod(mode)
    umask = os.umask(0)
    try:
        subprocess.run(["chmod", change, *before], check=True)  # noqa: S607
    finally:
        os.umask(umask)
    after = {path: path.stat().st_mode & 0o7777 for path in before}
    assert after == {path: changed_mode(mode, change, folder=path.is_dir()) for path, mode in before.items()}


def test_numbers_replace():
    assert changed_mode(0o644, 0o4755, folder=False) == 0o4755
    assert changed_mode(0o644, None, folder=False) == 0o644
