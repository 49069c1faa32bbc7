"""Law: BuildKit runs no stage that is called dead for any of the targets that are declared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import stagegraph

from .strategies import SOUP, TARGETED_SKETCHES, Sketch

# Names that mean stages through arguments, triggers, numbers and cases, in any order.
_STAGES = ("a", "b", "build-x", "build-y", "c")
_BASES = st.sampled_from((*_STAGES, "alpine", "scratch", "build-$V", "${W:-a}", "$W"))
_LINES = st.sampled_from(
    (
        *(f"COPY --from={name} /x /x" for name in (*_STAGES, "A", "0", "1", "9", "alpine")),
        *(f"RUN --mount=from={name},target=/m x" for name in (*_STAGES, "0")),
        *(f"ONBUILD COPY --from={name} /x /x" for name in (*_STAGES, "1")),
        "ONBUILD RUN --mount=from=a,target=/m x",
        "ADD https://example.com/x /x",
        "RUN x",
        "ARG V",
    )
)
_HEADS = st.sampled_from(("", "ARG V=x\n", "ARG V=y W=b\n", "ARG SOURCE_DATE_EPOCH=a\n", "# check=error=true\n"))
_STAGE_TEXTS = st.builds(
    lambda base, name, lines: "".join(f"{line}\n" for line in (f"FROM {base}{name}", *lines)),
    _BASES,
    st.sampled_from(("", *(f" AS {name}" for name in _STAGES), " AS A")),
    st.lists(_LINES, max_size=2),
)
ENTANGLED = st.builds(
    lambda head, stages: head + "".join(stages), _HEADS, st.lists(_STAGE_TEXTS, min_size=1, max_size=5)
)
_TARGETS = st.lists(
    st.builds(
        stagegraph.DeclaredTarget,
        st.sampled_from((None, *_STAGES, "nothing")),
        st.dictionaries(st.sampled_from(("V", "W", "SOURCE_DATE_EPOCH")), st.sampled_from(("x", "y", "a", "b"))),
        st.dictionaries(st.sampled_from(("a", "alpine")), st.sampled_from(("docker-image://x", "./x"))),
    ),
    min_size=1,
    max_size=3,
)


def dead_lines(found: stagegraph.Findings) -> set[int | None]:
    return {one.line for one in found if one.rule == "dead-stage"}


def run_lines(text: str, target: stagegraph.DeclaredTarget) -> set[int]:
    """The lines of the stages that BuildKit runs; none where it refuses the build."""
    try:
        plan = stagegraph.plan(text, target=target.stage, build_args=target.build_args, contexts=target.contexts)
    except stagegraph.StageGraphError:
        return set()
    return {stage.from_.first_line for stage in plan.execution_set}


@given(TARGETED_SKETCHES)
def test_of_graphs_that_are_known(case: tuple[Sketch, str | None, int]) -> None:
    sketch, target, index = case
    graph = stagegraph.graph(sketch.text)
    dead = {stage.from_.first_line for stage in graph.stages if stage.index not in sketch.closure(index)}
    assert dead_lines(stagegraph.lint(sketch.text, targets=[target])) <= dead


@given(ENTANGLED, _TARGETS)
def test_of_entangled_stages(text: str, targets: list[stagegraph.DeclaredTarget]) -> None:
    dead = dead_lines(stagegraph.lint(text, targets=targets))
    for target in targets:
        assert dead.isdisjoint(run_lines(text, target))


@given(ENTANGLED, _TARGETS)
def test_whatever_another_argument_would_bring_in(text: str, targets: list[stagegraph.DeclaredTarget]) -> None:
    dead = dead_lines(stagegraph.lint(text, targets=targets))
    for target in targets:
        for value in ("x", "y", "a", "b"):
            other = stagegraph.DeclaredTarget(
                target.stage, {**target.build_args, "V": value, "W": value}, target.contexts
            )
            assert dead.isdisjoint(run_lines(text, other))


@given(SOUP)
def test_of_nonsense(text: str) -> None:
    assert dead_lines(stagegraph.lint(text)).isdisjoint(run_lines(text, stagegraph.DeclaredTarget()))
