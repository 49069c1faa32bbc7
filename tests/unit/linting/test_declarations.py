"""What compose and bake files declare, as the linter takes it: no stage that they build is called dead."""

from __future__ import annotations

from pathlib import Path

import pytest

import stagegraph
from stagegraph.cli.dockerfiles import read_file
from stagegraph.linting.declarations import ProjectIndex, Projects, nearby_project, repository_of
from stagegraph.linting.files import Asked, FileLinter
from stagegraph.linting.targets import DeclaredTarget, UnknownTargets

TEXT = "FROM alpine:3 AS base\nFROM base AS test\nFROM base AS tool\nFROM base AS app\n"
COMPOSE = "services:\n  web:\n    build: {context: ., target: test, args: {A: b}}\n"
OPEN = "services:\n  web:\n    build: {context: ., target: '${STAGE:-test}'}\n"
BAKE = 'target "all" {\n  matrix = { stage = ["test", "app"] }\n  name = stage\n  target = stage\n}\n'


@pytest.fixture
def write(tmp_path):
    """Writes files by their names."""

    def write(**files: str) -> Path:
        for name, text in {"Dockerfile": TEXT, **files}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        return tmp_path

    return write


def dead(found: stagegraph.Findings) -> list[object]:
    return [one.stage for one in found if one.rule == "dead-stage"]


def declared(folder: Path, path: str = "Dockerfile") -> object:
    return ProjectIndex(stagegraph.project(folder)).declarations_of(folder / path).targets


def test_nothing(write):
    folder = write()
    assert declared(folder) is None
    assert dead(stagegraph.lint(folder / "Dockerfile")) == ["test", "tool"]


@pytest.mark.parametrize(
    ("files", "stages"),
    [
        ({"compose.yaml": COMPOSE}, ["tool", "app"]),
        ({"docker-bake.hcl": BAKE}, ["tool"]),
        ({"compose.yaml": COMPOSE, "docker-bake.hcl": BAKE.replace("test", "tool")}, []),
    ],
)
def test_a_stage_is_dead_that_no_declared_target_needs(write, files, stages):
    assert dead(stagegraph.lint(write(**files) / "Dockerfile")) == stages


def test_a_declared_build(write):
    assert declared(write(**{"compose.yaml": COMPOSE})) == (
        DeclaredTarget("test", {"A": "b"}, {}, "compose service web, compose.yaml:3"),
    )


def test_a_target_that_cannot_be_known(write):
    folder = write(**{"compose.yaml": OPEN})
    reason = "compose service web: the target depends on STAGE, which can be set from outside (compose.yaml:3)"
    unknown = declared(folder)
    assert isinstance(unknown, UnknownTargets)
    assert unknown.reason == reason
    assert [one.stage for one in unknown.known] == ["test"]
    found = stagegraph.lint(folder / "Dockerfile")
    assert dead(found) == []
    assert found.silences["dead-stage"] == reason


def test_many_reasons_are_cut(write):
    services = "".join(f"  s{number}:\n    build: {{target: '${{S}}'}}\n" for number in range(5))
    unknown = declared(write(**{"compose.yaml": f"services:\n{services}"}))
    assert isinstance(unknown, UnknownTargets)
    assert unknown.reason.endswith("; and 2 reasons more")


@pytest.mark.parametrize(("given", "stages"), [(["tool"], ["tool"]), (["tool", "app"], [])])
def test_given_targets_are_all_there_are(write, given, stages):
    found = stagegraph.lint(write(**{"compose.yaml": COMPOSE}) / "Dockerfile", targets=given)
    assert dead(found) == [stage for stage in ("test", "tool", "app") if stage not in given]
    assert set(stages) <= {"tool"}


def test_a_given_project_is_asked_instead(write):
    folder = write(**{"compose.yaml": COMPOSE, "other/docker-bake.hcl": BAKE.replace("stage\n}", "stage\n}")})
    path = folder / "Dockerfile"
    project = stagegraph.project(folder / "compose.yaml")
    assert dead(stagegraph.lint(path, project=project)) == ["tool", "app"]
    assert dead(stagegraph.lint(TEXT, project=project)) == ["test", "tool"]  # a text has no path


