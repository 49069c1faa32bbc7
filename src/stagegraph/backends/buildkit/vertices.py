"""The vertices that BuildKit announces, laid beside the steps of a plan."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stagegraph.backends.buildkit.messages import VertexState
from stagegraph.planning.operations import ImageOperation
from stagegraph.planning.plan import Plan
from stagegraph.planning.vertices import Step, StepKind

LOAD_METADATA = "[internal] load metadata for "
# What BuildKit does beside any plan (`[internal] load metadata` is in `Plan.loads`).
_BESIDE = (
    "[internal] load build definition",
    "[internal] load .dockerignore",
    "[internal] booting buildkit",
    "[internal] load remote build context",
    "[auth]",
    "resolve image config for ",
    "docker-image://",
    "importing ",
    "exporting ",
    "preparing ",
    "merging ",
    "sending ",
    "copying ",
)
_digest = re.compile(r"@sha256:[0-9a-f]{64}")


class Vertices:
    """Which step a vertex is, by its digest."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._waiting: dict[str, list[Step]] = {}
        for step in plan.steps:
            self._waiting.setdefault(_plain(step.name), []).append(step)
        self._known: dict[str, Step | None] = {}
        self._loads = {_plain(load) for load in plan.loads}
        self._seen: set[str] = set()
        self.unpredicted: list[str] = []

    def step(self, digest: str) -> Step | None:
        """The step of a vertex that was announced; None for one that is no step."""
        return self._known.get(digest)

    def announce(self, vertices: Sequence[VertexState]) -> None:
        """Takes note of vertices; BuildKit tells of those that read before it tells of what they read."""
        for vertex in reversed(vertices):
            if vertex.digest not in self._known:
                self._known[vertex.digest] = self._find(vertex)

    @property
    def unseen(self) -> tuple[Step, ...]:
        """The steps that were not announced, but for those that an engine's image store does as part of others.

        An engine that cannot merge puts the files of a `COPY --link` upon the stage at once.
        """
        return tuple(step for step in self._unannounced() if not self.is_part(step))

    @property
    def unseen_loads(self) -> tuple[str, ...]:
        """What is loaded first, and was not."""
        loads = (load for load in self._plan.loads if not load.startswith(_BESIDE))
        return tuple(load for load in loads if _plain(load) not in self._seen)

    def is_part(self, step: Step) -> bool:
        """Whether a step that was not announced is done with another one that was."""
        waiting = {one.id for one in self._unannounced()}
        return step.kind is StepKind.LINK and step.id in waiting and step.reads[1] not in waiting

    def base_of(self, name: str) -> Step | None:
        """The step of the image whose metadata a vertex loads."""
        image = _plain(name).removeprefix(LOAD_METADATA)
        for step in self._plan.steps:
            for operation in step.operations:
                if isinstance(operation, ImageOperation) and operation.image.name == image:
                    return step
        return None

    def _unannounced(self) -> list[Step]:
        waiting = {step.id for steps in self._waiting.values() for step in steps}
        return [step for step in self._plan.steps if step.id in waiting]

    def _find(self, vertex: VertexState) -> Step | None:
        plain = _plain(vertex.name)
        self._seen.add(plain)
        steps = self._waiting.get(plain)
        if steps:
            reads = {step.id for step in map(self._known.get, vertex.inputs) if step is not None}
            step = next((one for one in steps if set(one.inputs) == reads), steps[0])
            steps.remove(step)
            return step
        if plain not in self._loads and not plain.startswith(_BESIDE):
            self.unpredicted.append(vertex.name)
        return None


def _plain(name: str) -> str:
    """A name without the digest that a registry has added."""
    return _digest.sub("", name)
