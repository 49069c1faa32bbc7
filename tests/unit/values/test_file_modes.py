"""The values of `--chmod`."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.values.file_modes import check_chmod


@pytest.mark.parametrize(("text", "mode"), [("755", 0o755), ("0644", 0o644), ("07777", 0o7777), ("0", 0)])
def test_an_octal_mode(text: str, mode: int) -> None:
    assert check_chmod(text) == mode


@pytest.mark.parametrize(
    "text", ["+x", "u=rwx,go=rx", "a+X", "ug-s", "=", "u=g-w+t", "go=u-w", "augo+rwxXst", "u+,g-", "ooo=ugo"]
)
def test_a_symbolic_mode(text: str) -> None:
    assert check_chmod(text) == text


@pytest.mark.parametrize("text", ["8", "10000", "0o755", "75_5", "7x", "777777777777", "0\udcff"])
def test_what_looks_octal_and_is_not(text: str) -> None:
    with pytest.raises(Complaint) as caught:
        check_chmod(text)
    assert caught.value.message == (
        f"invalid chmod parameter: '{text}'. it should be octal string and between 0 and 07777"
    )


@pytest.mark.parametrize("text", ["", "u", "rwx", "u+x,", ",u+x", "u+x,,g+x", "+755", "-1", "u+z", "u=a", "u+x\n"])
def test_what_is_no_mode(text: str) -> None:
    with pytest.raises(Complaint) as caught:
        check_chmod(text)
    assert caught.value.message == "invalid syntax"