def test_fixes_keep_what_is_declared(write):
    folder = write(**{"compose.yaml": COMPOSE})
    assert stagegraph.fix(folder / "Dockerfile").text == "FROM alpine:3 AS base\nFROM base AS test\n"
    folder = write(**{"compose.yaml": OPEN})
    assert stagegraph.fix(folder / "Dockerfile").text == TEXT


def test_fixes_where_the_target_is_not_known_change_no_stage(write):
    text = "FROM alpine:3 AS Base\nFROM alpine:3 AS test\nFROM alpine:3 AS app\nCOPY --from=0 /x /x\n"
    folder = write(**{"compose.yaml": OPEN, "Dockerfile": text})
    fixed = stagegraph.fix(folder / "Dockerfile").text
    assert fixed == text.replace("AS Base", "AS base").replace("=0", "=base")


def test_arguments_that_are_declared_end_no_build(write):
    text = "ARG A\nFROM $A AS a\nFROM ${B} AS app\n"
    folder = write(**{"compose.yaml": COMPOSE.replace("test", "a"), "Dockerfile": text})
    assert [one.message for one in stagegraph.lint(folder / "Dockerfile") if one.rule == "build-error"] == [
        "base name (${B}) should not be blank"
    ]
    assert "build-error" in [one.rule for one in stagegraph.lint("ARG A\nFROM $A AS a\n")]


def test_a_build_without_the_arguments_of_another():
    text = "ARG A=test\nFROM alpine:3 AS x\nFROM alpine:3 AS test\nFROM $A AS app\n"
    targets = [stagegraph.DeclaredTarget("app", {"A": "x"}), stagegraph.DeclaredTarget("app")]
    assert dead(stagegraph.lint(text, targets=targets)) == []


def test_a_link_to_the_dockerfile(write):
    folder = write(**{"compose.yaml": COMPOSE.replace("context: .", "context: ., dockerfile: link")})
    (folder / "link").symlink_to("Dockerfile")
    assert dead(stagegraph.lint(folder / "Dockerfile")) == ["tool", "app"]
    assert dead(stagegraph.lint(folder / "link")) == ["tool", "app"]


def test_a_target_that_names_no_stage(write):
    found = stagegraph.lint(write(**{"compose.yaml": COMPOSE.replace("test", "tst")}) / "Dockerfile")
    assert [(one.rule, one.message) for one in found] == [
        (
            "target-not-found",
            'the target "tst" (compose service web, compose.yaml:3) names no stage; did you mean test?',
        )
    ]
    assert found.silences["dead-stage"] == 'the target "tst" names no stage'


def test_the_files_above_count_up_to_the_repository(write):
    folder = write(**{"compose.yaml": COMPOSE.replace("context: .", "context: a/b"), "a/b/Dockerfile": TEXT})
    assert dead(stagegraph.lint(folder / "a/b/Dockerfile")) == ["tool", "app"]
    (folder / "a/.git").mkdir()
    assert dead(stagegraph.lint(folder / "a/b/Dockerfile")) == ["test", "tool"]


def test_what_lies_beside_is_only_found_in_the_whole_repository(write):
    folder = write(**{"deploy/compose.yaml": COMPOSE.replace("context: .", "context: ..")})
    assert nearby_project(folder / "Dockerfile") is None
    path = str(folder / "Dockerfile")

    def dead_for(**asked: object) -> list[object]:
        linted = FileLinter(Asked(**asked)).lint(path, read_file(path))
        assert linted.findings is not None, linted.error
        return dead(linted.findings)

    assert dead_for() == ["test", "tool"]
    assert dead_for(tops=(folder,)) == ["tool", "app"]
    assert dead_for(project=folder) == ["tool", "app"]
    assert dead_for(project=folder, targets=("app",)) == ["tool"]
    (folder / ".git").mkdir()
    assert dead_for() == ["tool", "app"]
    (folder / "stagegraph.toml").write_text('targets = ["tool", "app"]\n')
    assert dead_for() == []


def test_a_configuration_settles_what_is_unknown(write, monkeypatch):
    folder = write(**{"compose.yaml": OPEN, "stagegraph.toml": 'targets = ["app"]\n'})
    monkeypatch.chdir(folder)
    linted = FileLinter(Asked()).lint("Dockerfile", read_file("Dockerfile"))
    assert linted.findings is not None
    assert dead(linted.findings) == ["tool"]


