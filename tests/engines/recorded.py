"""The recorded Dockerfiles, put to a builder that really runs here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from attrs import field, frozen

import stagegraph
from stagegraph import EdgeKind, Instruction, Plan, Stage, StageGraph
from stagegraph.syntax.instructions.copying import Add, Copy
from stagegraph.syntax.instructions.running import Run
from stagegraph.syntax.instructions.triggers import OnBuild

CONFORMANCE = Path(__file__).parents[1] / "conformance"


@frozen(slots=False)
class Build:
    """A recorded case that a builder answers, and everything stagegraph knows of it."""

    id: str
    dockerfile: str = field(repr=False)
    target: str
    build_args: Mapping[str, str]
    builder: str

    @cached_property
    def plan(self) -> Plan:
        """What stagegraph says that the builder does."""
        return stagegraph.plan(
            self.dockerfile, builder=self.builder, target=self.target or None, build_args=self.build_args
        )

    @cached_property
    def graph(self) -> StageGraph:
        """The stages, as the builder sees them."""
        return stagegraph.graph(
            self.dockerfile, builder=self.builder, target=self.target or None, build_args=self.build_args
        )

    @property
    def flags(self) -> list[str]:
        """How the command line asks for it."""
        args = [f"--build-arg={name}={value}" for name, value in self.build_args.items()]
        return [*args, *([f"--target={self.target}"] if self.target else [])]

    @cached_property
    def instructions(self) -> list[tuple[Stage, Instruction]]:
        """What is carried out, with its stage; a trigger counts where it is set."""
        return [
            (stage, (one.trigger or one) if isinstance(one, OnBuild) else one)
            for stage in self.plan.execution_set
            for one in stage.instructions
        ]

    def copies(self) -> Iterator[tuple[Stage, Copy | Add]]:
        """The `COPY` and `ADD` among them."""
        return ((stage, one) for stage, one in self.instructions if isinstance(one, Copy | Add))

    def runs(self) -> Iterator[tuple[Stage, Run]]:
        """The `RUN` among them."""
        return ((stage, one) for stage, one in self.instructions if isinstance(one, Run))

    def root_of(self, node: int | str) -> str:
        """The image at the bottom of a stage, or `scratch`."""
        while isinstance(node, int):
            node = self._bases[node]
        return node

    @cached_property
    def _bases(self) -> Mapping[int, int | str]:
        return {edge.consumer: edge.source for edge in self.graph.edges if edge.kind is EdgeKind.BASE}


def recorded(builder: str) -> list[Build]:
    """Every recorded case that the builder answered with a plan, those written by hand first."""
    lines = (CONFORMANCE / f"{builder}.jsonl").read_text(encoding="utf-8").splitlines()
    builds = [
        Build(case["id"], case["dockerfile"], case["target"], case["build_args"], builder)
        for case in map(json.loads, lines)
        if not case["expect"].get("errors")
    ]
    return sorted(builds, key=lambda build: not build.id.startswith("t"))
