"""The hooks, the action and the pipelines: valid by the services' own schemas, and their commands run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

ROOT = Path(__file__).parents[2]
BAD = "FROM alpine:3 AS build\nFROM scratch\nCOPY --from=0 /out /\n"
SCHEMAS = files("check_jsonschema").joinpath("builtin_schemas", "vendor")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
SNIPPETS = re.findall(r"^```yaml\n(.*?)^```$", (ROOT / "docs/ci.md").read_text(), re.DOTALL | re.MULTILINE)


def schema(name):
    return Draft7Validator(json.loads(SCHEMAS.joinpath(f"{name}.json").read_text(encoding="utf-8")))


@pytest.fixture
def repository(tmp_path):
    """A repository with a bad Dockerfile, and one of two targets that a compose file declares."""
    content = {
        "Dockerfile": BAD,
        "services/web/Dockerfile": "FROM alpine:3 AS test\nFROM alpine:3 AS app\n",
        "deploy/compose.yaml": (
            "services:\n  app: {build: {context: ../services/web, target: app}}\n"
            "  test: {build: {context: ../services/web, target: test}}\n"
        ),
    }
    for name, text in content.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    return tmp_path


def environment(folder, **more):
    """Where `stagegraph` is the one that is tested, and tools keep what they make below `folder`."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**inherited, "PATH": path, "PRE_COMMIT_HOME": str(folder / ".cache"), **more}


def git(folder, *arguments):
    subprocess.run(["git", *arguments], cwd=folder, env=environment(folder), check=True)  # noqa: S607


def shell(folder, script, **more):
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=folder, env=environment(folder, **more), capture_output=True, text=True, check=False
    )


# -- pre-commit --------------------------------------------------------------------------------


def test_pre_commit_takes_the_hooks():
    done = shell(ROOT, "python -m pre_commit validate-manifest .pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout


def run_hook(folder, name, *arguments):
    """Runs a hook of ours as pre-commit runs it, but for its environment, which is the one that is tested."""
    (hook,) = [{**one, "language": "system"} for one in HOOKS if one["id"] == name]
    hook["args"] = list(arguments)
    configuration = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(configuration))
    return shell(folder, "python -m pre_commit run --all-files --color never")


def test_the_hook_judges_dockerfiles(repository):
    done = run_hook(repository, "stagegraph")
    assert done.returncode == 1
    assert "Dockerfile:3:13: warning: --from=0 counts stages" in done.stdout
    assert "dead-stage" not in done.stdout
    (repository / "Dockerfile").write_text(BAD.replace("=0", "=build"))
    done = run_hook(repository, "stagegraph")
    assert done.returncode == 0, done.stdout


def test_the_hook_that_mends(repository):
    done = run_hook(repository, "stagegraph-fix", "--select", "index-reference")
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    assert (repository / "Dockerfile").read_text() == BAD.replace("=0", "=build")
    assert run_hook(repository, "stagegraph-fix").returncode == 0


def test_the_hook_for_the_whole_repository(repository):
    done = run_hook(repository, "stagegraph-repository", "--select", "dead-stage")
    assert done.returncode == 0, done.stdout
    (repository / "deploy/compose.yaml").write_text("services: {}\n")
    done = run_hook(repository, "stagegraph-repository", "--select", "dead-stage")
    assert 'services/web/Dockerfile:1:1: warning: stage "test" is dead' in done.stdout


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("Dockerfile", True),
        ("a/web.dockerfile", True),
        ("Containerfile.dev", True),
        ("docker-compose.dev.yml", True),
        ("x/docker-bake.hcl", True),
        ("stagegraph.toml", True),
        ("compose.py", False),
        ("README.md", False),
    ],
)
def test_what_makes_it_run(path, counts):
    (hook,) = [one for one in HOOKS if one["id"] == "stagegraph-repository"]
    assert (re.search(hook["files"], path) is not None) is counts


# -- the action of GitHub ----------------------------------------------------------------------


def test_github_takes_the_action():
    schema("github-actions").validate(ACTION)


def run_action(folder, **given):
    """Runs the step that lints, with inputs as GitHub gives them; what it would install is what is tested."""
    temporary = folder / ".runner"
    temporary.mkdir(exist_ok=True)
    if not (temporary / "stagegraph").exists():
        (temporary / "stagegraph").symlink_to(sys.prefix)
    inputs = {name: one["default"] for name, one in ACTION["inputs"].items()} | given
    step = ACTION["runs"]["steps"][-1]
    variables = {
        name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda match: inputs[match[1]], value)
        for name, value in step["env"].items()
    }
    return shell(folder, step["run"], RUNNER_TEMP=str(temporary), **variables)


def test_the_action_annotates(repository):
    done = run_action(repository)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        line for line in done.stdout.splitlines() if line.startswith(("::warning ", "::notice "))
    ]
    assert "::warning file=Dockerfile,line=3," in done.stdout


def test_paths_and_arguments_of_the_action(repository):
    done = run_action(repository, paths="services\ndeploy\n", arguments="--select\ndead-stage\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = run_action(repository, arguments="--fail-on=error")
    assert done.returncode == 0, done.stderr


def test_the_action_writes_sarif(repository):
    done = run_action(repository, sarif="out.sarif")
    assert done.returncode == 1
    assert json.loads((repository / "out.sarif").read_text())["version"] == "2.1.0"
    assert "::warning file=Dockerfile" in done.stdout


def test_the_action_ends_at_a_mistake(repository):
    done = run_action(repository, sarif="out.sarif", arguments="--bogus")
    assert done.returncode == 2
    assert "No such option" in done.stderr


# -- pipelines ---------------------------------------------------------------------------------


def test_every_snippet_is_what_its_service_takes():
    kinds = []
    for snippet in SNIPPETS:
        document = yaml.safe_load(snippet)
        if "repos" in document:
            kinds.append("pre-commit")
            hooks = {hook["id"] for repo in document["repos"] for hook in repo["hooks"]}
            assert hooks <= {hook["id"] for hook in HOOKS}
        elif "jobs" in document:
            kinds.append("github")
            schema("github-workflows").validate({"on": "push", **document})
            for step in document["jobs"]["dockerfiles"]["steps"]:
                if "stagegraph@" in step["uses"]:
                    assert set(step.get("with", {})) <= set(ACTION["inputs"])
        else:
            kinds.append("gitlab")
            schema("gitlab-ci").validate(document)
    assert kinds == ["pre-commit", "github", "github", "gitlab", "gitlab"]


@pytest.mark.parametrize("snippet", [text for text in SNIPPETS if "script:" in text], ids=["codequality", "junit"])
def test_the_pipelines_of_gitlab_make_their_reports(repository, snippet):
    job = yaml.safe_load(snippet)["dockerfiles"]
    install, lint = job["script"]
    assert install == "pip install stagegraph"
    done = shell(repository, lint)
    assert done.returncode == 1
    (report,) = job["artifacts"]["reports"].values()
    assert (repository / report).stat().st_size > 0
    assert job["artifacts"]["when"] == "always"
