"""The words that Docker's command line is given."""

from __future__ import annotations

from pathlib import Path

import pytest

import stagegraph
from stagegraph.backends.buildkit.command import command_of, find_program, legacy_command_of, work_folder
from stagegraph.backends.protocol import Build

TEXT = "FROM alpine AS a\nRUN echo 1\n"
CONTEXT, IMAGE_FILE = Path("/context"), Path("/image")


def command(build, make=command_of):
    return make(build, "docker", CONTEXT, IMAGE_FILE)


def build(plan=None, **options):
    options.setdefault("plan", stagegraph.plan(TEXT, **(plan or {})))
    return Build(**options)


def test_the_least():
    words = command(build()).words
    assert words == (
        *("docker", "buildx", "build", "--progress=rawjson", "--iidfile=/image", "--file=-"),
        *("--platform=linux/amd64", "/context"),
    )


def test_the_least_of_the_legacy_builder():
    made = command(build({"builder": "legacy"}), legacy_command_of)
    assert made.words == ("docker", "build", "--force-rm", "--iidfile=/image", "--file=-", "/context")
    assert made.variables == {"DOCKER_BUILDKIT": "0"}


@pytest.mark.parametrize("make", [command_of, legacy_command_of])
def test_everything_that_is_asked_for_is_passed_on(make):
    plan = {"target": "a", "build_args": {"V": "a b; $(x)"}, "labels": {"l": "m"}}
    words = command(build(plan, tags=("t:1", "u:2"), network="host", no_cache=True), make).words
    wanted = (
        "--target=a",
        "--build-arg=V=a b; $(x)",
        "--label=l=m",
        "--network=host",
        "--no-cache",
        "--tag=t:1",
        "--tag=u:2",
    )
    assert set(wanted) <= set(words)
    assert words[-1] == "/context"


def test_an_image_with_a_name_is_loaded_into_the_engine():
    assert "--load" in command(build(tags=("t:1",))).words
    assert "--load" not in command(build()).words


def test_a_builder_instance_is_passed_on():
    assert "--builder=far" in command(build(instance="far")).words


def test_named_contexts_are_passed_on():
    assert "--build-context=x=/y" in command(build({"contexts": {"x": "/y"}})).words


@pytest.mark.parametrize(("platform", "words"), [("linux/amd64", []), ("linux/arm64", ["--platform=linux/arm64"])])
def test_the_legacy_builder_is_asked_for_a_platform_only_if_it_is_another(platform, words):
    made = command(build({"builder": "legacy", "platform": platform}), legacy_command_of)
    assert [word for word in made.words if word.startswith("--platform")] == words


def test_a_dockerfile_is_named_where_it_stands_as_it_was_planned(tmp_path):
    file = tmp_path / "Dockerfile"
    file.write_text(TEXT)
    assert f"--file={file}" in command(build(dockerfile=file)).words
    file.write_text("FROM other\n")
    assert "--file=-" in command(build(dockerfile=file)).words
    assert "--file=-" in command(build(dockerfile=tmp_path / "none")).words
    assert command(build(dockerfile=file)).dockerfile == TEXT.encode()


def test_a_value_that_sounds_secret_stands_in_no_word(monkeypatch):
    monkeypatch.delenv("DB_PASSWORD", raising=False)
    made = command(build({"build_args": {"DB_PASSWORD": "hush"}}))
    assert made.variables == {"DB_PASSWORD": "hush"}
    assert not any("hush" in word for word in made.words)
    assert "--build-arg=DB_PASSWORD" in made.words


def test_a_variable_of_this_process_is_not_taken_for_another_value(monkeypatch):
    monkeypatch.setenv("DB_PASSWORD", "of this process")
    made = command(build({"build_args": {"DB_PASSWORD": "hush"}}))
    assert "--build-arg=DB_PASSWORD=hush" in made.words
    assert made.variables == {}


def test_without_a_context_there_is_an_empty_one(tmp_path):
    with work_folder(build()) as (context, _):
        assert list(context.iterdir()) == []
    assert not context.exists()
    with work_folder(build(context=tmp_path)) as (context, image_file):
        assert context == tmp_path
        assert image_file.parent != tmp_path


def test_a_program_that_is_not_there(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(stagegraph.BackendError, match="there is no command docker"):
        find_program()
