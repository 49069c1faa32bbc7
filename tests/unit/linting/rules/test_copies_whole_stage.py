from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("base", "copy", "found"),
    [
        ("a", "COPY --from=b / /", True),
        ("a", "COPY --from=b /. /", True),
        ("a", "COPY --from=0 /x / /y/", True),
        ("a", 'COPY --from=b ["/", "/"]', True),
        ("a", "COPY --from=b /app /", False),
        ("a", "COPY --from=b . /", True),
        ("a", "COPY --from=b /* /", True),
        ("a", "COPY --from=b --exclude=x / /", False),
        ("a", "COPY --from=b --parents / /", False),
        ("a", "COPY --from=busybox:1 / /", False),
        ("a", "COPY / /", False),
        ("scratch", "COPY --from=b / /", False),
    ],
)
def test_what_is_found(find, base, copy, found):
    assert [one.line for one in find(f"FROM {base} AS b\nFROM c\n{copy}\n")] == ([3] if found else [])


def test_a_stage_that_is_made_of_files_through_another_one(find):
    assert find("FROM scratch AS a\nFROM a AS b\nFROM c\nCOPY --from=b / /\n") == []


def test_the_message(find):
    assert [one.message for one in find("FROM a AS b\nFROM c\nCOPY --from=b / /\n")] == [
        'everything in stage "b" is copied, its base image and its tools too; copy what is needed'
    ]
