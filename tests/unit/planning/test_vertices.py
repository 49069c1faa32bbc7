"""Vertices that do the same to the same inputs become one step."""

from __future__ import annotations

import attrs
import pytest

import stagegraph
from stagegraph.planning.vertices import Step, StepKind, Vertex, merge_vertices


def run(name: str, *inputs: Vertex, key: str = "x", environment: tuple[tuple[str, str], ...] | None = None) -> Vertex:
    return Vertex(StepKind.RUN, name, (key,), inputs, environment=None if environment is None else lambda: environment)


def shown(result: Vertex | None) -> tuple[list[tuple[int, str, tuple[int, ...]]], int | None]:
    steps, last = merge_vertices(result)
    return [(step.id, step.name, step.inputs) for step in steps], last


def test_nothing() -> None:
    assert merge_vertices(None) == ((), None)


def test_inputs_come_first() -> None:
    base, other = run("base", key="base"), run("other", key="other")
    middle = run("middle", base)
    assert shown(run("top", middle, other, base, key="top")) == (
        [(1, "base", ()), (2, "middle", (1,)), (3, "other", ()), (4, "top", (2, 3, 1))],
        4,
    )


def test_equal_vertices_are_one_step_under_the_name_that_comes_last() -> None:
    base = run("base", key="base")
    left, right = run("left", base), run("right", base)
    assert shown(run("top", left, right, key="top")) == (
        [(1, "base", ()), (2, "right", (1,)), (3, "top", (2,))],
        3,
    )


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({}, 3),
        ({"name": "other"}, 3),
        ({"key": ("y",)}, 4),
        ({"inputs": ()}, 4),
        ({"environment": lambda: (("A", "1"),)}, 3),
        ({"environment": lambda: (("A", "2"),)}, 4),
        ({"environment": lambda: ()}, 4),
    ],
)
def test_what_tells_vertices_apart(change: dict[str, object], count: int) -> None:
    base = run("base", key="base")
    one = run("one", base, environment=(("A", "1"),))
    steps, _ = merge_vertices(run("top", one, attrs.evolve(one, **change), key="top"))
    assert len(steps) == count


def test_the_order_and_number_of_inputs_matter() -> None:
    one, two = run("one", key="1"), run("two", key="2")
    pairs = [run("a", one, two), run("b", two, one), run("c", one, two, two), run("d", one, two)]
    steps, _ = merge_vertices(run("top", *pairs, key="top"))
    assert [step.name for step in steps] == ["one", "two", "d", "b", "c", "top"]


def test_a_chain_of_any_length() -> None:
    top = run("0", key="0")
    for number in range(1, 5000):
        top = run(str(number), top)
    steps, last = merge_vertices(top)
    assert (len(steps), last) == (5000, 5000)


def test_names_lose_blanks_at_their_ends() -> None:
    assert shown(run(" [1/1] RUN a  "))[0] == [(1, "[1/1] RUN a", ())]


def test_a_step_knows_its_lines() -> None:
    plan = stagegraph.plan("FROM a\nRUN b \\\n c\nCOPY x y\n")
    assert [(step.name.partition("] ")[2], step.lines, step.kind.value) for step in plan.steps] == [
        ("FROM docker.io/library/a:latest", (1, 1), "from"),
        ("RUN b  c", (2, 3), "run"),
        ("load build context", None, "context"),
        ("COPY x y", (4, 4), "copy"),
    ]


def test_steps_are_equal_by_what_is_announced() -> None:
    step = Step(1, "a", StepKind.RUN, (), 0)
    assert step == attrs.evolve(step, span=stagegraph.Span(0, 1, 1, 1))
    assert step != attrs.evolve(step, name="b")


