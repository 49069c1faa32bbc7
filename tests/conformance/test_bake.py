"""What `docker buildx bake --print` says of compose and bake files: every case, every field that a build has."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import stagegraph

CASES = sorted(path.parent for path in (Path(__file__).parent / "bake").glob("*/recorded.json"))


def _recorded(target: Mapping[str, Any]) -> dict[str, Any]:
    """A target as it is recorded, in its shortest form."""
    return {
        "context": _normal(target["context"]),
        "dockerfile": target["dockerfile"],
        "dockerfile-inline": target.get("dockerfile-inline"),
        "target": target.get("target") or None,
        "args": target.get("args", {}),
        "contexts": {name: _normal(value) for name, value in target.get("contexts", {}).items()},
        "platforms": target.get("platforms", []),
    }


def _normal(path: str) -> str:
    """A path without detours and without bake's word for the current directory; what is no path stays."""
    if path.startswith("cwd://"):
        return posixpath.normpath(path.removeprefix("cwd://") or ".")
    return path if ":" in path else posixpath.normpath(path)


def _declared(build: stagegraph.DeclaredBuild, recorded: Mapping[str, Any]) -> dict[str, Any]:
    inline = isinstance(build.dockerfile, stagegraph.InlineDockerfile)
    return {
        "context": build.context,
        "dockerfile": recorded["dockerfile"] if inline else _dockerfile(build, recorded),
        "dockerfile-inline": build.dockerfile.text if inline else None,
        "target": build.target,
        "args": build.build_args,
        "contexts": {name: _bake_link(value) for name, value in build.contexts.items()},
        "platforms": list(build.platforms),
    }


def _dockerfile(build: stagegraph.DeclaredBuild, recorded: Mapping[str, Any]) -> str:
    """The Dockerfile as it is recorded, if the build means the same one."""
    written = recorded["dockerfile"]
    if isinstance(build.dockerfile, stagegraph.RemoteDockerfile):
        return build.dockerfile.path
    directory = "." if written.startswith("cwd://") else build.context
    expected = posixpath.normpath(posixpath.join(directory, written.removeprefix("cwd://")))
    return written if build.path == expected else str(build.path)


def _bake_name(build: stagegraph.DeclaredBuild) -> str:
    """The name that bake gives a service: it has no dots."""
    return build.name.replace(".", "_")


def _bake_link(context: str) -> str:
    """A named context with the name that bake gives the service whose result it is."""
    return context.replace(".", "_") if context.startswith("target:") else context


def _for_others(name: str) -> bool:
    """Whether a target of a case is only there to inherit from: bake prints it, and nobody builds it."""
    return name.startswith("_")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_same_is_built(case):
    recorded = json.loads((case / "recorded.json").read_text(encoding="utf-8"))
    project = stagegraph.project(*(case / file for file in recorded["files"]), environment=recorded["environment"])
    builds = {_bake_name(build): build for build in project.builds}
    expected = {name: _recorded(target) for name, target in recorded["targets"].items() if not _for_others(name)}
    assert builds.keys() == expected.keys()
    assert {name: _declared(build, recorded["targets"][name]) for name, build in builds.items()} == expected


def test_there_are_cases():
    assert len(CASES) == 32
