"""`docs/targets.md` lists every function, limit and public name, and no function that there is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import stagegraph.projects
from stagegraph.projects import limits
from stagegraph.projects.bake.functions import FUNCTIONS

TEXT = (Path(__file__).parents[3] / "docs" / "targets.md").read_text()
LIMITS = [name for name in vars(limits) if name.startswith("MAX_")]


def test_the_functions_are_those_that_are_evaluated():
    table = TEXT.partition("These functions are evaluated:")[2].partition("Unknown are:")[0]
    listed = re.findall(r"`([a-z_0-9]+)`", re.sub(r"\([^)]*\)", "", table))
    assert sorted(listed) == sorted(FUNCTIONS)


@pytest.mark.parametrize("name", LIMITS)
def test_every_limit_is_described_with_its_value(name):
    assert f"| `stagegraph.projects.limits.{name}` | {getattr(limits, name):,} |" in TEXT


@pytest.mark.parametrize(
    "name", sorted(set(stagegraph.projects.__all__) - {"Builds", "Field", "Link", "Place", "Project"})
)
def test_every_public_name_is_described(name):
    assert re.search(rf"`{name}\b", TEXT)
