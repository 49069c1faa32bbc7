"""The options of a build, and where the Dockerfile comes from."""

import json

import pytest

ARGS = "ARG A=none\nARG B\nFROM alpine:$A$B\n"


def image(run, *arguments, **environment):
    result = run("images", *arguments, "--format", "json", **environment)
    assert result.exit_code == 0, result.stderr
    return [one["name"].removeprefix("docker.io/library/") for one in json.loads(result.stdout)["images"]]


@pytest.mark.parametrize(
    ("arguments", "tag"),
    [
        ([], "none"),
        (["--build-arg", "A=1"], "1"),
        (["--build-arg", "A=1", "--build-arg", "A=2"], "2"),
        (["--build-arg", "A=1", "--build-arg", "B=3"], "13"),
        (["--build-arg", "A"], "from-environment"),
        (["--build-arg", "A=1", "--build-arg", "A"], "from-environment"),
        (["--build-arg", "B"], "none"),
        (["--build-arg", "A=x", "--build-arg", "B="], "x"),
    ],
)
def test_build_args(run, write, monkeypatch, arguments, tag):
    monkeypatch.delenv("B", raising=False)
    assert image(run, "-f", write(ARGS), *arguments, A="from-environment") == [f"alpine:{tag}"]


def test_a_value_may_hold_an_equals_sign(run, write):
    page = run("plan", "-f", write('FROM alpine\nARG X\nRUN echo "$X"\n'), "--build-arg", "X=a=b").stdout
    assert 'RUN echo "a=b"' in page


def test_named_contexts(run):
    page = run("plan", "--build-context", "ubuntu=docker-image://debian", "--build-context", "base=./x").stdout
    assert "[context base] load from client" in page
    assert "ubuntu" not in page.partition("\nStages")[0]


def test_labels_count_as_steps_of_the_legacy_builder(run):
    page = run("plan", "--builder", "legacy", "--transcript", "--label", "a=b", "--label", "c").stdout
    assert page.splitlines()[-3:] == ["Step 7/8 : LABEL a=b", "Step 8/8 : LABEL c=", "Successfully built"]


def test_platform(run, write):
    name = write("FROM alpine:$TARGETARCH\n")
    assert image(run, "-f", name) == ["alpine:amd64"]
    assert image(run, "-f", name, "--platform", "linux/arm64") == ["alpine:arm64"]


def test_an_image_config(run, write):
    config = write(json.dumps({"config": {"OnBuild": ["RUN trigger"]}}), "ubuntu.json")
    page = run("plan", "--image-config", f"ubuntu={config}", "--transcript").stdout
    assert " => [base 1/3] ONBUILD RUN trigger\n" in page


def test_the_reference_of_an_image_config_is_normalised(run, write):
    config = write(json.dumps({"config": {"OnBuild": ["RUN trigger"]}}), "ubuntu.json")
    page = run("plan", "--image-config", f"docker.io/library/ubuntu:latest={config}", "--transcript").stdout
    assert "ONBUILD RUN trigger" in page


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--build-arg", "=x"], "Invalid value for '--build-arg': invalid key-value pair \"=x\": empty key"),
        (["--build-arg", ""], "Invalid value for '--build-arg': invalid key-value pair \"\": empty key"),
        (["--label", "=x"], "Invalid value for '--label': invalid key-value pair \"=x\": empty key"),
        (
            ["--build-context", "x"],
            "Invalid value for '--build-context': invalid context value: x, expected key=value",
        ),
        (["--image-config", "x"], "Invalid value for '--image-config': \"x\" is not of the form REF=FILE"),
        (["--image-config", "x="], "Invalid value for '--image-config': \"x=\" is not of the form REF=FILE"),
        (
            ["--image-config", "UP=x"],
            (
                "Invalid value for '--image-config': \"UP\": invalid reference format: "
                "repository name (library/UP) must be lowercase"
            ),
        ),
        (
            ["--platform", "a/b/c/d/e"],
            (
                'Invalid value for \'--platform\': "d/e" is an invalid component of "a/b/c/d/e": platform specifier '
                'component must match "^[A-Za-z0-9_.-]+$": invalid argument'
            ),
        ),
        (["--builder", "kaniko"], "Invalid value for '--builder': 'kaniko' is not one of 'buildkit', 'legacy'."),
        (["--color", "blue"], "Invalid value for '--color': 'blue' is not one of 'auto', 'always', 'never'."),
    ],
)
def test_a_wrong_value(run, arguments, complaint):
    result = run("plan", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"Error: {complaint}"


@pytest.mark.parametrize("option", ["-f", "--file"])
def test_the_file_can_be_named(run, write, option):
    assert "BuildKit builds x:" in run("plan", option, write("FROM alpine AS x\n")).stdout


@pytest.mark.parametrize("command", ["plan", "graph", "compare", "why 0", "stages", "images", "dead"])
def test_standard_input(run, command):
    result = run(*command.split(), "-f", "-", stdin=b"\xef\xbb\xbfFROM alpine AS from-input\r\nRUN x\r\n")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "from-input" in result.stdout


def test_an_empty_target_is_no_target(run):
    assert run("plan", "--target", "").stdout == run("plan").stdout
