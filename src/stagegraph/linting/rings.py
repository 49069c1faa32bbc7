"""Rings of stages that need each other, found where no builder would go on."""

from __future__ import annotations

from collections.abc import Sequence

from stagegraph.linting.uses import Use


def find_rings(uses: Sequence[Use]) -> tuple[tuple[Use, ...], ...]:
    """One ring for each set of stages that all need each other: the uses that lead round.

    A stage that reads itself makes no ring here.
    """
    needs = {
        (use.stage.index, use.meaning): use
        for use in reversed(uses)
        if use.meaning is not None and use.meaning != use.stage.index
    }
    if not any(source > consumer for consumer, source in needs):
        return ()  # all lead to earlier stages, as they nearly always do
    from stagegraph.model.rings import one_ring_each

    rings = (tuple(needs[pair] for pair in ring) for ring in one_ring_each(needs))
    return tuple(sorted(rings, key=lambda ring: ring[0].stage.index))
