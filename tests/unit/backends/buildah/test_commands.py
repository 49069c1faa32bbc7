"""Buildah's commands, and its errors as ours."""

from __future__ import annotations

import pytest

from stagegraph.backends.buildah.commands import Buildah, reason
from stagegraph.backends.buildah.processes import Ending
from stagegraph.backends.containers.engine import EngineError
from stagegraph.backends.progress import Cancellation, CancelledError
from stagegraph.errors import BackendError


class Missing:
    """A runner that finds no program."""

    def call(self, argv, *_rest):
        raise FileNotFoundError(2, "no such file", argv[0])

    def stream(self, argv, *_rest):
        raise FileNotFoundError(2, "no such file", argv[0])


def test_what_a_command_prints_comes_without_blanks(buildah, fake):
    fake.answers["info"] = lambda _words: Ending(0, b" x\n")
    assert buildah.call("info") == "x"
    assert buildah.read("info") == b" x\n"


def test_a_command_that_fails(buildah, fake):
    fake.answers["info"] = lambda _words: Ending(125, error="a warning\nError: it is\n  broken\n")
    with pytest.raises(EngineError) as caught:
        buildah.call("info")
    assert caught.value.message == "it is broken"
    assert buildah.attempt("info").exit_code == 125


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        (Ending(1, error="plain words\n"), "plain words"),
        (Ending(3), "buildah ended with exit code 3"),
        (Ending(-9, error="Error: x"), "buildah was killed by SIGKILL"),
    ],
)
def test_why_a_command_failed(ending, said):
    assert reason(ending) == said


def test_no_command_begins_in_a_build_that_was_cancelled_but_those_that_clear_away(fake, tmp_path):
    cancellation = Cancellation()
    buildah = Buildah(fake, tmp_path, cancellation)
    cancellation.cancel()
    with pytest.raises(CancelledError):
        buildah.call("images", "--json")
    assert buildah.attempt("images", "--json").exit_code == 0


def test_buildah_is_not_installed(tmp_path):
    buildah = Buildah(Missing(), tmp_path, Cancellation())
    for begin in (
        lambda: buildah.call("info"),
        lambda: buildah.attempt("info"),
        lambda: buildah.stream((), ("run",), lambda *_: None, Cancellation()),
    ):
        with pytest.raises(BackendError, match="needs the program buildah: install it"):
            begin()


def test_a_buildah_that_is_killed_while_it_runs_a_command(buildah, fake):
    fake.ran = lambda _root, _words: ([], -9)
    with pytest.raises(EngineError, match="buildah was killed by SIGKILL"):
        buildah.stream((), ("run", "c", "--", "x"), lambda *_: None, Cancellation())


def test_a_command_that_cannot_be_begun(buildah, fake):
    fake.ran = lambda _root, _words: ([("Error: no such user", "stderr")], 125)
    with pytest.raises(EngineError, match="no such user"):
        buildah.stream((), ("run", "c", "--", "x"), lambda *_: None, Cancellation())


def test_temporary_files_of_buildah_stand_in_the_folder_of_the_build(buildah):
    assert buildah.environment["TMPDIR"] == str(buildah.folder)


@pytest.mark.parametrize("has_settings", [True, False])
def test_a_docker_config_that_holds_no_file_is_not_passed_on(has_settings, fake, tmp_path, monkeypatch):
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    if has_settings:
        (tmp_path / "config.json").write_text("{}")
    assert ("DOCKER_CONFIG" in Buildah(fake, tmp_path, Cancellation()).environment) is has_settings


@pytest.mark.parametrize(("user", "said", "isolation"), [(0, "", "oci"), (1, "", "rootless"), (1, "chroot", "chroot")])
def test_the_isolation_is_buildahs_own(user, said, isolation, fake, tmp_path, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: user)
    monkeypatch.setenv("BUILDAH_ISOLATION", said)
    assert Buildah(fake, tmp_path, Cancellation()).isolation == isolation


def test_a_process_is_ended_by_the_runtime_that_began_it(buildah, fake, monkeypatch):
    called = []
    fake.answers["info"] = lambda _words: Ending(0, b"crun\n")
    call = fake.call
    monkeypatch.setattr(fake, "call", lambda argv, *rest: called.append(argv) or call(("", *argv[1:]), *rest))
    fake.answers["delete"] = lambda _words: Ending(0)
    buildah.end_process("buildah-x")
    assert called[-1] == ("crun", "delete", "--force", "buildah-x")
