"""Whatever stands in compose and bake files, reading them and looking at the Dockerfiles raises nothing."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

import stagegraph
from stagegraph.projects.survey import survey
from stagegraph.rendering.plain import PlainPages
from stagegraph.rendering.targets import targets_dump

PIECES = st.sampled_from(
    (
        "services:\n",
        "  web:\n",
        "    build:\n",
        "      context: .\n",
        "      target: ",
        "${T:-x}",
        "$",
        "${",
        "}",
        "{",
        "[",
        "]",
        ": ",
        "- ",
        "<<: *a\n",
        "&a ",
        "*a",
        "!reset ",
        "!override ",
        "extends: web\n",
        "include: [compose.yaml]\n",
        "args: {A: 1}\n",
        "---\n",
        "\n",
        "  ",
        '"',
        "'",
        "\t",
        "é",
        "\0",
        'target "a" {\n',
        "}\n",
        "  target = ",
        "  inherits = [",
        '"a"',
        "]\n",
        "  matrix = {",
        "name = ",
        'variable "T" {\n',
        "default = ",
        "upper(",
        ")",
        "T",
        "1e999",
        "[for x in ",
        " : x]",
        "? 1 : 2",
        "<<E\n",
        "\nE\n",
        "%{ if ",
        "%{ endif }",
        "...",
        "range(99999999)",
        '{"target": ',
        '{"a": ',
        "null",
        ", ",
        "\\",
        "#",
        "/*",
    )
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)
NAMES = st.sampled_from(("compose.yaml", "docker-compose.override.yml", "docker-bake.hcl", "docker-bake.json", ".env"))


@given(st.dictionaries(NAMES, TEXTS, max_size=3))
def test_projects_never_fail(files):
    with TemporaryDirectory() as directory:
        Path(directory, "Dockerfile").write_text("ARG T\nFROM a AS x\nFROM x-$T AS y\n")
        for name, text in files.items():
            Path(directory, name).write_bytes(text.encode())
        project = stagegraph.project(directory)
        surveyed = survey(project)
    assert json.loads(json.dumps(targets_dump(surveyed)))["schema"] == 1
    assert PlainPages().targets(surveyed).endswith("\n")
    assert all(one.place.line >= 1 for one in project.unknown)