def test_variables_of_the_files(write):
    folder = write(**{"compose.yaml": OPEN})
    path = str(folder / "Dockerfile")
    linted = FileLinter(Asked(environment={"STAGE": "app"})).lint(path, read_file(path))
    assert linted.findings is not None
    assert dead(linted.findings) == ["test", "tool"]


def test_a_project_that_is_not_there(write):
    path = str(write() / "Dockerfile")
    linted = FileLinter(Asked(project=Path("nowhere"))).lint(path, read_file(path))
    assert linted.error is not None
    assert linted.error.message == "nowhere: no such file or directory"


@pytest.mark.parametrize(
    ("context", "ignored", "found"),
    [
        (".", "app/.dockerignore", False),
        (".", ".dockerignore", True),
        ("app", "app/.dockerignore", True),
        ("https://example.com/x.git", "app/.dockerignore", False),
        ("https://example.com/x.git", "app/Dockerfile.dockerignore", True),
    ],
)
def test_the_ignore_file_is_that_of_the_declared_context(write, monkeypatch, context, ignored, found):
    dockerfile = "app/Dockerfile" if context == "." else "Dockerfile"
    compose = f"services:\n  web:\n    build: {{context: '{context}', dockerfile: {dockerfile}}}\n"
    text = "FROM alpine:3\nCOPY secret /\n"
    folder = write(**{"app/Dockerfile": text, "compose.yaml": compose, ignored: "secret\n"})
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder)
    if "https" in context:  # its Dockerfile is fetched; so another service builds this one
        (folder / "compose.yaml").write_text(compose + "  x: {build: {context: ., dockerfile: app/Dockerfile}}\n")
    linted = FileLinter(Asked()).lint("app/Dockerfile", read_file("app/Dockerfile"))
    assert linted.findings is not None
    assert ("CopyIgnoredFile" in [one.rule for one in linted.findings]) is found


def test_each_project_is_read_once(write, monkeypatch):
    folder = write(**{"compose.yaml": COMPOSE, "a/Dockerfile": TEXT, ".git": ""})
    projects = Projects(None, (), {})
    first = projects.declarations_of(folder / "Dockerfile")
    (folder / "compose.yaml").unlink()
    assert projects.declarations_of(folder / "Dockerfile") == first
    assert projects.declarations_of(folder / "a/Dockerfile").targets is None
    monkeypatch.chdir(folder / "a")
    assert projects.declarations_of(Path("../Dockerfile")) == first


def test_the_repository(tmp_path):
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / ".git").write_text("gitdir: elsewhere\n")
    assert repository_of(below) == repository_of(tmp_path) == tmp_path


def test_directories_that_cannot_be_read_declare_nothing(monkeypatch):
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("stagegraph.linting.declarations.os.listdir", refuse)
    assert nearby_project(Path("Dockerfile")) is None


def test_a_stage_that_seems_dead_is_looked_for_in_the_whole_repository(write, monkeypatch):
    folder = write(**{"deploy/compose.yaml": COMPOSE.replace("context: .", "context: ../app"), "app/Dockerfile": TEXT})
    path = folder / "app" / "Dockerfile"
    assert dead(stagegraph.lint(path)) == ["test", "tool"]
    (folder / ".git").mkdir()
    assert dead(stagegraph.lint(path)) == ["tool", "app"]
    assert "AS test" in stagegraph.fix(path).text
    path.write_text("FROM alpine:3\n")
    monkeypatch.setattr("stagegraph.linting.linter.repository_project", None)
    assert dead(stagegraph.lint(path)) == []


def test_a_build_that_seems_to_fail_is_looked_for_in_the_whole_repository(write):
    compose = "services: {w: {build: {context: .., args: {BASE: alpine}}}}\n"
    folder = write(**{"deploy/compose.yaml": compose, "Dockerfile": "ARG BASE\nFROM ${BASE}\n"})
    (folder / ".git").mkdir()
    assert "build-error" not in [finding.rule for finding in stagegraph.lint(folder / "Dockerfile")]
