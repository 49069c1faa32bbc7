"""What cannot be carried out in containers is refused, with its place."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.backends.containers.support import refuse_unsupported
from stagegraph.syntax.mounts import MountType


def refused(text, mounts=frozenset(), **options):
    with pytest.raises(stagegraph.UnsupportedError) as caught:
        refuse_unsupported(stagegraph.plan(text, **options), "mine", mounts)
    return caught.value


@pytest.mark.parametrize(
    ("instruction", "reason"),
    [
        ("RUN --mount=type=secret,id=k x", "there is no --mount=type=secret"),
        ("RUN --mount=type=ssh x", "there is no --mount=type=ssh"),
        ("RUN --mount=type=cache,target=/c x", "there is no --mount=type=cache"),
        ("RUN --mount=target=/c x", "there is no --mount=type=bind"),
        ("RUN --security=insecure x", "there is no --security=insecure"),
        ("ADD https://example.com/x /x", "nothing is fetched"),
        ("ADD https://github.com/acme/app.git /x", "repositories are not fetched"),
    ],
)
def test_the_instruction_is_named(instruction, reason):
    error = refused(f"FROM alpine\nRUN first\n{instruction}\n")
    assert error.line == 3
    assert error.message.startswith("the backend mine cannot carry out ")
    assert error.message.endswith(f": {reason}")


def test_a_named_context_of_another_kind():
    error = refused("FROM scratch\nCOPY --from=x /a /a\n", contexts={"x": "oci-layout:///x"})
    assert error.message.endswith("the named context x is neither a directory nor an image")


@pytest.mark.parametrize("value", ["docker-image://alpine", "."])
def test_named_contexts_that_are_carried_out(value):
    refuse_unsupported(
        stagegraph.plan("FROM scratch\nCOPY --from=x /a /a\n", contexts={"x": value}), "mine", frozenset()
    )


def test_a_backend_may_have_mounts():
    text = "FROM alpine\nRUN --mount=type=cache,target=/c x\nRUN --mount=type=tmpfs,target=/t x\n"
    refuse_unsupported(stagegraph.plan(text), "mine", frozenset({MountType.CACHE, MountType.TMPFS}))
    assert refused(text, frozenset({MountType.CACHE})).line == 3


def test_a_stage_that_is_not_built_is_not_looked_at():
    text = "FROM alpine AS dead\nRUN --mount=type=secret,id=k x\nFROM alpine\nRUN x\n"
    refuse_unsupported(stagegraph.plan(text), "mine", frozenset())
