from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given

import stagegraph

from .strategies import CONTENTS, OPTIONS, Options

VERBS: dict[str, Callable[..., object]] = {
    "graph": lambda content, **options: stagegraph.graph(content, **options).to_dict(),
    "graph for legacy": lambda content, **options: stagegraph.graph(content, builder="legacy", **options).to_dict(),
    "plan": lambda content, **options: stagegraph.plan(content, **options).to_dict(),
    "plan for legacy": lambda content, **options: stagegraph.plan(content, builder="legacy", **options).to_dict(),
    "compare": lambda content, **options: stagegraph.compare(content, **options).to_dict(),
}


@pytest.mark.parametrize("verb", VERBS)
@given(content=CONTENTS, options=OPTIONS)
def test_nothing_else_is_raised(verb: str, content: str | bytes, options: Options) -> None:
    """The public verbs raise nothing but `StageGraphError`, for any text, bytes and options, and answer in JSON."""
    try:
        answer = VERBS[verb](content, **options)
    except stagegraph.StageGraphError as error:
        assert error.message
        assert error.render().startswith(("Dockerfile", error.message.split("\n")[0]))
        if error.source is not None and error.span is not None:
            assert 0 <= error.span.start <= error.span.end <= len(error.source.text)
    else:
        assert json.loads(json.dumps(answer)) == answer


@given(content=CONTENTS, options=OPTIONS)
def test_graphs_answer_every_question(content: str | bytes, options: Options) -> None:
    """What a graph is asked of its own stages it answers, or says that the stages need each other in a ring."""
    try:
        graph = stagegraph.graph(content, **options)
    except stagegraph.StageGraphError:
        return
    for stage in graph.stages:
        assert stage.index not in {other.index for other in graph.needed_by(stage)} or graph.cycles()
        assert (stage in graph.dead_stages([stage])) is False
        assert graph.stage(stage.index) == stage
    for question in (graph.generations, graph.critical_path):
        try:
            assert question()
        except stagegraph.ResolutionError:
            assert graph.cycles()
