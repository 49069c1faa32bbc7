"""Global arguments: what `FROM` can see, by builder."""

from __future__ import annotations

import pytest

import stagegraph

HEAD = "ARG A=1 B\nARG C=$A-$A\n"


@pytest.mark.parametrize(
    ("word", "options", "value"),
    [
        ("${TARGETPLATFORM}", {}, "linux/amd64"),
        ("${TARGETOS}-${TARGETARCH}${TARGETVARIANT}", {"platform": "linux/arm/v7"}, "linux-armv7"),
        ("${TARGETPLATFORM}", {"platform": "linux/arm/v7"}, "linux/arm/v7"),
        ("${BUILDPLATFORM}", {"build_platform": "windows/amd64"}, "windows/amd64"),
        ("${BUILDOS}/${BUILDARCH}", {"platform": "linux/s390x"}, "linux/amd64"),
        ("${TARGETSTAGE}", {}, "last"),
        ("${TARGETARCH}", {"build_args": {"TARGETARCH": "given"}}, "given"),
        ("${A}${B}", {}, "1"),
        ("${A}${B}", {"build_args": {"B": "2"}}, "12"),
        ("${A}", {"build_args": {"A": "3"}}, "3"),
        ("${C}", {}, "1-1"),
        ("${C}", {"build_args": {"A": "3"}}, "3-3"),
        ("${NOPE}", {"build_args": {"NOPE": "x"}}, ""),
        ("${http_proxy}", {"build_args": {"http_proxy": "x"}}, ""),
    ],
)
def test_what_buildkit_sees(word: str, options: dict[str, object], value: str) -> None:
    graph = stagegraph.graph(f"{HEAD}FROM x/a{word}b AS last\n", **options)
    assert graph.resolved.stages[0].base_text == f"x/a{value}b"


@pytest.mark.parametrize(
    ("word", "build_args", "value"),
    [
        ("${TARGETARCH}", {}, ""),
        ("${A}${B}", {}, "1"),
        ("${A}${B}", {"B": "2"}, "12"),
        ("${C}", {"A": "3"}, "3-3"),
        ("${NOPE}", {"NOPE": "x"}, ""),
        ("${http_proxy}", {"http_proxy": "x"}, "x"),
    ],
)
def test_what_the_legacy_builder_sees(word: str, build_args: dict[str, str], value: str) -> None:
    graph = stagegraph.graph(f"{HEAD}FROM x/a{word}b\n", builder="legacy", build_args=build_args)
    assert graph.resolved.stages[0].base_text == f"x/a{value}b"


def test_the_target_as_it_was_given() -> None:
    text = "FROM a AS Last\nARG TARGETSTAGE\nRUN echo $TARGETSTAGE\n"
    assert stagegraph.plan(text, target="LAST").steps[-1].name == "[2/2] RUN echo LAST"
    assert stagegraph.plan(text).steps[-1].name == "[2/2] RUN echo last"
    assert stagegraph.plan(text.replace(" AS Last", "")).steps[-1].name == "[2/2] RUN echo default"
