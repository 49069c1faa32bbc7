"""`Pages`: what can be shown to people, in one way for pipes and in another for terminals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from stagegraph.rendering.listings import ImageListing, StageListing
from stagegraph.stages.cutting import Stage

if TYPE_CHECKING:
    from stagegraph.model.graph import StageGraph
    from stagegraph.planning.comparison import Comparison
    from stagegraph.planning.plan import Plan, PlannedStage
    from stagegraph.projects.survey import Survey


class Pages(Protocol):
    """Every method gives a text that ends with a line feed."""

    def plan(self, plan: Plan) -> str:
        """The steps, what is loaded, every stage with its reason, the image, the warnings."""

    def graph(self, graph: StageGraph) -> str:
        """The stages and the edges."""

    def comparison(self, comparison: Comparison) -> str:
        """Both builders, stage by stage, and what only one of them runs."""

    def why(self, plan: Plan, chain: Sequence[PlannedStage]) -> str:
        """The chain from a stage to the target, or why it is skipped."""

    def stages(self, stages: Sequence[StageListing]) -> str:
        """The targets of a file."""

    def images(self, graph: StageGraph, images: Sequence[ImageListing]) -> str:
        """The external images, and where they are asked for."""

    def dead(self, stages: Sequence[Stage], targets: Sequence[str]) -> str:
        """The stages that none of the targets needs."""

    def targets(self, survey: Survey) -> str:
        """The Dockerfiles of a repository, their targets and who declares them."""
