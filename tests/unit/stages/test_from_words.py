"""The words of a FROM, as BuildKit expands them."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import PlanningError, ResolutionError
from stagegraph.budget import Budget
from stagegraph.stages.from_words import expand_base, read_platform
from stagegraph.syntax.instructions import From

ARGS = {"BASE": "alpine", "EMPTY": "", "TARGETPLATFORM": "linux/arm64"}


def from_of(text: str) -> From:
    [instruction] = stagegraph.parse(text).instructions
    assert isinstance(instruction, From)
    return instruction


@pytest.mark.parametrize(
    ("image", "base"),
    [("$BASE", "alpine"), ("${BASE}:3", "alpine:3"), ("x${EMPTY}", "x"), ("${GONE:-debian}", "debian")],
)
def test_base(image: str, base: str) -> None:
    assert expand_base(from_of(f"FROM {image}\n"), ARGS, Budget(), None) == base


@pytest.mark.parametrize(
    ("image", "kind", "message"),
    [
        ("$EMPTY", ResolutionError, "base name ($EMPTY) should not be blank"),
        ("${:x}", PlanningError, 'failed to process "${:x}": syntax error: bad substitution'),
    ],
)
def test_no_base(image: str, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        expand_base(from_of(f"FROM {image}\n"), ARGS, Budget(), None)
    assert getattr(caught.value, "message", None) == message


def test_platform() -> None:
    from_ = from_of("FROM --platform=$TARGETPLATFORM alpine\n")
    assert read_platform(from_, ARGS, None).full_text == "linux/arm64"


@pytest.mark.parametrize(
    ("platform", "message", "suggestion"),
    [
        ("$EMPTY", "empty platform value from expression $EMPTY", None),
        ("$TARGETPLATFORN", "empty platform value from expression $TARGETPLATFORN", "TARGETPLATFORM"),
    ],
)
def test_no_platform(platform: str, message: str, suggestion: str | None) -> None:
    with pytest.raises(ResolutionError) as caught:
        read_platform(from_of(f"FROM --platform={platform} alpine\n"), ARGS, None)
    assert caught.value.message.startswith(message)
    assert caught.value.suggestion == suggestion
