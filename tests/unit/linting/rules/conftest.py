"""What the tests of rules share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import stagegraph
from stagegraph import Finding, LintConfiguration

Find = Callable[..., list[Finding]]


@pytest.fixture
def find(request: pytest.FixtureRequest) -> Find:
    """The findings of the rule that the test's module is called after."""
    rule = request.module.__name__.rpartition(".")[2].removeprefix("test_").replace("_", "-")

    def findings_of(text: str, **options) -> list[Finding]:
        return list(stagegraph.lint(text, configuration=LintConfiguration(select=[rule]), **options))

    return findings_of
