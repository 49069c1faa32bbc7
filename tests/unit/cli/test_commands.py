"""Every command, in every format."""

import json
import re

import pytest

import stagegraph

LINES = {
    "plan": "BuildKit builds stage2: 2 of 3 stages, 3 steps",
    "graph": "BuildKit, target stage2: 3 stages, 1 external image, 3 edges",
    "compare": "BuildKit                                                       | Legacy builder",
    "why base": "BuildKit runs base (line 2) for stage2",
    "stages": "LINE  NAME              BASE    PLATFORM  DESCRIPTION",
    "images": "IMAGE                            LINE  KIND  STAGE",
    "dead": "not needed for stage2:",
}


@pytest.mark.parametrize("command", LINES)
def test_text(run, command):
    result = run(*command.split())
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[0] == LINES[command]
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("command", LINES)
def test_json(run, command):
    result = run(*command.split(), "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["schema"] == 1
    assert result.stdout.isascii()


@pytest.mark.parametrize("command", ["plan", "graph", "compare"])
@pytest.mark.parametrize(("format_", "head"), [("dot", "digraph "), ("mermaid", '---\ntitle: "'), ("DOT", "digraph ")])
def test_diagrams(run, command, format_, head):
    result = run(command, "--format", format_)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(head)
    assert "stage1" in result.stdout


@pytest.mark.parametrize("command", ["why base", "stages", "images", "dead"])
@pytest.mark.parametrize("format_", ["dot", "mermaid"])
def test_what_is_no_graph_has_no_diagram(run, command, format_):
    result = run(*command.split(), "--format", format_)
    assert result.exit_code == 2
    assert "is not one of 'text', 'json'" in result.stderr


@pytest.mark.parametrize("command", LINES)
def test_help(run, command):
    name = command.split()[0]
    result = run(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: stagegraph {name} ")
    assert re.search(r"^  -f, --file FILE ", result.stdout, re.MULTILINE)


def test_plan_json_is_the_dump_of_the_plan(run, folder):
    assert json.loads(run("plan", "--format", "json").stdout) == stagegraph.plan(folder / "Dockerfile").to_dict()


def test_graph_json_is_the_dump_of_the_graph(run, folder):
    assert json.loads(run("graph", "--format", "json").stdout) == stagegraph.graph(folder / "Dockerfile").to_dict()


def test_compare_json_is_the_dump_of_the_comparison(run, folder):
    both = stagegraph.compare(folder / "Dockerfile")
    assert json.loads(run("compare", "--format", "json").stdout) == both.to_dict()


def test_the_graph_as_a_diagram_says_who_runs_a_stage(run):
    dot = run("graph", "--target", "stage2", "--format", "dot").stdout
    assert "run only by the legacy builder" in dot
    assert "run by both builders" in dot
    assert "base, line 5" in dot


def test_plan_for_a_target(run):
    assert run("plan", "--target", "stage1").stdout.startswith("BuildKit builds stage1: 2 of 3 stages, 3 steps\n")


@pytest.mark.parametrize("builder", ["legacy", "LEGACY", "Legacy"])
def test_plan_of_the_legacy_builder(run, builder):
    page = run("plan", "--builder", builder).stdout
    assert page.startswith("The legacy builder builds stage2: 3 of 3 stages, 6 steps\n")


def test_transcripts(run):
    assert run("plan", "--transcript", "--target", "stage2").stdout == (
        "[+] Building (7/7)\n"
        " => [internal] load build definition from Dockerfile\n"
        " => [internal] load metadata for docker.io/library/ubuntu:latest\n"
        " => [internal] load .dockerignore\n"
        " => [base 1/2] FROM docker.io/library/ubuntu:latest\n"
        ' => [base 2/2] RUN echo "base"\n'
        ' => [stage2 1/1] RUN echo "stage2"\n'
        " => exporting to image\n"
    )
    legacy = run("plan", "--transcript", "--target", "stage1", "--builder", "legacy").stdout
    assert legacy.splitlines()[3] == "Step 3/4 : FROM base AS stage1"


def test_a_transcript_has_no_format(run):
    result = run("plan", "--transcript", "--format", "json")
    assert result.exit_code == 2
    assert result.stderr.endswith("Error: --transcript is a text of its own; leave --format out.\n")


@pytest.mark.parametrize("stage", ["stage1", "STAGE1", "1"])
def test_why_takes_a_name_or_an_index(run, stage):
    assert run("why", stage).stdout == "BuildKit skips stage1 (line 5) for stage2\n  -  stage2 does not need it\n"


def test_why_of_the_legacy_builder(run):
    page = run("why", "stage1", "--builder", "legacy").stdout
    assert page == (
        "The legacy builder runs stage1 (line 5) for stage2\n"
        "  -  the legacy builder runs every stage up to the target\n"
    )


def test_why_of_no_stage(run):
    result = run("why", "stage9")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.startswith('Dockerfile: there is no stage "stage9"\n')


def test_dead_for_several_targets(run):
    assert run("dead", "--target", "stage1", "--target", "stage2").stdout == (
        "no dead stages: every stage is needed for stage1, stage2\n"
    )
    assert run("dead", "--target", "base").stdout == "not needed for base:\n  line 5  stage1\n  line 8  stage2\n"


@pytest.mark.parametrize(
    ("targets", "code"),
    [([], 1), (["--target", "stage2"], 1), (["--target", "stage1", "--target", "stage2"], 0)],
)
def test_dead_with_an_exit_code(run, targets, code):
    assert run("dead", "--exit-code", *targets).exit_code == code


def test_dead_says_what_the_builder_says_of_a_target(run):
    result = run("dead", "--target", "stage2", "--target", "stage9")
    assert (result.exit_code, result.stderr) == (
        4,
        'Dockerfile: target stage "stage9" could not be found (did you mean stage1?)\n',
    )


def test_stages_needs_no_names_to_resolve(run, write):
    page = run("stages", "-f", write("# t is it\nFROM $NOPE AS t\nFROM t\nCOPY --from=9 / /\n")).stdout
    assert page.splitlines()[1:] == [
        "2     t                  $NOPE  -         is it",
        "3     stage-1 (default)  t      -",
    ]


def test_images_of_the_legacy_builder(run, write):
    name = write("FROM debian\nFROM alpine\n")
    assert len(run("images", "-f", name).stdout.splitlines()) == 2
    assert len(run("images", "-f", name, "--builder", "legacy").stdout.splitlines()) == 3
