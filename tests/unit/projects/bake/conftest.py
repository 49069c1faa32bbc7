"""Expressions of bake files, worked out."""

import pytest

from stagegraph.projects.bake.definitions import define
from stagegraph.projects.bake.evaluation import Scope
from stagegraph.projects.bake.hcl import parse_hcl
from stagegraph.projects.bake.names import BakeNames
from stagegraph.projects.bake.values import to_text
from stagegraph.projects.drafts import NotEvaluated
from stagegraph.projects.limits import Allowance


@pytest.fixture
def names():
    """The names of an HCL text."""

    def read(text, **given):
        return BakeNames(define([parse_hcl(text, "docker-bake.hcl")]), given, Allowance())

    return read


@pytest.fixture
def value(names):
    """What an expression comes to, with definitions that stand before it."""

    def work_out(expression, before="", **given):
        read = names(f"{before}\nresult = {expression}\n", **given)
        return Scope(read).value(read.definitions.attributes["result"].value)

    return work_out


@pytest.fixture
def text(value):
    """The same as a text."""

    def work_out(expression, before="", **given):
        return to_text(value(expression, before, **given)).value

    return work_out


@pytest.fixture
def refusal(value):
    """Why an expression cannot be worked out."""

    def work_out(expression, before="", **given):
        with pytest.raises(NotEvaluated) as caught:
            value(expression, before, **given)
        return caught.value.fault.reason

    return work_out
