"""Projects as buildx reads them: `record.py` asked it, `expected.json` is its answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stagegraph.projects import DeclaredTarget, read_project

CASES = sorted((Path(__file__).parent / "cases").iterdir())
FIELDS = ("args", "contexts", "dockerfile-inline", "labels", "platforms", "target")


def _known(target: DeclaredTarget, case: Path) -> dict[str, object]:
    """A target as `buildx bake --print` shows it, without what is empty."""
    shown = {
        "args": dict(target.build_args),
        "contexts": {name: _seen_from(case, value) for name, value in target.contexts.items()},
        "dockerfile-inline": target.inline,
        "labels": dict(target.labels),
        "platforms": list(target.platforms),
        "target": target.stage,
    }
    return {"context": _seen_from(case, target.context or ""), **{key: value for key, value in shown.items() if value}}


def _seen_from(case: Path, text: str) -> str:
    return str(Path(text).relative_to(case)) if text.startswith(str(case)) else text


def _expected(answer: dict[str, object], case: Path) -> dict[str, object]:
    fields = {key: _unescaped(answer[key]) for key in FIELDS if answer.get(key)}
    contexts = fields.get("contexts", {})
    assert isinstance(contexts, dict)
    local = {name: _local(str(value), case) for name, value in contexts.items()}
    return {**fields, **({"contexts": local} if local else {}), "context": _local(str(answer["context"]), case)}


def _local(value: str, case: Path) -> str:
    if value.startswith(("target:", "docker-image:", "http")):
        return value
    return _seen_from(case, str((case / value.removeprefix("cwd://")).resolve()))


def _dockerfile(answer: dict[str, str], case: Path) -> Path | None:
    """Where the Dockerfile of an answer is, None if it is inline or not on this disk."""
    context, written = answer["context"].removeprefix("cwd://"), answer["dockerfile"]
    if answer.get("dockerfile-inline") or context.startswith("http"):
        return None
    base = case if written.startswith("cwd://") else case / context
    return (base / written.removeprefix("cwd://")).resolve()


def _unescaped(value: object) -> object:
    """`--print` escapes what HCL would take for a template."""
    if isinstance(value, dict):
        return {key: _unescaped(item) for key, item in value.items()}
    return value.replace("$${", "${").replace("%%{", "%{") if isinstance(value, str) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_target_is_as_buildx_has_it(case):
    listed = case / "files"
    files = listed.read_text().split() if listed.exists() else None
    given = case / "environment.json"
    environment = json.loads(given.read_text()) if given.exists() else None
    project = read_project(case, files=files, environment=environment)
    answers = json.loads((case / "expected.json").read_text())
    found = {target.name: _known(target, case) for target in project.targets}
    assert [unknown for unknown in project.unknowns if unknown.targets] == []
    assert found == {name: _expected(answer, case) for name, answer in answers.items()}
    for target in project.targets:
        assert target.dockerfile == _dockerfile(answers[target.name], case)
