"""Named contexts: which one a name finds, and what it is."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import ResolutionError
from stagegraph.platforms import parse_platform
from stagegraph.stages.contexts import NamedContexts, load_context
from stagegraph.stages.options import no_image_configs
from stagegraph.stages.references import NamedContext

AMD64 = parse_platform("linux/amd64")


@pytest.mark.parametrize(
    ("given", "name", "platform", "key"),
    [
        ("base", "base", None, "base"),
        ("base", "other", None, None),
        ("base:latest", "base", None, "base"),
        ("base", "base:latest", None, "base"),
        ("docker.io/library/base", "base", None, "base"),
        ("base", "docker.io/library/base:latest", None, "base"),
        ("base:1", "base", None, None),
        ("x.io/a:2", "x.io/a:2", None, "x.io/a:2"),
        ("base::linux/amd64", "base", None, "base::linux/amd64"),
        ("base::linux/arm64", "base", None, None),
        ("base::linux/arm64", "base", "linux/arm64", "base::linux/arm64"),
        ("scratch", "scratch", None, None),
        ("context", "Context", None, None),
    ],
)
def test_find(given: str, name: str, platform: str | None, key: str | None) -> None:
    contexts = NamedContexts({given: "./dir"}, AMD64)
    found = contexts.find(name, parse_platform(platform) if platform else None)
    assert found == (NamedContext(key, "./dir") if key is not None else None)


def test_one_for_the_platform_comes_first() -> None:
    contexts = NamedContexts({"a": "x", "a::linux/amd64": "y"}, AMD64)
    assert contexts.find("a", None) == NamedContext("a::linux/amd64", "y")
    assert contexts.find("a", parse_platform("linux/s390x")) == NamedContext("a", "x")


@pytest.mark.parametrize("name", ["a-", "a..b"])
def test_a_stage_name_that_is_no_image_name(name: str) -> None:
    """It is refused even where there are no named contexts."""
    for contexts in ({}, {"b": "docker-image://x"}):
        with pytest.raises(ResolutionError) as caught:
            stagegraph.graph(f"FROM x AS {name}\n", contexts=contexts)
        assert caught.value.message == f"invalid context name {name}: invalid reference format"


@pytest.mark.parametrize(
    ("value", "step", "loads"),
    [
        ("./dir", "[context src] load from client", ("[context src] load .dockerignore",)),
        ("docker-image://busybox:1", "[context src] busybox:1", ("[context src] load metadata for busybox:1",)),
        ("docker-image://scratch", None, ()),
        (
            "oci-layout:///path@sha256:0",
            "[context src] OCI load from client",
            ("[context src] load metadata for docker.io/library/src:latest",),
        ),
        ("https://github.com/moby/moby.git", "[internal] load git source https://github.com/moby/moby.git", ()),
        ("https://example.com/a.tar", "[context src] https://example.com/a.tar", ()),
    ],
)
def test_load(value: str, step: str | None, loads: tuple[str, ...]) -> None:
    loaded = load_context(NamedContext("src", value), no_image_configs)
    assert (loaded.step_name, loaded.loads) == (step, loads)
    assert (loaded.image is not None) is value.startswith(("docker-image://b", "oci-layout"))
