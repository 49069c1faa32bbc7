"""A call that is made when somebody asks."""

from __future__ import annotations

from stagegraph.planning.later import now


def test_the_function_gets_its_arguments_when_it_is_asked_and_not_before() -> None:
    seen: list[tuple[object, ...]] = []

    def note(*arguments: object) -> int:
        seen.append(arguments)
        return len(seen)

    later = (note, 1, "a")
    assert seen == []
    assert (now(later), now(later)) == (1, 2)
    assert seen == [(1, "a"), (1, "a")]
