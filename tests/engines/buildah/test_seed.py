"""The tutorial's Dockerfiles through Buildah, by the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ..engines import Engines  # noqa: TID252 - the tests here are no package
from ..images import buildah_image  # noqa: TID252 - as above
from ..test_seed import SOURCES, text_of  # noqa: TID252 - as above

# One after the other: Buildah itself stumbles over images that another process removes meanwhile.
pytestmark = [pytest.mark.usefixtures("in_engines"), pytest.mark.xdist_group("buildah")]


def build(case: str, context: Path, *options: str) -> list[dict[str, object]]:
    """The events of a build of the command line's; a Dockerfile and its sources are laid out first."""
    (context / "Dockerfile").write_text(text_of(case), encoding="utf-8")
    for source in SOURCES:
        (context / source).write_text(f"int {source.partition('.')[0]};\n", encoding="utf-8")
    command = [sys.executable, "-m", "stagegraph", "build", str(context), "--backend=buildah", "--network=none"]
    done = subprocess.run([*command, "--format=json", *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("case", ["seed-named-stages", "seed-unnamed-stages", "seed-copy-from-image"])
def test_they_are_built(case: str, context: Path, tag: str) -> None:
    last = build(case, context, f"--tag={tag}")[-1]
    assert last["succeeded"] is True


def test_the_image_holds_only_the_binary(engines: Engines, context: Path, tmp_path: Path, tag: str) -> None:
    build("seed-named-stages", context, f"--tag={tag}")
    image = buildah_image(engines.buildah, tag, tmp_path)
    assert image.file_names == ["bin/hello"]
    assert image.files["bin/hello"].mode == "0755"
    assert image.config["Cmd"] == ["/bin/hello"]


@pytest.mark.parametrize(
    ("builder", "printed"), [("buildkit", ["base", "stage2"]), ("legacy", ["base", "stage1", "stage2"])]
)
def test_each_builder_runs_its_own_stages(builder: str, printed: list[str], context: Path, tag: str) -> None:
    events = build(
        "seed-two-builders-target-stage2", context, f"--tag={tag}", f"--builder={builder}", "--target=stage2"
    )
    lines = [event["text"] for event in events if event["event"] == "output" and event["stream"] == "stdout"]
    assert sorted(map(str, lines)) == printed
