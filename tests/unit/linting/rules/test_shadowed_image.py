from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("FROM alpine AS alpine\n", [1]),
        ("FROM alpine:latest AS alpine\n", [1]),
        ("FROM docker.io/library/alpine AS Alpine\n", [1]),
        ("FROM x\nCOPY --from=nginx a b\nFROM y AS z\nFROM y AS nginx\n", []),  # COPY means the stage, later or not
        ("FROM nginx\nFROM y AS nginx\n", [2]),
        ("FROM alpine:3 AS alpine\n", []),
        ("FROM acme/alpine AS alpine\n", []),
        ("FROM y AS nginx\nFROM nginx\n", []),
        ("FROM scratch AS scratch\n", []),
        ("FROM x\nFROM y\n", []),
        ("FROM X\n", []),
    ],
)
def test_what_is_found(find, text, lines):
    assert [one.line for one in find(text)] == lines


def test_the_finding(find):
    (finding,) = find("FROM nginx\nFROM y AS nginx\n")
    assert finding.message == (
        'the stage has the name of the image "nginx" of line 1: what "nginx" means depends on where it stands'
    )
    assert [one.span.first_line for one in finding.related] == [1]


def test_a_context_is_no_image(find):
    assert find("FROM nginx\nFROM y AS nginx\n", contexts={"nginx": "docker-image://x"}) == []
