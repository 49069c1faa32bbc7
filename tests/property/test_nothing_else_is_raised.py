from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given

import stagegraph

from .strategies import CONTENTS, OPTIONS, Options, outcome

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
    answer = outcome(lambda: VERBS[verb](content, **options))
    if not isinstance(answer, stagegraph.StageGraphError):
        assert json.loads(json.dumps(answer)) == answer
        return
    assert answer.message
    assert answer.message in answer.render()
    if answer.source is not None and answer.span is not None:
        assert 0 <= answer.span.start <= answer.span.end <= len(answer.source.text)


@given(content=CONTENTS, options=OPTIONS)
def test_graphs_answer_every_question(content: str | bytes, options: Options) -> None:
    """What a graph is asked of its own stages it answers, or says that the stages need each other in a ring."""
    graph = outcome(lambda: stagegraph.graph(content, **options))
    if isinstance(graph, stagegraph.StageGraphError):
        return
    for stage in graph.stages:
        assert stage.index not in {other.index for other in graph.needed_by(stage)} or graph.cycles()
        assert stage not in graph.dead_stages([stage])
        assert graph.stage(stage.index) == stage
    for question in (graph.generations, graph.critical_path):
        answer = outcome(question)
        assert answer
        assert bool(graph.cycles()) or not isinstance(answer, stagegraph.StageGraphError)
