"""What flags mean to an instruction that has them."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.syntax.flags import NO_FLAGS, FlagKind, read_flags

KINDS = {"from": FlagKind.STRING, "link": FlagKind.BOOLEAN, "exclude": FlagKind.LIST}


def test_values() -> None:
    flags = read_flags(("--exclude=a", "--from=x=y", "--exclude=b", "--link"), KINDS)
    assert flags.names == ("exclude", "from", "link")
    assert flags.all("exclude") == ("a", "b")
    assert flags.text("from") == "x=y"
    assert flags.switch("link") is True


def test_what_is_not_given_is_nothing() -> None:
    flags = read_flags((), KINDS)
    assert flags is NO_FLAGS
    assert (flags.names, flags.text("from"), flags.all("exclude"), flags.switch("link")) == ((), "", (), None)


@pytest.mark.parametrize(
    ("word", "truth"),
    [("--link", True), ("--link=true", True), ("--link=TRUE", True), ("--link=false", False), ("--link=False", False)],
)
def test_booleans(word: str, truth: bool) -> None:
    assert read_flags((word,), KINDS).switch("link") is truth


def test_a_string_flag_may_be_empty() -> None:
    assert read_flags(("--from=",), KINDS).text("from") == ""


@pytest.mark.parametrize(
    ("words", "message", "suggestion"),
    [
        (("--from",), "missing a value on flag: --from", None),
        (("--exclude",), "missing a value on flag: --exclude", None),
        (("--link=",), "missing a value on flag: --link", None),
        (("--link=yes",), "expecting boolean value for flag --link, not: yes", None),
        (("--link=1",), "expecting boolean value for flag --link, not: 1", None),
        (("--from=a", "--from=b"), "duplicate flag specified: --from", None),
        (("--link", "--link=true"), "duplicate flag specified: --link", None),
        (("--form=a",), "unknown flag: --form (did you mean from?)", "from"),
        (("--From=a",), "unknown flag: --From (did you mean from?)", "from"),
        (("--zzzzzz",), "unknown flag: --zzzzzz", None),
        (("--from=a", "--nope=b", "--from=c"), "unknown flag: --nope", None),
    ],
)
def test_refused(words: tuple[str, ...], message: str, suggestion: str | None) -> None:
    with pytest.raises(Complaint) as caught:
        read_flags(words, KINDS)
    assert (caught.value.message, caught.value.suggestion) == (message, suggestion)
