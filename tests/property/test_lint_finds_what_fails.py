"""Laws of the linter: it raises nothing for bad input, its places lie in the text, no stage that runs is dead."""

from __future__ import annotations

from hypothesis import given

import stagegraph

from .strategies import SOUP, TARGETED_SKETCHES, Sketch, outcome


@given(SOUP)
def test_nothing_is_raised_and_places_lie_in_the_text(text: str) -> None:
    for finding in stagegraph.lint(text):
        spans = [finding.span, *(place.span for place in finding.related)]
        assert all(0 <= span.start <= span.end <= len(text) for span in spans if span is not None)
        if finding.fix is not None:
            assert all(0 <= edit.start <= edit.end <= len(text) for edit in finding.fix.edits)


@given(SOUP)
def test_what_fails_a_build_is_found(text: str) -> None:
    answer = outcome(lambda: stagegraph.plan(text))
    if isinstance(answer, stagegraph.StageGraphError):
        assert answer.message in [one.message for one in stagegraph.lint(text) if one.rule == "build-error"]


@given(TARGETED_SKETCHES)
def test_no_stage_that_runs_is_dead(targeted: tuple[Sketch, str | None, int]) -> None:
    sketch, target, _ = targeted
    dead = {one.stage for one in stagegraph.lint(sketch.text, targets=[target]) if one.rule == "dead-stage"}
    runs = stagegraph.plan(sketch.text, target=target).execution_set
    assert dead.isdisjoint({stage.index if stage.name is None else stage.name for stage in runs})
