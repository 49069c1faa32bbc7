from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("FROM a AS b\nFROM b\nFROM c\nCOPY --from=b x y\nCOPY --from=0 x y\nCOPY --from=busybox x y\n", []),
        (
            "FROM a AS Bc\nFROM Bc\n",
            ['FROM Bc is an error to BuildKit, and stage "bc" (line 1) to the legacy builder and Buildah'],
        ),
        (
            "FROM a AS bc\nFROM BC\n",
            ['FROM BC is an error to BuildKit and Buildah, and stage "bc" (line 1) to the legacy builder'],
        ),
        (
            "FROM a AS Bc\nFROM bc\n",
            [
                (
                    'FROM bc is stage "bc" (line 1) to BuildKit and the legacy builder, '
                    'and the image "docker.io/library/bc:latest" to Buildah'
                )
            ],
        ),
        (
            "FROM a AS b\nFROM c\nCOPY --from=B x y\n",
            ['--from=B is stage "b" (line 1) to BuildKit and the legacy builder, and an error to Buildah'],
        ),
        (
            "FROM a\nFROM 0\n",
            [
                (
                    'FROM 0 is the image "docker.io/library/0:latest" to BuildKit and the legacy builder, '
                    "and stage 0 (line 1) to Buildah"
                )
            ],
        ),
        (
            "FROM a\nCOPY --from=b x y\nFROM c AS b\n",
            [
                (
                    "--from=b is an error to BuildKit, "
                    'and the image "docker.io/library/b:latest" to the legacy builder and Buildah'
                )
            ],
        ),
        (
            "FROM a AS b\nFROM c\nCOPY --from=$X x y\n",
            ["--from=$X is an error to BuildKit and the legacy builder, and what its variable holds to Buildah"],
        ),
        ("FROM a\nCOPY --from=9 x y\n", []),
        ("FROM a\nCOPY --from=scratch x y\n", []),
        # a second stage of a name is where the legacy builder ends, and no name means anything to it behind that
        (
            "FROM a AS b\nFROM c AS b\nFROM d\nCOPY --from=b x y\n",
            ["the legacy builder refuses a second stage called b, BuildKit takes both"],
        ),
        (
            "FROM a AS b\nFROM c\nCOPY --from=b x y\nFROM d AS b\n",
            [
                '--from=b is an error to BuildKit, and stage "b" (line 1) to Buildah',
                "the legacy builder refuses a second stage called b, BuildKit takes both",
            ],
        ),
        (
            "FROM a AS b-\n",
            ['BuildKit refuses the name "b-" (invalid reference format), the legacy builder takes it'],
        ),
    ],
)
def test_names(find, text, messages):
    assert [one.message for one in find(text)] == messages


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("FROM a\nENV X=1\nARG X=2\nRUN echo $X\n", [3]),
        ("FROM a\nENV X=1\nARG X=2\nENV Y=${X:-3}\n", [3]),
        ("FROM a\nENV X=1\nARG X=2\nRUN make\n", []),
        ("FROM a\nENV X=1\nARG X\nRUN echo $X\n", []),
        ("FROM a\nARG X=2\nENV X=1\nRUN echo $X\n", []),
        ("FROM a\nENV X=1\nFROM b\nARG X=2\nRUN echo $X\n", []),
    ],
)
def test_arguments_behind_variables(find, text, lines):
    assert [one.line for one in find(text)] == lines


@pytest.mark.parametrize(
    "head",
    [
        "# syntax=docker/dockerfile:1\nFROM x\n",
        "FROM --platform=$BUILDPLATFORM x\n",
        "FROM x:${TARGETARCH}\n",
        "FROM x\nRUN --mount=type=cache,target=/c y\n",
        "FROM x\nRUN --network=none y\n",
        "FROM x\nRUN <<E\ny\nE\n",
        "FROM x\nCOPY --chmod=755 y z\n",
        "FROM x\nCOPY --link y z\n",
        "FROM x\nADD --checksum=sha256:0 y z\n",
    ],
)
def test_a_file_for_buildkit_alone(find, head):
    text = head + "FROM a AS b\nENV X=1\nARG X=2\nRUN echo $X\nFROM c AS b\nFROM d AS B-\n"
    assert find(text) == []
    assert len(find(head + "FROM a AS b\nFROM c\nCOPY --from=B x y\n")) == 1  # Buildah builds it too


def test_a_context_means_the_same_to_nobody_else(find):
    assert find("FROM a\nCOPY --from=b x y\nFROM c AS b\n", contexts={"b": "./b"}) == []


def test_many_arguments_behind_variables_take_no_more_than_their_number(find, calls_of):
    def text(count):
        return "FROM a\n" + "".join(f"ENV E{n}=x\nARG E{n}=y\n" for n in range(count)) + "RUN echo $E0\n"

    assert len(find(text(4))) == 1
    few, many = calls_of(find, text(100)), calls_of(find, text(200))
    assert many < 2.5 * few
