from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("nginx", True),
        ("acme/tool", True),
        ("ghcr.io/acme/tool", True),
        ("localhost:5000/tool", True),
        ("nginx:1", False),
        ("nginx:latest", False),
        ("nginx@sha256:" + "0" * 64, False),
        ("sources", False),  # may be a build context
        ("0", False),
        ("acme/Tool", False),
        ("b", False),
    ],
)
def test_names(find, name, found):
    text = f"FROM a AS b\nFROM c\nCOPY --from={name} x y\n"
    assert [one.line for one in find(text)] == ([3] if found else [])


def test_a_named_context_is_no_image(find):
    assert find("FROM c\nCOPY --from=nginx x y\n", contexts={"nginx": "./nginx"}) == []


def test_a_stage_that_has_the_name_is_no_image(find):
    assert find("FROM a AS nginx\nFROM c\nCOPY --from=nginx x y\n") == []


def test_the_message(find):
    assert [one.message for one in find("FROM c\nCOPY --from=nginx x y\n")] == [
        "--from=nginx is whatever image has the tag latest on the day of the build; say a tag or a digest"
    ]
