"""What is worked out when somebody asks: a function, and what it will be called with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")

Later = tuple[Callable[..., Answer], *tuple[object, ...]]
"""A function and its arguments. `functools.partial` says the same at five times the cost, and a
plan holds one of these for each vertex."""


def now(later: Later[Answer]) -> Answer:
    """What the function gives."""
    function, *arguments = later
    return function(*arguments)
