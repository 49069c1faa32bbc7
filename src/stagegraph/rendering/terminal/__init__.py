"""Text for people on a terminal: coloured, laid out for its width, and cut where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from stagegraph.rendering.listings import ImageListing, StageListing
from stagegraph.rendering.terminal.comparison import comparison_page
from stagegraph.rendering.terminal.graph import graph_page
from stagegraph.rendering.terminal.listings import dead_page, images_page, stages_page, why_page
from stagegraph.rendering.terminal.paper import Paper
from stagegraph.rendering.terminal.plan import plan_page
from stagegraph.rendering.terminal.targets import targets_page
from stagegraph.stages.cutting import Stage

if TYPE_CHECKING:
    from stagegraph.model.graph import StageGraph
    from stagegraph.planning.comparison import Comparison
    from stagegraph.planning.plan import Plan, PlannedStage
    from stagegraph.projects.survey import Survey

__all__ = ["Paper", "TerminalPages"]


@attrs.frozen
class TerminalPages:
    """`Pages` on `paper`."""

    paper: Paper

    def plan(self, plan: Plan) -> str:
        """The steps by stage, what is loaded, every stage with its reason, the image, the warnings."""
        return plan_page(plan, self.paper)

    def graph(self, graph: StageGraph) -> str:
        """The stages, and what each of them needs."""
        return graph_page(graph, self.paper)

    def comparison(self, comparison: Comparison) -> str:
        """Both builders, stage by stage, and what only one of them runs."""
        return comparison_page(comparison, self.paper)

    def why(self, plan: Plan, chain: Sequence[PlannedStage]) -> str:
        """The chain from a stage to the target, or why it is skipped."""
        return why_page(plan, chain, self.paper)

    def stages(self, stages: Sequence[StageListing]) -> str:
        """The targets of a file."""
        return stages_page(stages, self.paper)

    def images(self, graph: StageGraph, images: Sequence[ImageListing]) -> str:
        """The external images, and where they are asked for."""
        return images_page(graph, images, self.paper)

    def dead(self, stages: Sequence[Stage], targets: Sequence[str]) -> str:
        """The stages that none of the targets needs."""
        return dead_page(stages, targets, self.paper)

    def targets(self, survey: Survey) -> str:
        """The Dockerfiles of a repository, their targets and who declares them."""
        return targets_page(survey, self.paper)
