"""The nearest name, and the complaint that offers it."""

from __future__ import annotations

import pytest

from stagegraph.suggestions import did_you_mean, nearest


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("buidl", ["build", "base"], "build"),
        ("buil", ["built", "build"], "built"),
        ("bud", ["bad12", "buds"], "buds"),
        ("build", ["guild", "build"], None),
        ("build", ["bread"], None),
        ("ab", [], None),
        ("ab", [""], None),
        ("abc", ["abcdef"], None),
        ("abc", ["abcde"], "abcde"),
        ("bcd", ["abcd"], "abcd"),
        ("axcxe", ["abcde"], "abcde"),
        ("axcxz", ["abcde"], None),
        ("a\udcff", ["a\udcfe"], "a\udcfe"),
        ("caf\u00e9s", ["caf\u00e9"], "caf\u00e9"),
        ("Build", ["build"], "build"),
    ],
)
def test_nearest(name: str, options: list[str], expected: str | None) -> None:
    assert nearest(name, options) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("COPPY", "COPY"),
        ("coppy", "copy"),
        ("Coppy", "copy"),
        ("copy", None),
        ("COPY", None),
        ("Copy", None),
        ("nothing", None),
    ],
)
def test_nearest_in_any_case(name: str, expected: str | None) -> None:
    assert nearest(name, ["RUN", "Copy"], case_sensitive=False) == expected


def test_the_complaint_says_what_was_meant() -> None:
    complaint = did_you_mean("unknown flag: --frm", "frm", ["chown", "from"])
    assert complaint.message == "unknown flag: --frm (did you mean from?)"
    assert complaint.suggestion == "from"


def test_the_complaint_without_a_near_name() -> None:
    complaint = did_you_mean("unknown flag: --zzz", "zzz", iter(["chown", "from"]))
    assert complaint.message == "unknown flag: --zzz"
    assert complaint.suggestion is None


def test_any_case_is_passed_on() -> None:
    assert did_you_mean("m", "RUNN", ["run"], case_sensitive=False).suggestion == "RUN"


def test_many_wrong_names_beside_as_many_right_ones_take_no_more_than_their_number(calls_of) -> None:
    def all_of_them(count: int) -> None:
        options = [f"defined_{number}" for number in range(count)]
        for number in range(count):
            assert nearest(f"undefined_{number}", tuple(options)) == (f"defined_{number}")

    few, many = calls_of(all_of_them, 200), calls_of(all_of_them, 400)
    assert many < 3 * few


def test_an_empty_name_that_is_near_hides_others_as_near() -> None:
    assert nearest("a", ["", "b"]) is None
