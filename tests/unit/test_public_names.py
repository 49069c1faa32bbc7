"""The public names are a list, and importing it costs nothing."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys

import pytest

import stagegraph

PUBLIC = [
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
    "DeclaredTargets",
    "Declarer",
    "Directive",
    "Disagreement",
    "Dockerfile",
    "DockerfilePath",
    "DockerfileSyntaxError",
    "Edge",
    "EdgeKind",
    "Event",
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
    "Options",
    "OutputLine",
    "Place",
    "Plan",
    "PlanFinished",
    "PlannedStage",
    "PlanningError",
    "Platform",
    "Project",
    "RemoteDockerfile",
    "ResolutionError",
    "ScanFault",
    "ScanRecord",
    "ScannedBuild",
    "ScannedEdge",
    "ScannedStage",
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
    "TargetNotFoundError",
    "Unknown",
    "UnsupportedError",
    "__version__",
    "compare",
    "find_backend",
    "find_dockerfiles",
    "graph",
    "parse",
    "plan",
    "project",
    "run",
    "scan",
]
HEAVY = ("attrs", "attr", "click", "docker", "graphviz", "hcl2", "lark", "networkx", "rich", "yaml")


def modules_after(code: str) -> set[str]:
    """The top-level modules that are loaded once `code` has run in a fresh interpreter."""
    report = "import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], check=True, capture_output=True, text=True)
    return set(json.loads(done.stdout))


def test_public_names() -> None:
    assert stagegraph.__all__ == PUBLIC
    assert sorted(stagegraph.__all__) == stagegraph.__all__
    assert dir(stagegraph) == stagegraph.__all__


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_can_be_imported_and_is_documented(name: str) -> None:
    value = getattr(importlib.import_module("stagegraph"), name)
    if isinstance(value, type) or callable(value):
        assert value.__doc__


def test_every_public_name_has_one_home() -> None:
    homes = [name for names in stagegraph._HOMES.values() for name in names]
    assert sorted([*homes, "__version__"]) == PUBLIC


def test_there_are_no_other_names() -> None:
    with pytest.raises(AttributeError, match="module 'stagegraph' has no attribute 'nonsense'"):
        _ = stagegraph.nonsense


def test_importing_stagegraph_loads_nothing_heavy() -> None:
    assert modules_after("import stagegraph").isdisjoint(HEAVY)
    assert modules_after("import stagegraph; stagegraph.__version__; dir(stagegraph)").isdisjoint(HEAVY)


@pytest.mark.parametrize("code", ["stagegraph.parse('FROM a\\n')", "stagegraph.parse('FROM a\\nRUN b\\n').text"])
def test_parse_loads_no_networkx(code: str) -> None:
    loaded = modules_after(f"import stagegraph; {code}")
    assert "lark" in loaded
    assert loaded.isdisjoint({"networkx", "graphviz", "click", "rich"})


def test_planning_loads_no_drawing() -> None:
    loaded = modules_after("import stagegraph; stagegraph.plan('FROM a\\n').to_dict()")
    assert "lark" in loaded
    assert loaded.isdisjoint({"graphviz", "click", "rich"})


def test_errors_are_there_without_anything_heavy() -> None:
    assert modules_after("from stagegraph import StageGraphError").isdisjoint({"lark", "networkx", "graphviz"})
