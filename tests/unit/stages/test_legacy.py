"""What names mean to the legacy builder."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import ResolutionError, TargetNotFoundError
from stagegraph.stages.cutting import cut
from stagegraph.stages.legacy import expand_meta_args
from stagegraph.stages.references import SCRATCH, ImageReference, Reference, StageReference, Unresolved
from stagegraph.stages.resolved import ResolvedStage


def resolve(text: str, **options) -> tuple[ResolvedStage, ...]:
    return stagegraph.graph(text, builder="legacy", **options).resolved.stages


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("FROM alpine\n", ImageReference("docker.io/library/alpine:latest")),
        ("FROM scratch\n", SCRATCH),
        ("FROM alpine AS Build\nFROM BUILD\n", StageReference(0)),
        ("FROM x AS a\nFROM y AS a\nFROM a\n", StageReference(0)),
        ("FROM " + "a" * 64 + "\n", ImageReference("sha256:" + "a" * 64)),
        ("FROM alpine:$TAG\n", Unresolved("invalid reference format")),
        ("FROM $NOPE\n", Unresolved("base name ($NOPE) should not be blank")),
        ("ARG A=x\nARG B=${A}y\nFROM $B\n", ImageReference("docker.io/library/xy:latest")),
        ("ARG A=x B=$A\nFROM c$B\n", ImageReference("docker.io/library/c:latest")),
        ("FROM a$http_proxy\n", ImageReference("docker.io/library/a:latest")),
        (
            "FROM --platform=${X a\n",
            Unresolved(
                "failed to process arguments for platform : "
                'failed to process "${X": unsupported modifier (\ufffd) in substitution'
            ),
        ),
    ],
)
def test_bases(text: str, base: Reference) -> None:
    assert resolve(text)[-1].base == base


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a", StageReference(0)),
        ("A", StageReference(0)),
        ("0", StageReference(0)),
        ("+1", StageReference(1)),
        ("2", Unresolved("invalid from flag value 2: refers to current build stage")),
        ("3", Unresolved("invalid from flag value 3: index out of bounds")),
        ("-1", Unresolved("invalid from flag value -1: index out of bounds")),
        ("c", ImageReference("docker.io/library/c:latest")),
        ("scratch", Unresolved("invalid from flag value scratch: 'scratch' is a reserved name")),
        ("a-", Unresolved("invalid from flag value a-: invalid reference format")),
        ("nginx:1", ImageReference("docker.io/library/nginx:1")),
        ("f" * 64, ImageReference("sha256:" + "f" * 64)),
    ],
)
def test_sources_of_copy(name: str, source: Reference) -> None:
    stages = resolve(f"FROM x AS a\nFROM y AS b\nFROM z\nCOPY --from={name} p q\nFROM w AS c\n")
    assert [one.sources for one in stages[2].instructions] == [(source,)]


@pytest.mark.parametrize(("target", "index"), [(None, 2), ("", 2), ("a", 0), ("A", 0), ("b", 1)])
def test_targets(target: str | None, index: int) -> None:
    graph = stagegraph.graph("FROM x AS a\nFROM y AS b\nFROM z AS a\n", builder="legacy", target=target)
    assert graph.target.index == index
    assert [stage.reached for stage in graph.resolved.stages] == [place <= index for place in range(3)]


def test_no_such_target() -> None:
    with pytest.raises(TargetNotFoundError) as caught:
        resolve("FROM a AS build\n", target="bulid")
    assert (caught.value.message, caught.value.suggestion) == ('target stage "bulid" could not be found', None)


def test_no_stages() -> None:
    with pytest.raises(ResolutionError, match="dockerfile contains no stages to build"):
        resolve("ARG A\n")


def test_triggers() -> None:
    _, b, c = resolve(
        "FROM x AS a\nONBUILD COPY --from=a p q\nONBUILD NONSENSE y\nONBUILD RUN z\nFROM a AS b\nRUN w\nFROM b\n"
    )
    assert [(one.instruction.name, one.trigger, one.sources) for one in b.instructions] == [
        ("COPY", True, (StageReference(0),)),
        ("RUN", False, ()),
    ]
    assert b.fault == Unresolved("unknown instruction: NONSENSE")
    assert (c.instructions, c.fault) == ((), None)


def test_triggers_pass_through_a_stage_without_instructions() -> None:
    """Nothing is committed there, so the image below is what the next stage is built upon."""
    _, empty, last = resolve("FROM x AS a\nONBUILD RUN t\nFROM a AS b\nFROM b\n")
    assert [one.trigger for one in empty.instructions] == [True]
    assert last.instructions == ()


def test_meta_args_up_to_the_first_that_fails() -> None:
    meta, count, complaint = expand_meta_args(
        cut(stagegraph.parse("ARG A=1 B\nARG C=${A\nARG D=2\n")), {"B": "3", "E": "4"}
    )
    assert (meta.defaults, count) == ({"A": "1", "B": None}, 1)
    assert meta.values() == {"A": "1", "B": "3"}
    assert complaint is not None
    assert complaint.message == 'failed to process "${A": unsupported modifier (\ufffd) in substitution'


def test_named_contexts_mean_nothing() -> None:
    (stage,) = resolve("FROM base\n", contexts={"base": "docker-image://x"})
    assert stage.base == ImageReference("docker.io/library/base:latest")