@pytest.mark.parametrize(
    ("left", "right", "steps"),
    [
        ("RUN --network=default x", "RUN x", 4),
        ("RUN --network=none x", "RUN x", 5),
        ("RUN --security=sandbox x", "RUN x", 4),
        ("RUN --network=default --security=sandbox x", "RUN x", 4),
        ("RUN --mount=type=ssh,required=false x", "RUN --mount=type=ssh x", 4),
        ("RUN --mount=type=ssh,id=default x", "RUN --mount=type=ssh x", 5),
        ("RUN --mount=type=cache,target=/c,sharing=shared x", "RUN --mount=type=cache,target=/c x", 4),
        ("RUN --mount=type=cache,target=/c,id=/c x", "RUN --mount=type=cache,target=/c x", 4),
        ("ENV A=1 B=2\nRUN x", "ENV B=2 A=1\nRUN x", 5),
        ("ARG A=1\nRUN x", "ENV A=1\nRUN x", 4),
        ("LABEL a=1\nRUN x", "RUN x", 4),
        ("WORKDIR /w\nRUN x", "RUN x", 6),
        ('RUN ["/bin/sh", "-c", "x"]', "RUN x", 4),
        ("COPY --chown=0 a b", "COPY --chown=root a b", 5),
        ("COPY --chown=0:0 a b", "COPY --chown=0 a b", 6),
        ("COPY a b", "COPY ./a b", 5),
        ("COPY a b", "COPY --chmod=755 a b", 6),
        ("COPY --chmod=0755 a b", "COPY --chmod=755 a b", 5),
        ("ADD a b", "COPY a b", 6),
        ("ADD --unpack=false a b", "COPY a b", 5),
        ("WORKDIR /w", "WORKDIR /w/", 4),
        ("USER me\nWORKDIR /w", "WORKDIR /w", 5),
        ("COPY --exclude=x a b", "COPY a b", 6),
        ("COPY --parents a b", "COPY a b", 6),
        ("COPY --link a b", "COPY a b", 7),
        ("COPY <<E /f\nx\nE", "COPY <<F /f\nx\nF", 7),
        ("COPY <<E /f\nx\nE", "COPY <<E /f\nx\nE", 5),
        ("RUN --mount=type=tmpfs,target=/t x", "RUN --mount=type=tmpfs,target=/t,size=0 x", 4),
        ("RUN --mount=type=bind,target=/t,ro x", "RUN --mount=target=/t x", 5),
        ("RUN --mount=type=secret,id=s x", "RUN --mount=type=secret,id=s,required=false x", 4),
        ("RUN --mount=type=secret,id=s x", "RUN --mount=type=secret,source=s x", 4),
        ("RUN --mount=type=cache,target=/c,sharing=private x", "RUN --mount=type=cache,target=/c x", 5),
        ("RUN --mount=type=cache,target=/c,mode=0755 x", "RUN --mount=type=cache,target=/c x", 6),
        ("RUN --mount=type=cache,target=/c,uid=0 x", "RUN --mount=type=cache,target=/c x", 6),
        ("RUN --mount=target=/a --mount=target=/b x", "RUN --mount=target=/b --mount=target=/a x", 5),
        ("RUN --mount=type=secret,id=s,mode=0400 x", "RUN --mount=type=secret,id=s x", 4),
        ("RUN --mount=type=secret,id=s,uid=0 x", "RUN --mount=type=secret,id=s x", 4),
        ("RUN --mount=type=secret,id=s,env=S x", "RUN --mount=type=secret,id=s x", 5),
        ("RUN --mount=type=secret,id=s,target=/run/secrets/s x", "RUN --mount=type=secret,id=s x", 4),
        ("RUN --mount=type=secret,id=s,env=S,target=/run/secrets/s x", "RUN --mount=type=secret,id=s,env=S x", 5),
        ("RUN --mount=target=/t,rw x", "RUN --mount=target=/t x", 6),
        ("RUN --mount=target=/t,source=/ x", "RUN --mount=target=/t x", 5),
        ("RUN --mount=target=/t,source=. x", "RUN --mount=target=/t x", 5),
        ("RUN --mount=type=cache,target=/c/ x", "RUN --mount=type=cache,target=/c x", 5),
        ("RUN --mount=type=ssh,target=/x x", "RUN --mount=type=ssh x", 5),
        ("RUN --mount=type=ssh,mode=0600 x", "RUN --mount=type=ssh x", 4),
        ("RUN <<E\nx\nE", "RUN <<F\nx\nF", 4),
        ("RUN <<-E\n\tx\nE", "RUN <<E\nx\nE", 4),
        ("RUN <<E\n#!/x\nE", "RUN <<F\n#!/x\nF", 7),
        ("RUN cat <<E\nx\nE", "RUN cat <<E\nx\nE", 4),
        ("ARG A\nRUN x", "RUN x", 4),
        ("ARG http_proxy\nRUN x", "RUN x", 4),
        ("USER me\nRUN x", "RUN x", 5),
        ("USER root\nRUN x", "RUN x", 5),
        ('SHELL ["/bin/sh","-c"]\nRUN x', "RUN x", 4),
        ("WORKDIR /\nRUN x", "RUN x", 4),
        ("STOPSIGNAL 9\nRUN x", "RUN x", 4),
        ("ADD https://x/y /a", "ADD https://x/y /b", 6),
        (
            "ADD https://x/y /a",
            "ADD --checksum=sha256:0000000000000000000000000000000000000000000000000000000000000000 https://x/y /a",
            7,
        ),
        ("ADD https://github.com/a/b.git /a", "ADD --keep-git-dir=false https://github.com/a/b.git /a", 5),
        ("ADD https://github.com/a/b.git /a", "ADD --keep-git-dir=true https://github.com/a/b.git /a", 7),
        ("ADD https://github.com/a/b.git /a", "ADD https://github.com/a/b.git#main /a", 7),
        ("ADD --unpack https://x/y /a", "ADD https://x/y /a", 6),
        ("ADD --unpack=true a b", "ADD a b", 5),
        ("COPY a b c/", "COPY b a c/", 6),
        ("COPY a b", "COPY --from=a a b", 6),
        ("COPY --link --chown=1 a b", "COPY --link --chown=1 a b", 6),
        ("COPY --chmod=u=rw a b", "COPY --chmod=600 a b", 6),
        ("COPY a b/", "COPY a b", 6),
        ("COPY a .", "COPY a ./", 5),
        ("COPY a /", "COPY a .", 5),
        ("COPY --exclude=x --exclude=y a b", "COPY --exclude=y --exclude=x a b", 6),
        ("RUN --security=insecure x", "RUN x", 5),
        ("RUN --network=host x", "RUN --network=host x", 4),
        ("ENV A=1\nENV A=2\nRUN x", "ENV A=2\nRUN x", 4),
        ("ENV A=1 B=1\nENV A=2\nRUN x", "ENV B=1 A=2\nRUN x", 4),
        ("ENV PATH=$PATH\nRUN x", "RUN x", 4),
    ],
)
def test_what_buildkit_does_once(left: str, right: str, steps: int) -> None:
    """The numbers of steps are those of BuildKit's own frontend."""
    text = f"FROM a AS l\n{left}\nFROM a AS r\n{right}\nFROM scratch\nCOPY --from=l x x\nCOPY --from=r x y\n"
    assert len(stagegraph.plan(text).steps) == steps
