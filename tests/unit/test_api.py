"""The verbs: what they take, what they give, what they say of files that cannot be read."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

import stagegraph
from stagegraph import (
    Builder,
    Comparison,
    Dockerfile,
    DockerfileSyntaxError,
    InputError,
    Plan,
    Platform,
    SourceFile,
    StageGraph,
    StageGraphError,
)

TEXT = "FROM alpine AS a\nRUN echo 1\nFROM a\nRUN echo 2\n"
NAMES = ["[a 1/2] FROM docker.io/library/alpine:latest", "[a 2/2] RUN echo 1", "[stage-1 1/1] RUN echo 2"]


def names_of(plan: Plan) -> list[str]:
    return [step.name for step in plan.steps]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Containerfile"
    path.write_bytes(TEXT.encode())
    return path


@pytest.mark.parametrize(
    "make",
    [
        lambda _: TEXT,
        lambda _: TEXT.encode(),
        lambda path: path,
        PurePath,
        lambda _: SourceFile(TEXT, "named"),
        lambda _: stagegraph.parse(TEXT),
    ],
    ids=["text", "bytes", "path", "pure path", "source", "tree"],
)
def test_what_the_verbs_take(make, path: Path) -> None:
    content = make(path)
    tree, graph, plan, both = (
        stagegraph.parse(content),
        stagegraph.graph(content),
        stagegraph.plan(content),
        stagegraph.compare(content),
    )
    assert (type(tree), type(graph), type(plan), type(both)) == (Dockerfile, StageGraph, Plan, Comparison)
    assert tree.text == TEXT
    assert [stage.display_name for stage in graph.stages] == ["a", "stage-1"]
    assert names_of(plan) == NAMES
    assert both.buildkit == plan


def test_a_str_is_text_and_never_a_path(path: Path) -> None:
    with pytest.raises(StageGraphError) as caught:
        stagegraph.plan(str(path))
    assert not isinstance(caught.value, InputError)


def test_the_name_of_a_file_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "build.Dockerfile"
    path.write_text("FROM a\nEXPOSE\n")
    with pytest.raises(StageGraphError) as caught:
        stagegraph.plan(path)
    assert caught.value.render().startswith("build.Dockerfile:2:1: EXPOSE requires")


VERBS = [stagegraph.parse, stagegraph.graph, stagegraph.plan, stagegraph.compare]


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_files_that_cannot_be_read(verb, tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    with pytest.raises(InputError) as caught:
        verb(missing)
    assert caught.value.message == f"{missing}: no such file or directory"
    with pytest.raises(InputError) as caught:
        verb(tmp_path)
    assert caught.value.message == f"{tmp_path}: is a directory"


def test_a_path_that_no_file_can_have() -> None:
    with pytest.raises(InputError) as caught:
        stagegraph.parse(Path("x" * 5000))
    assert caught.value.message.endswith("x: file name too long")
    with pytest.raises(InputError):
        stagegraph.parse(Path("a\0b"))


@pytest.mark.parametrize("builder", list(Builder))
def test_a_builder_by_name_or_as_a_value(builder: Builder) -> None:
    assert stagegraph.plan(TEXT, builder=builder).builder is builder
    assert stagegraph.plan(TEXT, builder=builder.value).builder is builder
    assert stagegraph.graph(TEXT, builder=builder.value).builder is builder


def test_another_builder_there_is_none() -> None:
    with pytest.raises(ValueError, match="podman"):
        stagegraph.plan(TEXT, builder="podman")


@pytest.mark.parametrize(
    ("builder", "message"),
    [
        ("buildkit", "the Dockerfile cannot be empty"),
        ("legacy", "the Dockerfile (Dockerfile) cannot be empty"),
    ],
)
def test_an_empty_file(builder: str, message: str) -> None:
    with pytest.raises(DockerfileSyntaxError) as caught:
        stagegraph.plan("", builder=builder)
    assert caught.value.message == message
    with pytest.raises(DockerfileSyntaxError) as caught:
        stagegraph.plan(b"", builder=builder)
    assert caught.value.message == message


def test_an_empty_file_has_a_name_to_the_legacy_builder(tmp_path: Path) -> None:
    path = tmp_path / "other"
    path.touch()
    both = stagegraph.compare(path)
    assert [str(both.buildkit), str(both.legacy)] == [
        "the Dockerfile cannot be empty",
        "the Dockerfile (other) cannot be empty",
    ]


def test_parse_of_an_empty_file() -> None:
    with pytest.raises(DockerfileSyntaxError, match="file with no instructions"):
        stagegraph.parse("")
    tree = stagegraph.parse("", tolerant=True)
    assert (tree.nodes, tree.text) == ((), "")
    assert [problem.message for problem in tree.problems] == ["file with no instructions"]


def test_target() -> None:
    assert names_of(stagegraph.plan(TEXT, target="A")) == [name.replace("[a ", "[a ") for name in NAMES[:2]]
    assert stagegraph.graph(TEXT, target="a").target.index == 0
    assert stagegraph.plan(TEXT, target=None).target.index == 1
    assert stagegraph.plan(TEXT, target="").target.index == 1


def test_build_args() -> None:
    text = "ARG T=1\nFROM alpine:$T\nARG T U=2\nRUN echo $T $U\n"
    plan = stagegraph.plan(text, build_args={"T": "3", "U": "4"})
    assert names_of(plan) == ["[1/2] FROM docker.io/library/alpine:3", "[2/2] RUN echo 3 4"]


def test_contexts() -> None:
    plan = stagegraph.plan(TEXT, contexts={"a": "docker-image://busybox"})
    assert names_of(plan) == ["[context a] busybox", "[stage-1 1/1] RUN echo 2"]
    assert plan.loads == ("[context a] load metadata for busybox",)


IMAGE = {"os": "linux", "architecture": "amd64", "config": {"Env": ["A=1"]}, "rootfs": {"diff_ids": ["x"]}}


@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
def test_images_by_name_or_by_a_function(builder: str) -> None:
    asked = []

    def find(reference: str) -> dict[str, object] | None:
        asked.append(reference)
        return IMAGE if reference == "docker.io/library/a:latest" else None

    text = "FROM a\nLABEL x=$A\nFROM b AS b\nRUN c\nFROM a\nLABEL x=$A\n"
    by_name = stagegraph.plan(text, builder=builder, images={"docker.io/library/a:latest": IMAGE})
    by_function = stagegraph.plan(text, builder=builder, images=find)
    assert by_name.config["Labels"] == by_function.config["Labels"] == {"x": "1"}
    assert set(asked) <= {"docker.io/library/a:latest", "docker.io/library/b:latest"}


def test_an_image_config_that_is_none_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        stagegraph.plan("FROM a\n", images={"docker.io/library/a:latest": {"config": {"Env": "A=1"}}})
    assert caught.value.message.startswith("the image config of docker.io/library/a:latest is malformed: ")


def test_labels() -> None:
    text = "FROM alpine\nLABEL a=1 b=2\n"
    labels = {"b": "3", "c": "x y"}
    plan = stagegraph.plan(text, labels=labels)
    assert plan.config["Labels"] == {"a": "1", "b": "3", "c": "x y"}
    legacy = stagegraph.plan(text, labels=labels, builder="legacy")
    assert names_of(legacy) == [
        "Step 1/4 : FROM alpine",
        "Step 2/4 : LABEL a=1 b=2",
        "Step 3/4 : LABEL b=3",
        "Step 4/4 : LABEL c=x y",
    ]
    assert legacy.config["Labels"] == {"a": "1", "b": "3", "c": "x y"}


def test_platforms() -> None:
    text = "FROM alpine\nARG TARGETPLATFORM BUILDPLATFORM\nRUN echo $TARGETPLATFORM $BUILDPLATFORM\n"
    assert names_of(stagegraph.plan(text))[1] == "[2/2] RUN echo linux/amd64 linux/amd64"
    named = stagegraph.plan(text, platform="linux/arm/v7", build_platform="windows/amd64")
    assert names_of(named)[1] == "[2/2] RUN echo linux/arm/v7 windows/amd64"
    given = stagegraph.plan(text, platform=Platform(os="linux", architecture="arm", variant="v7"))
    assert names_of(given)[1] == "[2/2] RUN echo linux/arm/v7 linux/amd64"


@pytest.mark.parametrize("keyword", ["platform", "build_platform"])
def test_a_platform_that_is_none(keyword: str) -> None:
    with pytest.raises(InputError) as caught:
        stagegraph.plan(TEXT, **{keyword: "a/b/c/d"})
    assert '"a/b/c/d"' in caught.value.message
    with pytest.raises(InputError):
        stagegraph.compare(TEXT, **{keyword: "a/b/c/d"})


def test_parse_gives_a_tree_back_as_it_is() -> None:
    tree = stagegraph.parse(TEXT)
    assert stagegraph.parse(tree) is tree


def test_compare_keeps_the_errors_of_either_builder() -> None:
    both = stagegraph.compare("FROM alpine AS Build\nFROM Build\n")
    assert isinstance(both.buildkit, StageGraphError)
    assert isinstance(both.legacy, Plan)
    syntax = stagegraph.compare("FROM a\nENV A\n")
    assert [str(syntax.buildkit), str(syntax.legacy)] == ["ENV must have two arguments"] * 2
