from __future__ import annotations

import re

from hypothesis import given

import stagegraph

from .strategies import DOCUMENTS, SKETCHES, VALID_OPTIONS, Options, outcome

TEXTS = DOCUMENTS | SKETCHES.map(lambda sketch: sketch.text)


def in_capitals(text: str) -> str:
    """The same file, its keywords in capitals."""
    nodes = []
    for node in stagegraph.parse(text).nodes:
        if isinstance(node, stagegraph.Instruction):
            nodes.append(re.sub(re.escape(node.keyword), node.keyword.upper(), node.text, count=1))
        else:
            nodes.append(node.text)
    return "".join(nodes)


def described(plan: stagegraph.Plan) -> object:
    """What a plan does, without the names of its steps."""
    steps = [(step.id, step.kind, step.inputs, step.stage, step.lines) for step in plan.steps]
    return steps, plan.result, plan.config, plan.loads, plan.execution_set


@given(TEXTS, VALID_OPTIONS)
def test_keyword_case_does_not_matter(text: str, options: Options) -> None:
    """The case of keywords does not matter to a plan, except in names."""
    for builder in stagegraph.Builder:
        given_, capital = (
            outcome(lambda text=text, builder=builder: stagegraph.plan(text, builder=builder, **options))
            for text in (text, in_capitals(text))
        )
        if isinstance(given_, stagegraph.StageGraphError):
            assert isinstance(capital, type(given_))
            assert capital.message.casefold() == given_.message.casefold()
            assert capital.line == given_.line
        else:
            assert described(capital)[:-1] == described(given_)[:-1]
            assert [step.name.casefold() for step in capital.steps] == [step.name.casefold() for step in given_.steps]
