from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("stage", "name", "found"),
    [
        ("builder", "biulder", True),
        ("builder", "bulder", True),
        ("builder", "builderr", True),
        ("builder", "builter", True),
        ("builder", "BIULDER", True),
        ("builder", "biuldre", False),  # two slips in a short name
        ("frontend-assets", "frontend-asests", True),
        ("dependencies", "dependancis", True),  # two in a long one
        ("base", "vase", True),
        ("dev", "div", False),
        ("builder1", "builder2", False),
        ("build-a", "build-b", False),
        ("build-api", "buidl-api", True),
        ("app-dev", "app-div", False),
        ("code", "node", False),  # an official image
        ("scratchy", "scratch", False),
        ("tools", "ghcr.io/acme/tool", False),
        ("tools", "tool:1", False),
        ("tools", "wholly-different", False),
        ("tools", "tools", False),
    ],
)
def test_names_of_copies_and_mounts(find, stage, name, found):
    text = f"FROM a AS {stage}\nFROM c\nCOPY --from={name} x y\nRUN --mount=from={name},target=/x z\n"
    assert [one.line for one in find(text)] == ([3, 4] if found else [])


def test_a_name_that_is_the_base_of_a_stage_is_an_image(find):
    assert find("FROM toolx AS tooly\nFROM c\nCOPY --from=toolx x y\n") == []


def test_a_named_context_is_no_slip(find):
    text = "FROM a AS sources\nFROM c\nCOPY --from=source x y\n"
    assert len(find(text)) == 1
    assert find(text, contexts={"source": "../x"}) == []


def test_a_number_is_no_slip(find):
    assert find("FROM a AS b1234\nFROM c\nCOPY --from=1234 x y\n") == []


def test_the_finding(find):
    (finding,) = find("FROM a AS builder\nFROM c\nCOPY --from=biulder x y\n")
    assert finding.message == '--from=biulder is no stage; did you mean stage "builder" (line 1)?'
    assert [one.span.first_line for one in finding.related] == [1]


def test_many_slips_take_no_more_than_their_number(find, calls_of):
    def text(count):
        stages = "".join(f"FROM alpine AS builder-{number}\n" for number in range(count))
        return stages + "".join(f"COPY --from=buidler-{number} /a /b\n" for number in range(count))

    assert len(find(text(20))) == 20
    few, many = calls_of(find, text(100)), calls_of(find, text(200))
    assert many < 3 * few
