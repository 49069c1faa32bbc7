"""A package of somebody else with a rule: installed, it is used, configured, explained and tested as our own are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent / "nameless"
TEXT = "FROM alpine:3\nFROM alpine:3\nCOPY --from=0 /x /x\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A directory with the package installed into it, beside which nothing else changes."""
    target = tmp_path_factory.mktemp("installed")
    source = tmp_path_factory.mktemp("source") / "nameless"
    source.mkdir()
    for path in PACKAGE.rglob("*"):
        if path.is_file() and path.suffix in (".md", ".py", ".toml"):
            copy = source / path.relative_to(PACKAGE)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(path.read_bytes())
    offline = ("--no-deps", "--no-index", "--no-build-isolation", "--quiet", "--disable-pip-version-check")
    subprocess.run([sys.executable, "-m", "pip", "install", *offline, "--target", target, source], check=True)
    return target


@pytest.fixture
def run(installed, tmp_path):
    """Runs Python where the package is installed."""
    (tmp_path / "Dockerfile").write_text(TEXT)

    def run(*arguments, code=0):
        paths = (str(installed), os.environ.get("PYTHONPATH", ""))
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done.stdout

    return run


def test_it_is_used(run):
    found = json.loads(run("-m", "stagegraph", "lint", "--format", "json", code=1))["files"][0]["findings"]
    (finding,) = [one for one in found if one["rule"] == "nameless-stage"]
    assert (finding["line"], finding["stage"], finding["severity"]) == (1, 0, "info")
    assert finding["url"] == "https://example.com/rules/nameless-stage"


def test_it_is_selected_configured_and_suppressed(run, tmp_path):
    lint = ("-m", "stagegraph", "lint", "--select", "nameless-stage")
    assert "info: give the stage a name [nameless-stage]" in run(*lint, code=1)
    (tmp_path / "stagegraph.toml").write_text('severity = { nameless-stage = "error" }\n')
    assert "error: give the stage a name [nameless-stage]" in run(*lint, code=1)
    (tmp_path / "Dockerfile").write_text(f"# stagegraph: ignore=nameless-stage it is generated\n{TEXT}")
    assert run(*lint) == "nothing found in 1 file\n"


def test_its_fix_is_made(run, tmp_path):
    run("-m", "stagegraph", "lint", "--fix", "--select", "nameless-stage")
    assert (tmp_path / "Dockerfile").read_text() == TEXT.replace("alpine:3\n", "alpine:3 AS stage0\n", 1)


def test_it_is_explained(run):
    assert run("-m", "stagegraph", "explain", "nameless-stage").startswith("# nameless-stage\n")
    assert "nameless-stage" in run("-m", "stagegraph", "explain")
    assert "# nameless-stage" in run("-m", "stagegraph", "lint", "--format", "sarif", code=1)


def test_its_page_is_its_test(run):
    assert run("-c", "import stagegraph, nameless_stage; stagegraph.check_page(nameless_stage.RULE)") == ""


def test_a_page_that_is_not_so(run, installed):
    page = installed / "nameless_stage" / "nameless-stage.md"
    text = page.read_text()
    try:
        page.write_text(text.replace("FROM golang:1.22\nRUN", "FROM golang:1.22 AS named\nRUN"))
        run("-c", "import stagegraph, nameless_stage; stagegraph.check_page(nameless_stage.RULE)", code=1)
    finally:
        page.write_text(text)


def test_without_it_there_is_no_such_rule():
    done = subprocess.run(
        [sys.executable, "-m", "stagegraph", "explain", "nameless-stage"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
