"""The plan of BuildKit: names, edges, and where it fails. The recorded answers test the rest."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import LimitError, PlanningError, budget


def shown(text: str, **options) -> list[tuple[str, tuple[int, ...]]]:
    return [(step.name, step.inputs) for step in stagegraph.plan(text, **options).steps]


ALPINE = "FROM docker.io/library/alpine:latest"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("FROM scratch\n", []),
        ("FROM alpine\n", [f"[1/1] {ALPINE}"]),
        ("FROM alpine\nENV A=1\n", [f"[1/1] {ALPINE}"]),
        ("FROM alpine\nWORKDIR /\nRUN y\n", [f"[1/3] {ALPINE}", "[2/3] RUN y"]),
        (
            "FROM alpine\n" + "RUN x\n" * 9,
            [f"[ 1/10] {ALPINE}", *(f"[{number:2}/10] RUN x" for number in range(2, 11))],
        ),
        (
            "FROM alpine AS a\nRUN b\nFROM scratch\nCOPY --from=a x y\n",
            [f"[a 1/2] {ALPINE}", "[a 2/2] RUN b", "[stage-1 1/1] COPY --from=a x y"],
        ),
        ("FROM scratch\nADD https://x/y /\n", ["[1/1] ADD https://x/y /", "[1/1] ADD https://x/y /"]),
        (
            'FROM alpine\nRUN echo $A ${B:-c} "$PATH"\n',
            [
                f"[1/2] {ALPINE}",
                '[2/2] RUN echo $A ${B:-c} "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"',
            ],
        ),
        ("FROM alpine\nrun x\n", [f"[1/2] {ALPINE}", "[2/2] RUN x"]),
        ("FROM alpine\nARG A\nRUN x $A\n", [f"[1/2] {ALPINE}", "[2/2] RUN x $A"]),
        ("FROM alpine\nRUN <<E\n\n a\nb\nE\n", [f"[1/2] {ALPINE}", "[2/2] RUN <<E (a...)"]),
        ("FROM alpine\nRUN cat <<E\na\nE\n", [f"[1/2] {ALPINE}", "[2/2] RUN cat <<E"]),
        (
            "FROM alpine\nRUN <<E\n#!/bin/x\ny\nE\n",
            [f"[1/2] {ALPINE}", "[internal] preparing inline document", "[2/2] RUN <<E (#!/bin/x...)"],
        ),
        (
            "FROM alpine\nRUN --mount=type=secret,id=s,env=S echo $S\n",
            [f"[stage-0 1/2] {ALPINE}", "[stage-0 2/2] RUN --mount=type=secret,id=s,env=S echo ****"],
        ),
        (
            "FROM alpine\nRUN --mount=type=cache,target=/c,uid=1 x\n",
            [
                f"[stage-0 1/2] {ALPINE}",
                "[internal] setting cache mount permissions",
                "[stage-0 2/2] RUN --mount=type=cache,target=/c,uid=1 x",
            ],
        ),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_names(text: str, names: list[str]) -> None:
    assert [name for name, _ in shown(text)] == names


def test_a_linked_copy_stands_alone_and_is_put_on_the_stage() -> None:
    assert shown("FROM alpine\nCOPY --link a b\nCOPY --link c d\n") == [
        (f"[1/3] {ALPINE}", ()),
        ("[internal] load build context", ()),
        ("[2/3] COPY --link a b", (2,)),
        ("[2/3] LINK COPY --link a b", (1, 3)),
        ("[3/3] COPY --link c d", (2,)),
        ("[3/3] LINK COPY --link c d", (4, 5)),
    ]


def test_a_linked_copy_upon_nothing_needs_no_link() -> None:
    assert [name for name, _ in shown("FROM scratch\nCOPY --link a b\n")] == [
        "[internal] load build context",
        "[1/1] COPY --link a b",
    ]


def test_mounts_are_inputs() -> None:
    mounts = "--mount=from=a,target=/a --mount=from=nginx,target=/n --mount=target=/c"
    text = f"FROM alpine AS a\nRUN b\nFROM busybox\nRUN {mounts} x\n"
    names = [name for name, _ in shown(text)]
    assert {names[one - 1] for one in shown(text)[-1][1]} == {
        "[stage-1 1/2] FROM docker.io/library/busybox:latest",
        "[a 2/2] RUN b",
        "FROM docker.io/library/nginx:latest",
        "[internal] load build context",
    }


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        (
            "FROM a AS x\nCOPY --from=y p q\nFROM b AS y\nFROM x\n",
            'cannot copy from stage "y", it needs to be defined before current stage "x"',
            2,
        ),
        (
            "FROM a AS x\nRUN --mount=from=y,target=/m z\nFROM b AS y\nFROM x\n",
            'cannot mount from stage "y" to "/m", stage needs to be defined before current command',
            2,
        ),
        ("FROM a\nRUN --mount=type=ssh,source=x y\n", "ssh does not support source", 2),
        ("FROM a\nRUN --mount=target=/ x\n", 'invalid mount target "/"', 2),
        ("FROM a\nRUN []\n", "failed to marshal LLB definition: arguments are required", 2),
        (b"FROM a\nRUN \xff\n", "failed to marshal LLB definition: string field contains invalid UTF-8", 2),
        ("FROM a\nCOPY https://x/y /\n", "source can't be a URL for COPY", 2),
        ("FROM a\nCOPY https://github.com/a/b.git /\n", "source can't be a git ref for COPY", 2),
        ("FROM a\nADD --checksum=sha256:x a b\n", "checksum requires HTTP(S) or Git sources", 2),
        (
            "FROM a\nADD --checksum=sha256:x https://x/y https://x/z /\n",
            "checksum can't be specified for multiple sources",
            2,
        ),
        ("FROM a\nSTOPSIGNAL NOPE\n", "invalid signal: NOPE", 2),
        ("FROM a\nVOLUME $NOPE\n", "VOLUME specified can not be an empty string", 2),
        ("FROM a\nEXPOSE x\n", "invalid containerPort: x", 2),
        ("FROM a\nENV A=${B\n", 'failed to process "${B": unsupported modifier (\ufffd) in substitution', 2),
    ],
)
def test_refused(text: str | bytes, message: str, line: int) -> None:
    with pytest.raises(PlanningError) as caught:
        stagegraph.plan(text)
    assert (caught.value.message, caught.value.line, caught.value.steps) == (message, line, ())


def test_what_is_not_needed_may_be_impossible() -> None:
    text = "FROM a AS x\nVOLUME $NOPE\nSTOPSIGNAL NOPE\nFROM b\n"
    assert [name for name, _ in shown(text)] == ["[stage-1 1/1] FROM docker.io/library/b:latest"]


def test_args_pass_to_stages_built_upon() -> None:
    text = "FROM a AS b\nARG V=1\nFROM b\nRUN echo $V\n"
    assert shown(text)[-1][0] == "[stage-1 1/1] RUN echo 1"


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [("ENV X=e", "ARG X=a", "a"), ("ARG X=a", "ENV X=e", "e"), ("ARG X=1 Y=$X", "ARG X=$Y$X", "11")],
)
def test_the_last_assignment_counts(first: str, second: str, value: str) -> None:
    assert shown(f"FROM a\n{first}\n{second}\nRUN echo $X\n")[-1][0] == f"[2/2] RUN echo {value}"


@pytest.mark.parametrize(
    ("instruction", "message"),
    [
        ("COPY c:x /y", None),
        ("COPY x c:/y", None),
        ("WORKDIR c:x", None),
        (
            "COPY d:x /y",
            "removing drive letter: removing drive letter: The specified path is not on the system drive (C:)",
        ),
        (
            "WORKDIR d:x",
            (
                "normalizing workdir: normalizing working directory: removing drive letter: "
                "The specified path is not on the system drive (C:)"
            ),
        ),
    ],
)
def test_paths_of_windows(instruction: str, message: str | None) -> None:
    text = f"FROM a\n{instruction}\n"
    if message is None:
        assert stagegraph.plan(text, platform="windows/amd64").steps[-1].name == f"[2/2] {instruction}"
        return
    with pytest.raises(PlanningError) as caught:
        stagegraph.plan(text, platform="windows/amd64")
    assert (caught.value.message, caught.value.line) == (message, 2)


def test_the_text_that_variables_make_together_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_TEXT", 20_000)
    text = "FROM a\nENV A=" + "x" * 5000 + "\nRUN $A\nRUN $A\nRUN $A\nRUN $A\nRUN $A\n"
    with pytest.raises(LimitError) as caught:
        stagegraph.plan(text)
    assert caught.value.message == "the values grow beyond 20000 characters together, a limit of stagegraph"
