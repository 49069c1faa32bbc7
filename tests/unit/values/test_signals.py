"""Signals."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.values.signals import check_signal


@pytest.mark.parametrize(
    "text",
    ["TERM", "SIGTERM", "sigkill", "Quit", "9", "+9", "-1", "4711", "RTMIN", "SIGRTMIN+15", "rtmax-14", "\u017figint"],
)
def test_a_signal(text: str) -> None:
    check_signal(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "00",
        "SIG",
        "SIGSIGTERM",
        "TERMINATE",
        "SIGTERM ",
        "RTMIN+16",
        "RTMIN+01",
        "RTMAX-15",
        "SIGRTMIN+0",
        "\ufb06op",
        "9223372036854775808",
        "\udcff",
    ],
)
def test_what_is_no_signal(text: str) -> None:
    with pytest.raises(Complaint) as caught:
        check_signal(text)
    assert caught.value.message == f"invalid signal: {text}"
