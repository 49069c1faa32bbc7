"""Links between targets, and what named contexts replace."""

from __future__ import annotations

import pytest

from stagegraph.projects import DeclaredTarget, Place, links_of, needed_targets, replacements, targets_of

LINKED = """\
target "base" {}
target "lib" { contexts = { base = "target:base" } }
target "app" {
  contexts = {
    lib = "target:lib"
    alpine = "docker-image://alpine:edge"
    gone = "target:missing"
  }
}
target "self" { contexts = { me = "target:self" } }
target "ring1" { contexts = { x = "target:ring2" } }
target "ring2" { contexts = { x = "target:ring1" } }
"""


def test_links(bake):
    found = bake(LINKED)
    lib, gone = links_of(found, found.target("app"))
    assert (lib.context, lib.target, lib.problem) == ("lib", found.target("lib"), None)
    assert (gone.name, gone.target, gone.problem) == ("missing", None, "failed to find target missing")


@pytest.mark.parametrize(
    ("name", "problem"),
    [("self", "target self cannot link to itself"), ("ring1", "infinite loop from ring1 to ring2"), ("lib", None)],
)
def test_links_that_bake_refuses(bake, name, problem):
    found = bake(LINKED)
    assert [link.problem for link in links_of(found, found.target(name))] == [problem]


@pytest.mark.parametrize(
    ("name", "needed"), [("app", ["lib", "base"]), ("base", []), ("ring1", ["ring2", "ring1"]), ("self", ["self"])]
)
def test_needed_targets(bake, name, needed):
    found = bake(LINKED)
    assert [target.name for target in needed_targets(found, found.target(name))] == needed


def test_a_service_link_is_one(compose):
    found = compose("""\
        services:
          a.b: {build: .}
          c:
            build:
              additional_contexts: {base: "service:a.b"}
        """)
    (link,) = links_of(found, found.target("c"))
    assert (link.name, link.target) == ("a_b", found.target("a_b"))


@pytest.mark.parametrize(
    ("context", "name", "replaced"),
    [
        ("build", "build", True),
        ("build", "BUILD", False),
        ("alpine", "alpine:latest", True),
        ("docker.io/library/alpine", "alpine", True),
        ("alpine", "alpine:3", False),
        ("alpine::linux/arm64", "alpine", True),
        ("scratch", "scratch", False),
        ("context", "context", False),
        ("alpine", "not a reference", False),
    ],
)
def test_replacements(context, name, replaced):
    target = DeclaredTarget("t", Place("f", 1), contexts={context: "target:x"})
    assert replacements(target, [name]) == ({name: "target:x"} if replaced else {})


def test_targets_of_follows_links_to_the_same_file(bake, tmp_path):
    (tmp_path / "Dockerfile").write_text("FROM scratch\n")
    (tmp_path / "Other").symlink_to("Dockerfile")
    found = bake('target "a" {}\ntarget "b" { dockerfile = "Other" }\ntarget "c" { dockerfile = "Third" }\n')
    assert [target.name for target in targets_of(found, tmp_path / "Other").targets] == ["a", "b"]
