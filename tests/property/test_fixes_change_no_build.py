"""Law: whatever is fixed, the target is built as before, and fixing again changes nothing."""

from __future__ import annotations

from hypothesis import given

import stagegraph
from stagegraph.linting.sameness import work_of

from .strategies import SOUP, TARGETED_SKETCHES, Sketch


@given(TARGETED_SKETCHES)
def test_fixes_change_no_build(targeted: tuple[Sketch, str | None, int]) -> None:
    sketch, target, _ = targeted
    text = sketch.text
    fixed = stagegraph.fix(text, targets=[target])
    assert stagegraph.fix(fixed.text, targets=[target]).text == fixed.text
    before, after = (stagegraph.plan(one, target=target) for one in (text, fixed.text))
    assert work_of(after) == work_of(before)
    assert [one.rule for one in stagegraph.lint(fixed.text, targets=[target]) if one.fix] == [
        one.rule for one in fixed.refused
    ]


@given(SOUP)
def test_fixing_nonsense_gives_what_builds_or_nothing(text: str) -> None:
    fixed = stagegraph.fix(text)
    if fixed.text != text:
        assert work_of(stagegraph.plan(fixed.text)) == work_of(stagegraph.plan(text))
