"""Text for pipes and files: aligned, stable, without colour, and never cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stagegraph.rendering.listings import ImageListing, StageListing
from stagegraph.rendering.plain.comparison import comparison_text
from stagegraph.rendering.plain.graph import graph_text
from stagegraph.rendering.plain.listings import dead_text, images_text, stages_text, why_text
from stagegraph.rendering.plain.plan import plan_text
from stagegraph.rendering.plain.targets import targets_text
from stagegraph.stages.cutting import Stage

if TYPE_CHECKING:
    from stagegraph.model.graph import StageGraph
    from stagegraph.planning.comparison import Comparison
    from stagegraph.planning.plan import Plan, PlannedStage
    from stagegraph.projects.survey import Survey


class PlainPages:
    """`Pages` as plain text."""

    def plan(self, plan: Plan) -> str:
        """The steps, what is loaded, every stage with its reason, the image, the warnings."""
        return plan_text(plan)

    def graph(self, graph: StageGraph) -> str:
        """The stages and the edges."""
        return graph_text(graph)

    def comparison(self, comparison: Comparison) -> str:
        """Both builders, stage by stage, and what only one of them runs."""
        return comparison_text(comparison)

    def why(self, plan: Plan, chain: Sequence[PlannedStage]) -> str:
        """The chain from a stage to the target, or why it is skipped."""
        return why_text(plan, chain)

    def stages(self, stages: Sequence[StageListing]) -> str:
        """The targets of a file."""
        return stages_text(stages)

    def images(self, graph: StageGraph, images: Sequence[ImageListing]) -> str:
        """The external images, and where they are asked for."""
        return images_text(graph, images)

    def dead(self, stages: Sequence[Stage], targets: Sequence[str]) -> str:
        """The stages that none of the targets needs."""
        return dead_text(stages, targets)

    def targets(self, survey: Survey) -> str:
        """The Dockerfiles of a repository, their targets and who declares them."""
        return targets_text(survey)
