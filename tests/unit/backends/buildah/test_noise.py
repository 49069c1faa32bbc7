"""The last words of Buildah's are not those of a command. They are recorded from Buildah 1.28."""

from __future__ import annotations

import pytest

from stagegraph.backends.buildah.noise import OwnWords

CHROOT = ["subprocess exited with status 7", "subprocess exited with status 7", "Error: exit status 7"]
CRUN = ["Error: while running runtime: exit status 7"]
KILLED = ["subprocess exited on killed", "subprocess exited with status 1", "Error: exit status 1"]


def told(*lines: str, failed: bool = True) -> tuple[list[str], str | None]:
    heard: list[str] = []
    own = OwnWords(lambda text, _: heard.append(text))
    for line in lines:
        own.tell(line, "stderr")
    failure = own.finish(failed=failed)
    return heard, failure


@pytest.mark.parametrize("words", [CHROOT, CRUN, KILLED])
def test_what_buildah_says_of_an_exit_code_is_not_told(words):
    assert told("first", *words) == (["first"], None)


def test_a_line_that_the_command_left_open_keeps_its_beginning():
    assert told(f"open{CHROOT[0]}", *CHROOT[1:]) == (["open"], None)
    assert told(f"open{CRUN[0]}") == (["open"], None)


def test_the_same_words_in_the_middle_are_the_commands():
    assert told(*CHROOT, "more", *CRUN) == ([*CHROOT, "more"], None)


def test_errors_of_the_command_are_told():
    assert told("Error: mine", *CRUN) == (["Error: mine"], None)
    assert told("Error: mine", failed=False) == (["Error: mine"], None)


def test_nothing_is_taken_from_a_command_that_goes_well():
    assert told(*CHROOT, failed=False) == (CHROOT, None)


def test_why_buildah_could_not_begin_is_no_output():
    assert told("out", 'Error: determining run uid: looking up user "x"') == (
        ["out"],
        'determining run uid: looking up user "x"',
    )


def test_why_a_program_could_not_be_begun():
    line = "process failed to start with error: exec: no such fileprocess exited with error: exec: not started"
    assert told(f"{line}subprocess exited with status 1", "Error: exit status 1") == (
        ["process failed to start with error: exec: no such file"],
        None,
    )


def test_standard_output_is_told_at_once():
    heard = []
    own = OwnWords(lambda *line: heard.append(line))
    own.tell(CRUN[0], "stdout")
    assert heard == [(CRUN[0], "stdout")]
