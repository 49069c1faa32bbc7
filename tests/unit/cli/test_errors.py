"""What is wrong, said on standard error, each kind with its exit code."""

import os

import pytest

from stagegraph.cli.exit_codes import ExitCode

COMMANDS = ["plan", "graph", "why 0", "stages", "images", "dead"]


@pytest.mark.parametrize("command", [*COMMANDS, "compare"])
def test_there_is_no_dockerfile(run, folder, command):
    (folder / "Dockerfile").unlink()
    result = run(*command.split())
    assert (result.exit_code, result.stdout, result.stderr) == (
        ExitCode.UNREADABLE,
        "",
        "stagegraph: there is no ./Dockerfile; name one with --file FILE, or --file - for standard input\n",
    )


@pytest.mark.parametrize("command", [*COMMANDS, "compare"])
@pytest.mark.parametrize(
    ("name", "reason"), [("nowhere/x", "no such file or directory"), (".", "is a directory"), ("", "is a directory")]
)
def test_the_file_cannot_be_read(run, command, name, reason):
    result = run(*command.split(), "--file", name)
    if name == "":  # the same as no --file at all
        assert result.exit_code == ExitCode.FINE
    else:
        assert (result.exit_code, result.stderr) == (ExitCode.UNREADABLE, f"stagegraph: {name}: {reason}\n")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_forbidden_file(run, folder):
    (folder / "Dockerfile").chmod(0)
    result = run("plan")
    assert (result.exit_code, result.stderr) == (ExitCode.UNREADABLE, "stagegraph: Dockerfile: permission denied\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_what_the_builder_refuses(run, write, command):
    name = write("FROM alpine\n\tRUNN x\n")
    result = run(*command.split(), "-f", name)
    assert (result.exit_code, result.stdout, result.stderr) == (
        ExitCode.REFUSED,
        "",
        "other.Dockerfile:2:2: unknown instruction: RUNN (did you mean RUN?)\n 2 | \tRUNN x\n   | \t^^^^^^\n",
    )


def test_the_path_is_shown_as_given(run, folder):
    (folder / "deep").mkdir()
    (folder / "deep" / "x").write_text("FROM alpine\nCOPY --from=9 / /\n")
    assert run("plan", "-f", "deep/x").stderr.startswith("deep/x:2:1: invalid stage index 9\n")
    assert run("plan", "-f", "-", stdin="RUN x\n").stderr.startswith("standard input:1:1: no build stage in current")


def test_a_target_that_is_not_there(run):
    result = run("plan", "--target", "stage")
    assert (result.exit_code, result.stderr) == (
        ExitCode.REFUSED,
        'Dockerfile: target stage "stage" could not be found (did you mean stage1?)\n',
    )


def test_the_legacy_builder_shows_the_steps_before_it_fails(run, write):
    name = write("FROM alpine\nCOPY --chmod=1 a b\nRUN x\n")
    steps = "Step 1/3 : FROM alpine\nStep 2/3 : COPY --chmod=1 a b\n"
    result = run("plan", "-f", name, "--builder", "legacy")
    assert (result.exit_code, result.stdout) == (ExitCode.REFUSED, steps)
    assert result.stderr.startswith("other.Dockerfile:2:1: the --chmod option requires BuildKit.")
    transcript = run("plan", "-f", name, "--builder", "legacy", "--transcript")
    assert (transcript.exit_code, transcript.stdout) == (4, f"Sending build context to Docker daemon\n{steps}")


@pytest.mark.parametrize("format_", ["json", "dot", "mermaid"])
def test_but_not_among_json_or_a_diagram(run, write, format_):
    name = write("FROM alpine\nCOPY --chmod=1 a b\n")
    result = run("plan", "-f", name, "--builder", "legacy", "--format", format_)
    assert (result.exit_code, result.stdout) == (ExitCode.REFUSED, "")


@pytest.mark.parametrize("format_", ["text", "json", "dot", "mermaid"])
def test_a_failure_is_a_part_of_what_compare_answers(run, write, format_):
    result = run("compare", "-f", write("FROM alpine\nRUNN x\n"), "--format", format_)
    assert (result.exit_code, result.stderr) == (ExitCode.FINE, "")
    assert "unknown instruction: RUNN" in result.stdout


def test_a_limit_of_stagegraph(run, write):
    doubling = "FROM alpine\nENV A=aaaaaaaaaaaaaaaa\n" + "ENV A=$A$A\n" * 60
    result = run("plan", "-f", write(doubling))
    assert (result.exit_code, result.stdout) == (ExitCode.LIMIT, "")
    assert result.stderr.startswith("other.Dockerfile:")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "x.json: no image config: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        (b"\xff\xfe", "x.json: no image config: "),
        (b"[]", "x.json: no image config: a JSON object was expected"),
        (b"[" * 100_000, "x.json: no image config: "),
        (b'{"config": {"OnBuild": 5}}', "the image config of docker.io/library/ubuntu:latest is malformed: "),
    ],
)
def test_an_image_config_that_cannot_be_read(run, write, content, reason):
    write(content, "x.json")
    result = run("plan", "--image-config", "ubuntu=x.json")
    assert (result.exit_code, result.stdout) == (ExitCode.UNREADABLE, "")
    assert result.stderr.startswith(f"stagegraph: {reason}")


def test_an_image_config_that_is_not_there(run):
    result = run("plan", "--image-config", "ubuntu=x.json")
    assert (result.exit_code, result.stderr) == (
        ExitCode.UNREADABLE,
        "stagegraph: x.json: no such file or directory\n",
    )


BAD = {
    "binary": bytes(range(256)) * 20,
    "utf-16": "FROM alpine\nRUN x\n".encode("utf-16"),
    "a long line": b"FROM alpine\nRUN " + b"x" * 10_000_000,
    "a long line without keyword": b"X" * 10_000_000,
    "an open heredoc": b"FROM alpine\nRUN <<EOF\nx\n",
    "nothing": b"",
    "blanks": b"\n \n\t\n",
    "NUL": b"FROM alpine\nRUN a\0b\n",
    "escape sequences": b"FROM alpine\nR\x1b]0;x\x07N\n",
}


@pytest.mark.parametrize("command", [*COMMANDS, "compare"])
@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_bad_input(run, write, command, content):
    result = run(*command.split(), "-f", write(content))
    assert result.exit_code in (ExitCode.FINE, ExitCode.REFUSED, ExitCode.LIMIT)
    assert (result.stderr == "") is (result.exit_code == ExitCode.FINE)
    assert len(result.stderr) < 3000
    assert "\x1b" not in result.stdout + result.stderr
