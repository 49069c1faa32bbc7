"""The Dockerfiles of the tutorial, by both real builders: what they announce, and what the images hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import stagegraph

from .announcements import completed_vertices_in, legacy_steps_in, vertices_in, vertices_planned
from .engines import DockerEngine
from .images import docker_image

pytestmark = pytest.mark.xdist_group("buildkit")

GOLDEN = Path(__file__).parents[1] / "golden"
# Two of them again with `# syntax=`, for which there is no registry; the line is taken out here.
SEED = sorted(one.name for one in GOLDEN.glob("seed-*") if not one.name.endswith("-syntax"))
SOURCES = ("source1.cpp", "source2.cpp")


def text_of(case: str) -> str:
    """The Dockerfile, without the line that would have a frontend pulled."""
    text = (GOLDEN / case / "Dockerfile").read_text(encoding="utf-8")
    return text.removeprefix("# syntax=docker/dockerfile:1\n")


def options_of(case: str) -> dict[str, Any]:
    file = GOLDEN / case / "options.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def arguments_for(case: str, context: Path) -> list[str | Path]:
    """Fills the context and tells how it is built; `--no-cache`, so that every step really runs."""
    (context / "Dockerfile").write_text(text_of(case), encoding="utf-8")
    for source in SOURCES:
        (context / source).write_text(f"int {source.partition('.')[0]};\n", encoding="utf-8")
    target = options_of(case).get("target")
    return ["--no-cache", "--network=none", *([f"--target={target}"] if target else []), context]


def test_the_seed_is_there() -> None:
    assert len(SEED) >= 8


@pytest.mark.parametrize("case", SEED)
def test_buildkit_announces_and_completes_what_is_planned(
    case: str, docker_engine: DockerEngine, context: Path, unique_tag: str
) -> None:
    done = docker_engine.build_buildkit("--progress=rawjson", f"--tag={unique_tag}", *arguments_for(case, context))
    planned = vertices_planned(stagegraph.plan(text_of(case), **options_of(case)).to_dict())
    assert vertices_in(done.stderr) == planned
    assert completed_vertices_in(done.stderr) == planned


@pytest.mark.parametrize("case", SEED)
def test_the_legacy_builder_prints_what_is_planned(
    case: str, docker_engine: DockerEngine, context: Path, unique_tag: str
) -> None:
    arguments = [f"--tag={unique_tag}", *arguments_for(case, context)]
    done = docker_engine.build_legacy(*arguments, check=False)
    planned = stagegraph.compare(text_of(case), **options_of(case)).legacy
    assert legacy_steps_in(done.stdout) == [step.name for step in planned.steps]
    if isinstance(planned, stagegraph.StageGraphError):
        assert planned.message in done.stderr
    else:
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("case", ["seed-unnamed-stages", "seed-named-stages"])
def test_only_the_binary_is_in_the_final_image(
    case: str, docker_engine: DockerEngine, context: Path, unique_tag: str, tmp_path: Path
) -> None:
    docker_engine.build_buildkit(f"--tag={unique_tag}", *arguments_for(case, context))
    image = docker_image(docker_engine, unique_tag, tmp_path)
    assert image.file_names == ["bin/hello"]
    assert image.files["bin/hello"].mode == "0755"
    assert image.config["Cmd"] == ["/bin/hello"]


def test_buildkit_leaves_out_the_stage_that_the_target_does_not_need(
    docker_engine: DockerEngine, context: Path
) -> None:
    """`stage1` is announced by the legacy builder only, and runs in it only."""
    arguments = arguments_for("seed-two-builders-target-stage2", context)
    names = [
        vertex.name for vertex in vertices_in(docker_engine.build_buildkit("--progress=rawjson", *arguments).stderr)
    ]
    assert '[stage2 1/1] RUN echo "stage2"' in names
    assert not any("stage1" in name for name in names)
    printed = docker_engine.build_legacy(*arguments).stdout
    assert '\nStep 4/6 : RUN echo "stage1"\n' in printed
    assert "\nstage1\n" in printed


def test_the_legacy_builder_stops_at_the_target(docker_engine: DockerEngine, context: Path) -> None:
    """It builds every stage before the target, needed or not, and none behind it."""
    printed = docker_engine.build_legacy(*arguments_for("seed-stage-as-base-target-build1", context)).stdout
    assert "\nStep 5/5 : RUN g++ -o /binary source.cpp\n" in printed
    assert "source2.cpp" not in printed
