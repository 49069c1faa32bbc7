"""Buildah passes the public kit."""

from __future__ import annotations

from pathlib import Path

import pytest

import stagegraph
from stagegraph.backends import conformance

from .remains import Remains


@pytest.mark.usefixtures("in_engines")
@pytest.mark.parametrize("case", [*conformance.CASES, *conformance.RUN_CASES], ids=str)
def test_buildah_does_what_every_backend_has_to_do(case: conformance.Case, tmp_path: Path, remains: Remains) -> None:
    conformance.check(stagegraph.find_backend("buildah"), case, tmp_path)
    assert remains.left_behind() == []
