"""Reads Dockerfiles and knows, without Docker and before anything runs, what a build will do.

`parse` gives the tree, `graph` the stages and what they need, `plan` the steps that a builder
runs, `compare` both builders side by side, `project` what a repository builds, `lint` what is
wrong. Nothing heavy is imported until it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stagegraph.api import Content, ImageConfigs, Options, compare, graph, parse, plan, project
    from stagegraph.checks import CheckWarning
    from stagegraph.errors import (
        CheckError,
        CircularDependencyError,
        DockerfileSyntaxError,
        InputError,
        InstructionError,
        LimitError,
        PlanningError,
        ResolutionError,
        StageGraphError,
        TargetNotFoundError,
    )
    from stagegraph.linting.configuration import LintConfiguration
    from stagegraph.linting.findings import Edit, Finding, Findings, Fix, RelatedPlace, Severity
    from stagegraph.linting.fixing import Fixed
    from stagegraph.linting.kit import check_page
    from stagegraph.linting.linter import LintOptions, fix, lint
    from stagegraph.linting.rule import Rule, UnknowableError
    from stagegraph.linting.subject import Subject
    from stagegraph.linting.targets import DeclaredTarget, UnknownTargets
    from stagegraph.model.graph import Edge, EdgeKind, StageGraph
    from stagegraph.planning.comparison import Comparison, Disagreement
    from stagegraph.planning.plan import Plan, PlannedStage
    from stagegraph.planning.vertices import Step, StepKind
    from stagegraph.platforms import Platform
    from stagegraph.projects.declared import (
        Build,
        DeclaredTargets,
        Declarer,
        DockerfilePath,
        InlineDockerfile,
        Place,
        Project,
        RemoteDockerfile,
        Unknown,
    )
    from stagegraph.scanning.discovery import Found, find_dockerfiles
    from stagegraph.scanning.records import ScanFault, ScannedBuild, ScannedEdge, ScannedStage, ScanRecord
    from stagegraph.scanning.scan import scan
    from stagegraph.source import SourceFile, Span
    from stagegraph.stages.cutting import Stage
    from stagegraph.stages.options import Builder
    from stagegraph.syntax.heredocs import Heredoc
    from stagegraph.syntax.instructions import Instruction
    from stagegraph.syntax.nodes import BlankLine, Comment, Directive, Dockerfile

__version__ = "0.1.0"

_HOMES = {
    "stagegraph.api": ("Content", "ImageConfigs", "Options", "compare", "graph", "parse", "plan", "project"),
    "stagegraph.checks": ("CheckWarning",),
    "stagegraph.errors": (
        "CheckError",
        "CircularDependencyError",
        "DockerfileSyntaxError",
        "InputError",
        "InstructionError",
        "LimitError",
        "PlanningError",
        "ResolutionError",
        "StageGraphError",
        "TargetNotFoundError",
    ),
    "stagegraph.linting.configuration": ("LintConfiguration",),
    "stagegraph.linting.findings": ("Edit", "Finding", "Findings", "Fix", "RelatedPlace", "Severity"),
    "stagegraph.linting.fixing": ("Fixed",),
    "stagegraph.linting.kit": ("check_page",),
    "stagegraph.linting.linter": ("LintOptions", "fix", "lint"),
    "stagegraph.linting.rule": ("Rule", "UnknowableError"),
    "stagegraph.linting.subject": ("Subject",),
    "stagegraph.linting.targets": ("DeclaredTarget", "UnknownTargets"),
    "stagegraph.model.graph": ("Edge", "EdgeKind", "StageGraph"),
    "stagegraph.planning.comparison": ("Comparison", "Disagreement"),
    "stagegraph.planning.plan": ("Plan", "PlannedStage"),
    "stagegraph.planning.vertices": ("Step", "StepKind"),
    "stagegraph.platforms": ("Platform",),
    "stagegraph.projects.declared": (
        "Build",
        "DeclaredTargets",
        "Declarer",
        "DockerfilePath",
        "InlineDockerfile",
        "Place",
        "Project",
        "RemoteDockerfile",
        "Unknown",
    ),
    "stagegraph.scanning.discovery": ("Found", "find_dockerfiles"),
    "stagegraph.scanning.records": ("ScanFault", "ScanRecord", "ScannedBuild", "ScannedEdge", "ScannedStage"),
    "stagegraph.scanning.scan": ("scan",),
    "stagegraph.source": ("SourceFile", "Span"),
    "stagegraph.stages.cutting": ("Stage",),
    "stagegraph.stages.options": ("Builder",),
    "stagegraph.syntax.heredocs": ("Heredoc",),
    "stagegraph.syntax.instructions": ("Instruction",),
    "stagegraph.syntax.nodes": ("BlankLine", "Comment", "Directive", "Dockerfile"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "BlankLine",
    "Build",
    "Builder",
    "CheckError",
    "CheckWarning",
    "CircularDependencyError",
    "Comment",
    "Comparison",
    "Content",
    "DeclaredTarget",
    "DeclaredTargets",
    "Declarer",
    "Directive",
    "Disagreement",
    "Dockerfile",
    "DockerfilePath",
    "DockerfileSyntaxError",
    "Edge",
    "EdgeKind",
    "Edit",
    "Finding",
    "Findings",
    "Fix",
    "Fixed",
    "Found",
    "Heredoc",
    "ImageConfigs",
    "InlineDockerfile",
    "InputError",
    "Instruction",
    "InstructionError",
    "LimitError",
    "LintConfiguration",
    "LintOptions",
    "Options",
    "Place",
    "Plan",
    "PlannedStage",
    "PlanningError",
    "Platform",
    "Project",
    "RelatedPlace",
    "RemoteDockerfile",
    "ResolutionError",
    "Rule",
    "ScanFault",
    "ScanRecord",
    "ScannedBuild",
    "ScannedEdge",
    "ScannedStage",
    "Severity",
    "SourceFile",
    "Span",
    "Stage",
    "StageGraph",
    "StageGraphError",
    "Step",
    "StepKind",
    "Subject",
    "TargetNotFoundError",
    "UnknowableError",
    "Unknown",
    "UnknownTargets",
    "__version__",
    "check_page",
    "compare",
    "find_dockerfiles",
    "fix",
    "graph",
    "lint",
    "parse",
    "plan",
    "project",
    "scan",
]


def __getattr__(name: str) -> object:
    """Imports a public name when it is first used (PEP 562)."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
