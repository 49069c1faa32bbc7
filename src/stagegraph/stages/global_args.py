"""Global arguments: what `FROM` can see, for each builder."""

from __future__ import annotations

from collections.abc import Mapping

from stagegraph.budget import Budget
from stagegraph.errors import Complaint, PlanningError
from stagegraph.source import SourceFile
from stagegraph.stages.cutting import CutDockerfile
from stagegraph.stages.options import BuildOptions
from stagegraph.syntax.instructions import Arg
from stagegraph.words import expand_text

SBOM_NAMES = frozenset({"BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"})
PROXY_NAMES = frozenset(
    name for scheme in ("http", "https", "ftp", "no", "all") for name in (f"{scheme}_proxy", f"{scheme}_proxy".upper())
)


def predefined_args(options: BuildOptions, target: str) -> dict[str, str]:
    """The arguments that BuildKit defines before any `ARG`; a build argument of the same name wins."""
    predefined = {**options.platform_args, "TARGETSTAGE": target or "default"}
    for name, value in options.build_args.items():
        if name in predefined:
            predefined[name] = value
    return predefined


def buildkit_global_args(
    cut: CutDockerfile, predefined: Mapping[str, str], build_args: Mapping[str, str]
) -> dict[str, str]:
    """The global arguments of BuildKit: each default is expanded with those before it.

    Raises:
        PlanningError: a default cannot be expanded.
    """
    known, budget = dict(predefined), Budget()
    for instruction in cut.global_args:
        for argument in instruction.declared:
            value = build_args.get(argument.name)
            if value is None and argument.default is not None:
                value = _expand(argument.default, known, budget, instruction, cut.source)
            if value is not None:
                known.pop(argument.name, None)  # a name that is set again moves to the end
                known[argument.name] = value
    return known


def _expand(word: str, known: Mapping[str, str], budget: Budget, instruction: Arg, source: SourceFile | None) -> str:
    try:
        return budget.spend(expand_text(word, known, instruction.escape))
    except Complaint as complaint:
        raise PlanningError.of(complaint, source, instruction.span) from None
