"""Instructions that change the image config alone, and `WORKDIR`."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.errors import Complaint
from stagegraph.syntax.instructions import Expose, Instruction, Maintainer, StopSignal, User, Volume, Workdir


def read(text: str) -> Instruction:
    (instruction,) = stagegraph.parse(f"{text}\n").instructions
    return instruction


@pytest.mark.parametrize("keyword", ["WORKDIR", "USER", "MAINTAINER", "STOPSIGNAL"])
def test_one_value(keyword: str) -> None:
    instruction = read(f"{keyword}  a 'b'  c ")
    assert isinstance(instruction, Workdir | User | Maintainer | StopSignal)
    instruction.check()
    assert instruction.value == "a 'b'  c"


@pytest.mark.parametrize(
    ("arguments", "ports"),
    [("80", ("80",)), ("443 80\t9/udp", ("443", "80", "9/udp")), ("$B $A 1", ("$A", "$B", "1")), ("é z", ("z", "é"))],
)
def test_ports_are_sorted(arguments: str, ports: tuple[str, ...]) -> None:
    expose = read(f"EXPOSE {arguments}")
    assert isinstance(expose, Expose)
    expose.check()
    assert expose.ports == ports


@pytest.mark.parametrize(
    ("arguments", "paths"),
    [
        ("/a", ("/a",)),
        ("/a /b", ("/a", "/b")),
        ('["/a b", " /c "]', ("/a b", "/c")),
        ('["/a"] /b', ('["/a"]', "/b")),
    ],
)
def test_volumes(arguments: str, paths: tuple[str, ...]) -> None:
    volume = read(f"VOLUME {arguments}")
    assert isinstance(volume, Volume)
    volume.check()
    assert volume.paths == paths


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("WORKDIR", "WORKDIR requires exactly one argument"),
        ("user", "USER requires exactly one argument"),
        ("MAINTAINER", "MAINTAINER requires exactly one argument"),
        ("STOPSIGNAL", "STOPSIGNAL requires exactly one argument"),
        ("EXPOSE", "EXPOSE requires at least one argument"),
        ("VOLUME", "VOLUME requires at least one argument"),
        ("VOLUME []", "VOLUME requires at least one argument"),
        ('VOLUME ["/a", " "]', "VOLUME specified can not be an empty string"),
        ("WORKDIR --x /a", "unknown flag: --x"),
        ("USER --x", "USER requires exactly one argument"),
        ("EXPOSE --x 1", "unknown flag: --x"),
        ("VOLUME --x /a", "unknown flag: --x"),
        ("MAINTAINER --x me", "unknown flag: --x"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        read(text).check()
    assert caught.value.message == message


def test_flags_of_stopsignal_are_dropped() -> None:
    stop_signal = read("STOPSIGNAL --x SIGTERM")
    assert isinstance(stop_signal, StopSignal)
    stop_signal.check()
    assert stop_signal.value == "SIGTERM"
