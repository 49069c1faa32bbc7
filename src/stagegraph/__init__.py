"""Reads Dockerfiles and knows, without Docker and before anything runs, what a build will do.

`parse` gives the tree, `graph` the stages and what they need, `plan` the steps that a builder
runs, `compare` both builders side by side, `run` carries a plan out, `project` what a repository
builds, `lint` what is wrong. Nothing heavy is imported until it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stagegraph.api import Content, ImageConfigs, Options, compare, graph, parse, plan, project
    from stagegraph.backends.events import (
        Event,
        Image,
        ImageFile,
        ImageFiles,
        OutputLine,
        PlanFinished,
        StepCached,
        StepFailed,
        StepFinished,
        StepSkipped,
        StepStarted,
    )
    from stagegraph.backends.protocol import Backend, Build, KnowsImages
    from stagegraph.backends.registry import find_backend
    from stagegraph.backends.running import run
    from stagegraph.checks import CheckWarning
    from stagegraph.errors import (
        BackendError,
        BackendNotFoundError,
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
        UnsupportedError,
    )
    from stagegraph.linting.configuration import LintConfiguration
    from stagegraph.linting.findings import Edit, Finding, Findings, Fix, RelatedPlace, Severity
    from stagegraph.linting.fixing import Fixed
    from stagegraph.linting.kit import check_page
    from stagegraph.linting.linter import fix, lint
    from stagegraph.linting.request import LintOptions
    from stagegraph.linting.rule import Rule, UnknowableError
    from stagegraph.linting.subject import Subject
    from stagegraph.linting.targets import DeclaredTarget, UnknownTargets
    from stagegraph.model.graph import Edge, EdgeKind, StageGraph
    from stagegraph.planning.comparison import Comparison, Disagreement
    from stagegraph.planning.plan import Plan, PlannedStage
    from stagegraph.planning.vertices import Step, StepKind
    from stagegraph.platforms import Platform
    from stagegraph.projects.declared import (
        DeclaredBuild,
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
    "stagegraph.backends.events": (
        "Event",
        "Image",
        "ImageFile",
        "ImageFiles",
        "OutputLine",
        "PlanFinished",
        "StepCached",
        "StepFailed",
        "StepFinished",
        "StepSkipped",
        "StepStarted",
    ),
    "stagegraph.backends.protocol": ("Backend", "Build", "KnowsImages"),
    "stagegraph.backends.registry": ("find_backend",),
    "stagegraph.backends.running": ("run",),
    "stagegraph.checks": ("CheckWarning",),
    "stagegraph.errors": (
        "BackendError",
        "BackendNotFoundError",
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
        "UnsupportedError",
    ),
    "stagegraph.linting.configuration": ("LintConfiguration",),
    "stagegraph.linting.findings": ("Edit", "Finding", "Findings", "Fix", "RelatedPlace", "Severity"),
    "stagegraph.linting.fixing": ("Fixed",),
    "stagegraph.linting.kit": ("check_page",),
    "stagegraph.linting.linter": ("fix", "lint"),
    "stagegraph.linting.request": ("LintOptions",),
    "stagegraph.linting.rule": ("Rule", "UnknowableError"),
    "stagegraph.linting.subject": ("Subject",),
    "stagegraph.linting.targets": ("DeclaredTarget", "UnknownTargets"),
    "stagegraph.model.graph": ("Edge", "EdgeKind", "StageGraph"),
    "stagegraph.planning.comparison": ("Comparison", "Disagreement"),
    "stagegraph.planning.plan": ("Plan", "PlannedStage"),
    "stagegraph.planning.vertices": ("Step", "StepKind"),
    "stagegraph.platforms": ("Platform",),
    "stagegraph.projects.declared": (
        "DeclaredBuild",
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
    "Backend",
    "BackendError",
    "BackendNotFoundError",
    "BlankLine",
    "Build",
    "Builder",
    "CheckError",
    "CheckWarning",
    "CircularDependencyError",
    "Comment",
    "Comparison",
    "Content",
    "DeclaredBuild",
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
    "Event",
    "Finding",
    "Findings",
    "Fix",
    "Fixed",
    "Found",
    "Heredoc",
    "Image",
    "ImageConfigs",
    "ImageFile",
    "ImageFiles",
    "InlineDockerfile",
    "InputError",
    "Instruction",
    "InstructionError",
    "KnowsImages",
    "LimitError",
    "LintConfiguration",
    "LintOptions",
    "Options",
    "OutputLine",
    "Place",
    "Plan",
    "PlanFinished",
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
    "StepCached",
    "StepFailed",
    "StepFinished",
    "StepKind",
    "StepSkipped",
    "StepStarted",
    "Subject",
    "TargetNotFoundError",
    "UnknowableError",
    "Unknown",
    "UnknownTargets",
    "UnsupportedError",
    "__version__",
    "check_page",
    "compare",
    "find_backend",
    "find_dockerfiles",
    "fix",
    "graph",
    "lint",
    "parse",
    "plan",
    "project",
    "run",
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
