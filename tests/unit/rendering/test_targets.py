"""The answer of `targets`, in every form."""

import pytest

import stagegraph
from stagegraph.projects.survey import survey
from stagegraph.rendering.plain import PlainPages
from stagegraph.rendering.targets import targets_dump
from stagegraph.rendering.terminal import Paper, TerminalPages

FILES = {
    "Dockerfile": "FROM a AS base\nFROM base AS prod\nFROM base AS test\n",
    "bad/Dockerfile": "FROM a\nFORM b\n",
    "compose.yaml": """\
services:
  web: {build: {context: ., target: prod}}
  odd: {build: {context: ., target: "pro\\e"}}
  gone: {build: gone}
  inline:
    build:
      dockerfile_inline: "FROM a AS x"
      target: $T
  far: {build: "https://example.com/r.git"}
""",
}


@pytest.fixture
def surveyed(tmp_path):
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    return survey(stagegraph.project(tmp_path))


def test_plain_text(surveyed):
    assert PlainPages().targets(surveyed) == (
        "Dockerfile: 3 stages\n"
        "  prod (line 2)  compose.yaml:2  compose service web\n"
        "  pro\\x1b        compose.yaml:3  compose service odd  names no stage; did you mean prod?\n"
        "  no target needs test (line 3)\n"
        "\n"
        "bad/Dockerfile: unknown instruction: FORM (did you mean FROM?) (line 2)\n"
        "  the last stage  -  no target is declared\n"
        "\n"
        "gone/Dockerfile: there is no such file\n"
        "  the last stage  compose.yaml:4  compose service gone\n"
        "\n"
        "Dockerfile in compose.yaml:7: 1 stage\n"
        "  x (line 1), the last stage  compose.yaml:5  compose service inline\n"
        "  not known: compose service inline: the target depends on T, which can be set from outside (compose.yaml:8)\n"
    )


def test_a_terminal(surveyed):
    page = TerminalPages(Paper(width=100, colour=False)).targets(surveyed)
    assert "  prod (line 2)  compose.yaml:2  compose service web\n" in page
    assert "names no stage; did you mean prod?" in page
    assert "  no target needs test (line 3)\n" in page
    assert "not known: compose service inline: the target depends on T" in page
    coloured = TerminalPages(Paper(width=60)).targets(surveyed)
    assert "\x1b[1;32mprod (line 2)\x1b[0m" in coloured


def test_reasons_stand_below_their_dockerfile(tmp_path):
    (tmp_path / "Dockerfile").write_text("FROM a AS base\nFROM base\n")
    (tmp_path / "compose.yaml").write_text("services: {w: {build: {context: ., target: $T}}}")
    surveyed = survey(stagegraph.project(tmp_path))
    reason = "not known: compose service w: the target depends on T, which can be set from outside (compose.yaml:1)"
    for pages in (PlainPages(), TerminalPages(Paper(width=160, colour=False))):
        assert pages.targets(surveyed).splitlines()[-1] == f"  {reason}"


def test_a_directory_without_anything(tmp_path):
    surveyed = survey(stagegraph.project(tmp_path))
    assert PlainPages().targets(surveyed) == "there is no Dockerfile, and none is declared\n"
    page = TerminalPages(Paper(colour=False)).targets(surveyed)
    assert page == "There is no Dockerfile, and none is declared\n"


def test_what_is_not_known_is_said_without_a_dockerfile_too(tmp_path):
    (tmp_path / "compose.yaml").write_text("[")
    surveyed = survey(stagegraph.project(tmp_path))
    reason = "it is no YAML: did not find expected node content (compose.yaml:1)"
    assert PlainPages().targets(surveyed).splitlines()[1:] == ["", "not known", f"  {reason}"]
    page = TerminalPages(Paper(width=100, colour=False)).targets(surveyed)
    assert page.splitlines()[1:] == ["", f"  not known: {reason}"]


def test_the_dump(surveyed):
    dump = targets_dump(surveyed)
    assert dump["files"] == ["compose.yaml"]
    first, bad, gone, inline = dump["dockerfiles"]
    assert first == {
        "dockerfile": "Dockerfile",
        "inline": None,
        "stages": [
            {"index": index, "name": name, "line": index + 1} for index, name in enumerate(("base", "prod", "test"))
        ],
        "error": None,
        "targets": [
            {"target": "prod", "stage": 1, "suggestion": None, "builds": [_build("web", 2)]},
            {"target": "pro\x1b", "stage": None, "suggestion": "prod", "builds": [_build("odd", 3)]},
        ],
        "unneeded": [{"index": 2, "name": "test", "line": 3}],
        "reasons": [],
    }
    assert (bad["stages"], bad["unneeded"]) == (None, None)
    assert bad["error"].startswith("unknown instruction: FORM")
    assert (gone["dockerfile"], gone["stages"], gone["error"]) == ("gone/Dockerfile", None, None)
    assert (inline["dockerfile"], inline["inline"]) == (None, {"file": "compose.yaml", "line": 7})
    assert [build["name"] for build in dump["remote"]] == ["far"]
    assert dump["unknown"] == [
        {
            "reason": "compose service inline: the target depends on T, which can be set from outside",
            "place": {"file": "compose.yaml", "line": 8},
            "dockerfiles": "",
        }
    ]


def _build(name, line):
    place = {"file": "compose.yaml", "line": line}
    return {
        "declarer": "compose service",
        "name": name,
        "declared_at": place,
        "target_at": place,
        "context": ".",
        "build_args": {},
        "contexts": {},
        "platforms": [],
        "open": {},
    }
