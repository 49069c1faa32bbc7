"""What names mean to BuildKit."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import (
    CircularDependencyError,
    LimitError,
    PlanningError,
    ResolutionError,
    StageGraphError,
    TargetNotFoundError,
)
from stagegraph.stages.cutting import Stage
from stagegraph.stages.references import (
    SCRATCH,
    ImageReference,
    NamedContext,
    Reference,
    StageReference,
)
from stagegraph.stages.resolved import ResolvedStage

ALPINE = ImageReference("docker.io/library/alpine:latest")


def resolve(text: str, **options) -> tuple[ResolvedStage, ...]:
    return stagegraph.graph(text, **options).resolved.stages


def reads_of(stage: ResolvedStage) -> list[tuple[Reference, ...]]:
    return [one.sources for one in stage.instructions]


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("FROM alpine\n", ALPINE),
        ("FROM scratch\n", SCRATCH),
        ("FROM a/b\n", ImageReference("docker.io/a/b:latest")),
        ("FROM x.io/a@sha256:" + "0" * 64 + "\n", ImageReference("x.io/a@sha256:" + "0" * 64)),
        ("FROM alpine AS a\nFROM a\n", StageReference(0)),
        ("FROM alpine AS A\nFROM a\n", StageReference(0)),
        ("FROM x AS a\nFROM y AS a\nFROM a\n", StageReference(1)),
        ("FROM x AS a\nFROM a AS a\n", StageReference(0)),
        ("FROM alpine AS scratch\nFROM scratch\n", StageReference(0)),
        ("FROM alpine AS alpine\n", ALPINE),
        ("FROM alpine\nFROM 0\n", ImageReference("docker.io/library/0:latest")),
        ("FROM alpine\nFROM stage-0\n", ImageReference("docker.io/library/stage-0:latest")),
        ("ARG I=alpine\nFROM $I\n", ALPINE),
        ("ARG I=a\nFROM x AS a\nFROM ${I}\n", StageReference(0)),
        ('FROM "alpine"\n', ALPINE),
        ("FROM ${NOPE:-alpine}\n", ALPINE),
        ("ARG A=al\nARG B=${A}pine\nFROM $B\n", ALPINE),
    ],
)
def test_bases(text: str, base: Reference) -> None:
    assert resolve(text)[-1].base == base


@pytest.mark.parametrize(
    ("copy", "source"),
    [
        ("--from=a", StageReference(0)),
        ("--from=A", StageReference(0)),
        ("--from=0", StageReference(0)),
        ("--from=00", StageReference(0)),
        ("--from=+1", StageReference(1)),
        ("--from=c", StageReference(3)),
        ("--from=nginx:1", ImageReference("docker.io/library/nginx:1")),
        ("--from=scratch", SCRATCH),
        ("--from=0a", ImageReference("docker.io/library/0a:latest")),
        ("--from=stage-0", ImageReference("docker.io/library/stage-0:latest")),
        ("--from=", None),
        ("", None),
    ],
)
def test_sources_of_copy(copy: str, source: Reference | None) -> None:
    text = f"FROM x AS a\nFROM y AS b\nFROM z\nCOPY {copy} p q\nFROM w AS c\n"
    assert reads_of(resolve(text)[2]) == [() if source is None else (source,)]


def test_a_number_also_counts_what_was_named_outside_the_file() -> None:
    stages = resolve("FROM scratch AS a\nCOPY --from=busybox x x\nFROM scratch\nCOPY --from=2 x x\n")
    assert reads_of(stages[1]) == [(ImageReference("docker.io/library/busybox:latest"),)]


@pytest.mark.parametrize(
    ("mounts", "sources"),
    [
        ("target=/m", (SCRATCH,)),
        ("from=a,target=/m", (StageReference(0),)),
        ("from=A,target=/m", (StageReference(0),)),
        ("from=0,target=/m", (ImageReference("docker.io/library/0:latest"),)),
        ("type=tmpfs,target=/m --mount=type=cache,from=a,target=/c", (SCRATCH, StageReference(0))),
    ],
)
def test_sources_of_mounts(mounts: str, sources: tuple[Reference, ...]) -> None:
    assert reads_of(resolve(f"FROM x AS a\nFROM y\nRUN --mount={mounts} z\n")[1]) == [sources]


@pytest.mark.parametrize(
    ("text", "target", "reached"),
    [
        ("FROM a\nFROM b\n", None, [False, True]),
        ("FROM a AS x\nFROM b\n", "x", [True, False]),
        ("FROM a AS x\nFROM b AS X\n", "x", [False, True]),
        ("FROM a AS x\nFROM x AS y\nFROM b\nCOPY --from=y p q\n", None, [True, True, True]),
        ("FROM a AS x\nFROM b\nRUN --mount=type=tmpfs,from=x,target=/t y\n", None, [True, True]),
    ],
)
def test_what_the_target_needs(text: str, target: str | None, reached: list[bool]) -> None:
    assert [stage.reached for stage in resolve(text, target=target)] == reached


@pytest.mark.parametrize(
    ("text", "options", "kind", "message", "line"),
    [
        ("ARG A\n", {}, ResolutionError, "dockerfile contains no stages to build", None),
        ("FROM $NOPE\n", {}, ResolutionError, "base name ($NOPE) should not be blank", 1),
        ("FROM a AS t\nFROM $NOPE\n", {"target": "t"}, ResolutionError, "base name ($NOPE) should not be blank", 2),
        (
            "FROM alpine:$TAG\n",
            {},
            ResolutionError,
            'failed to parse stage name "alpine:": invalid reference format',
            1,
        ),
        (
            "FROM a AS t\nFROM Upper AS u\n",
            {"target": "t"},
            ResolutionError,
            (
                'failed to parse stage name "Upper": invalid reference format: '
                "repository name (library/Upper) must be lowercase"
            ),
            2,
        ),
        ("FROM a\n", {"target": "0"}, TargetNotFoundError, 'target stage "0" could not be found', None),
        ("FROM a\n", {"target": "stage-0"}, TargetNotFoundError, 'target stage "stage-0" could not be found', None),
        (
            "FROM a AS build\n",
            {"target": "bulid"},
            TargetNotFoundError,
            'target stage "bulid" could not be found (did you mean build?)',
            None,
        ),
        ("FROM a\nCOPY --from=5 x y\n", {}, ResolutionError, "invalid stage index 5", 2),
        ("FROM a\nCOPY --from=-1 x y\n", {}, ResolutionError, "invalid stage index -1", 2),
        ("FROM a AS t\nFROM b\nCOPY --from=9 x y\n", {"target": "t"}, ResolutionError, "invalid stage index 9", 3),
        (
            "ARG S=a\nFROM a\nCOPY --from=$S x y\n",
            {},
            ResolutionError,
            (
                "variable expansion is not supported for --from, define a new stage with FROM using ARG from global "
                "scope as a workaround"
            ),
            3,
        ),
        (
            "FROM a AS b\nCOPY --from=b x y\nFROM scratch AS t\n",
            {"target": "t"},
            CircularDependencyError,
            "circular dependency detected on stage: b",
            1,
        ),
        (
            "FROM a\nCOPY --from=0 x y\n",
            {},
            CircularDependencyError,
            "circular dependency detected on stage: stage-0",
            1,
        ),
        ("FROM a AS build-\n", {}, ResolutionError, "invalid context name build-: invalid reference format", None),
        (
            "FROM --platform=$BUILDPLATFROM a\n",
            {},
            ResolutionError,
            "empty platform value from expression $BUILDPLATFROM (did you mean BUILDPLATFORM?)",
            1,
        ),
        (
            "FROM --platform=a/b/c/d x\n",
            {},
            ResolutionError,
            'failed to parse platform a/b/c/d: "a/b/c/d": cannot parse platform specifier: invalid argument',
            1,
        ),
        (
            "ARG PLAT=1\nFROM --platform=a/$PLT/c/d x\n",
            {},
            ResolutionError,
            (
                'failed to parse platform a/$PLT/c/d: "" is an invalid component of "a//c/d": platform specifier '
                'component must match "^[A-Za-z0-9_.-]+$": invalid argument (did you mean PLAT?)'
            ),
            2,
        ),
        (
            "FROM base\n",
            {"contexts": {"base": "docker-image://BAD"}},
            ResolutionError,
            "invalid reference format: repository name (library/BAD) must be lowercase",
            1,
        ),
        (
            "FROM a AS b\nONBUILD COPY --from=c- x y\nFROM b\n",
            {},
            ResolutionError,
            'failed to parse stage name "c-": invalid reference format',
            3,
        ),
        ("FROM ${A\n", {}, PlanningError, 'failed to process "${A": unsupported modifier (\ufffd) in substitution', 1),
        (
            "ARG A=${B\nFROM a\n",
            {},
            PlanningError,
            'failed to process "${B": unsupported modifier (\ufffd) in substitution',
            1,
        ),
        (
            "FROM --platform=${A b\n",
            {},
            PlanningError,
            (
                "failed to process arguments for platform : "
                'failed to process "${A": unsupported modifier (\ufffd) in substitution'
            ),
            1,
        ),
        (
            "FROM a AS b\nONBUILD NONSENSE x\nFROM b\n",
            {},
            ResolutionError,
            "unknown instruction: NONSENSE",
            3,
        ),
        (
            "FROM a\n",
            {"contexts": {"a-": "x"}},
            ResolutionError,
            "invalid context name a-: invalid reference format",
            None,
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_refused(
    text: str, options: dict[str, object], kind: type[StageGraphError], message: str, line: int | None
) -> None:
    with pytest.raises(StageGraphError) as caught:
        stagegraph.graph(text, **options)
    assert (type(caught.value), caught.value.message, caught.value.line) == (kind, message, line)


def image(**config: object) -> dict[str, object]:
    return {"os": "linux", "architecture": "amd64", "config": config, "rootfs": {"diff_ids": ["x"]}}


def test_triggers_come_before_the_instructions_of_a_stage() -> None:
    text = "FROM alpine AS src\nFROM img AS a\nONBUILD ENV B=1\nFROM a AS c\nRUN own\nFROM c\n"
    images = {"docker.io/library/img:latest": image(OnBuild=["COPY --from=src x y", "RUN z"])}
    _, a, c, last = resolve(text, images=images)
    assert [(one.instruction.name, one.trigger, one.sources) for one in a.instructions] == [
        ("COPY", True, (StageReference(0),)),
        ("RUN", True, ()),
        ("ONBUILD", False, ()),
    ]
    assert [(one.instruction.name, one.trigger) for one in c.instructions] == [("ENV", True), ("RUN", False)]
    assert [one.span.first_line for one in c.instructions if one.span is not None] == [4, 5]
    assert last.instructions == ()


def test_an_image_whose_triggers_copy_from_itself_is_an_error() -> None:
    images = {"docker.io/library/a:latest": image(OnBuild=["COPY --from=a x y"])}
    with pytest.raises(LimitError) as caught:
        stagegraph.graph("FROM a\n", images=images)
    assert caught.value.line == 1
    assert "BuildKit never answers" in caught.value.message


def test_a_named_context_replaces_a_stage() -> None:
    base, other, app = resolve(
        "FROM alpine AS base\nRUN x\nFROM busybox AS other\nFROM base\nCOPY --from=assets y z\n",
        contexts={"base": "docker-image://debian", "assets": "./assets"},
    )
    assert base.replaced_by == NamedContext("base", "docker-image://debian")
    assert base.base == NamedContext("base", "docker-image://debian")
    assert (other.replaced_by, other.reached) == (None, False)
    assert app.base == StageReference(0)
    assert reads_of(app) == [(NamedContext("assets", "./assets"),)]


def test_a_named_context_for_one_platform() -> None:
    text = "FROM --platform=linux/arm64 a AS x\nFROM a AS y\nFROM scratch\nCOPY --from=x p q\nCOPY --from=y p q\n"
    x, y, _ = resolve(text, contexts={"a::linux/arm64": "docker-image://b"})
    assert x.base == NamedContext("a::linux/arm64", "docker-image://b")
    assert y.base == ImageReference("docker.io/library/a:latest")


def test_loads() -> None:
    graph = stagegraph.graph("FROM a AS x\nFROM b\nFROM a\nCOPY --from=x p q\nCOPY --from=nginx p q\n")
    assert graph.resolved.loads == (
        "[internal] load metadata for docker.io/library/a:latest",
        "[internal] load metadata for docker.io/library/nginx:latest",
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("FROM a\n", ""),
        ("FROM a AS b\n", ""),
        ("FROM a AS b\nFROM c\n", "b"),
        ("FROM a\nCOPY --from=x y z\n", "stage-0"),
    ],
)
def test_the_name_is_shown_unless_the_stage_is_alone(text: str, shown: str) -> None:
    assert resolve(text)[0].shown_name == shown


def test_the_triggers_of_a_stage_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many stages upon a long one would otherwise cost the product of both."""
    looked_at: list[int] = []

    def triggers(stage: Stage) -> tuple[str, ...]:
        looked_at.append(stage.index)
        return ("USER me",)

    monkeypatch.setattr(Stage, "triggers", property(triggers))
    text = "FROM a AS b\n" + "".join(f"FROM b AS c{number}\n" for number in range(9))
    copies = "".join(f"COPY --from=c{number} /x /\n" for number in range(9))
    resolved = stagegraph.graph(f"{text}FROM scratch\n{copies}").resolved
    assert [len(stage.triggers) for stage in resolved.stages] == [0, *[1] * 9, 0]
    assert looked_at == [0]
