from __future__ import annotations

import pytest

import stagegraph
from stagegraph import DeclaredTarget, LintConfiguration, UnknownTargets

ONLY = LintConfiguration(select=["dead-stage"])
ONBUILD = {
    "docker.io/library/node:onbuild": {
        "os": "linux",
        "architecture": "amd64",
        "config": {"OnBuild": ["COPY --from=assets /a /a"]},
        "rootfs": {"diff_ids": ["sha256:" + "0" * 64]},
    }
}


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("FROM a\n", []),
        ("FROM a AS b\nFROM c\n", ["b"]),
        ("FROM a\nFROM c\n", [0]),
        ("FROM a AS b\nFROM b AS c\nFROM d\n", ["b", "c"]),
        ("FROM a AS b\nFROM b\n", []),
        ("FROM a AS b\nFROM c\nCOPY --from=B x y\n", []),
        ("FROM a AS b\nFROM c\nCOPY --from=0 x y\n", []),
        ("FROM a AS b\nFROM c\nRUN --mount=from=b,target=/b x\n", []),
        # a mount of any type names its stage, which cannot simply go
        ("FROM a AS b\nFROM c\nRUN --mount=type=tmpfs,from=b,target=/b x\n", []),
        ("FROM a AS scratch\nFROM c\nRUN --mount=type=cache,target=/b x\n", []),
        # of two stages with one name, COPY means the last
        ("FROM a AS b\nFROM a AS b\nFROM c\nCOPY --from=b x y\n", ["b"]),
        ("FROM a AS b\nFROM b AS b\nFROM c\nCOPY --from=b x y\n", []),
        ("FROM a AS alpine\nFROM alpine:3 AS x\nFROM x\n", ["alpine"]),
        # a case that BuildKit does not match fails the build
        ("FROM a AS Base\nFROM base\n", []),
        # what another build argument would bring in
        ("ARG V=x\nFROM a AS b-x\nFROM a AS b-y\nFROM b-$V\n", []),
        ("ARG V=x\nFROM a AS b-x\nFROM a AS c-y\nFROM b-${V:-x}\n", ["c-y"]),
        ("ARG V=x\nFROM a AS b-x-1\nFROM a AS b-x-2\nFROM b-${V}-1\n", ["b-x-2"]),
        ('ARG V=x\nFROM a AS b-x\nFROM a AS b-y\nFROM "b-${V:-${W:-x}}"\n', []),
        ("ARG B=alpine\nFROM a AS x\nFROM $B\n", []),
        ("FROM a AS b-amd64\nFROM a AS b-arm64\nFROM b-${TARGETARCH}\n", []),
        ("ARG B=alpine:3\nFROM $B AS x\nFROM a AS y\nFROM a\n", ["x", "y"]),
        # a stage that might be chosen brings in what it needs itself
        ("ARG V=x\nFROM a AS t\nFROM a AS b-x\nFROM a AS b-y\nCOPY --from=t x y\nFROM b-$V\n", []),
        # triggers
        ("FROM a AS t\nFROM a AS b\nONBUILD COPY --from=t x y\nFROM b\n", []),
        ("FROM a AS t\nFROM a AS b\nONBUILD COPY --from=0 x y\nFROM b\n", []),
        ("FROM a AS t\nFROM a AS b\nONBUILD RUN --mount=from=t,target=/t x\nFROM b\n", []),
        ("FROM a AS t\nFROM a\nONBUILD COPY --from=t x y\n", []),
        ("FROM a AS t\nFROM a AS b\nONBUILD RUN x\nFROM b\n", ["t"]),
        ("FROM a AS t\nFROM a AS b\nONBUILD COPY --from=$t x y\nONBUILD RUN --mount=from=$t x\nFROM a\n", ["t", "b"]),
        # the date of a build may be that of a stage
        ("ARG SOURCE_DATE_EPOCH=src\nFROM scratch AS src\nADD https://h/x /\nFROM a\n", []),
        ("FROM scratch AS src\nARG V\nADD https://h/x.git /\nFROM a\n", []),
        ("FROM scratch AS src\nCOPY x /\nFROM a\n", ["src"]),
        ("ARG SOURCE_DATE_EPOCH=0\nFROM b AS src\nFROM a\n", ["src"]),
    ],
)
def test_what_is_dead(find, text, dead):
    assert [one.stage for one in find(text)] == dead


@pytest.mark.parametrize(
    ("targets", "dead"),
    [
        (None, ["test", "lint"]),
        ([], ["test", "lint"]),
        (["app"], ["test", "lint"]),
        (["APP", "test"], ["lint"]),
        ("lint", ["test", "app"]),
        (["test", None], ["lint"]),
        ([DeclaredTarget("lint"), "test", DeclaredTarget()], []),
    ],
)
def test_declared_targets(find, targets, dead):
    text = "FROM a AS base\nFROM base AS test\nFROM base AS lint\nFROM base AS app\n"
    assert [one.stage for one in find(text, targets=targets)] == dead


def test_a_target_has_arguments_and_contexts_of_its_own(find):
    text = "ARG TOOL\nFROM a AS one\nFROM a AS two\nFROM a AS app\nCOPY --from=two x y\n"
    target = DeclaredTarget("app", build_args={"TOOL": "x"}, contexts={"two": "./two"})
    # a stage that a context replaces is not built here, and is built where none is given
    assert [one.stage for one in find(text, targets=[target])] == ["one"]


@pytest.mark.parametrize(
    ("targets", "last", "message"),
    [
        (None, "FROM c\n", 'stage "b" is dead: the last stage does not need it, and no other target is declared'),
        (["c", "c"], "", 'stage "b" is dead: no declared target needs it (c)'),
        (["c", None], "FROM c\n", 'stage "b" is dead: no declared target needs it (c, the last stage)'),
    ],
)
def test_the_message_says_which_targets(find, targets, last, message):
    assert [one.message for one in find("FROM a AS b\nFROM a AS c\n" + last, targets=targets)] == [message]


@pytest.mark.parametrize(
    ("text", "options", "reason"),
    [
        ("FROM a AS b\nFROM c\n", {"targets": UnknownTargets("nobody knows")}, "nobody knows"),
        ("FROM a AS b\nFROM c\nCOPY x\n", {}, "a build of the file fails"),
        ("FROM a AS b\nFROM c\nCOPY --form=b x y\n", {}, "a build of the file fails"),
        ("FROM a AS b\nFROM c\nCOPY --from=9 x y\n", {}, "a build of the last stage fails"),
        ("FROM a AS b\nFROM c AS d\n", {"targets": ["e"]}, 'the target "e" names no stage'),
        ("FROM a AS b\nFROM c AS d\nCOPY --from=e x y\nFROM f AS e\n", {"targets": ["d"]}, "a build of a target fails"),
        ("FROM a AS assets\nFROM node:onbuild\n", {},
         'the ONBUILD triggers of "docker.io/library/node:onbuild" are not known'),
    ],
)  # fmt: skip
def test_where_it_cannot_know_it_is_silent_and_says_why(text, options, reason):
    findings = stagegraph.lint(text, configuration=ONLY, **options)
    assert (list(findings), dict(findings.silences)) == ([], {"dead-stage": reason})


def test_a_trigger_of_an_image_that_is_known(find):
    text = "FROM a AS assets\nFROM a AS other\nFROM node:onbuild\n"
    assert [one.stage for one in find(text, images=ONBUILD)] == ["other"]


def test_a_base_for_triggers_that_nobody_builds_matters_not(find):
    assert [one.stage for one in find("FROM node:onbuild AS b\nFROM c\n")] == ["b"]
