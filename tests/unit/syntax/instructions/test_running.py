"""`RUN`, `CMD`, `ENTRYPOINT`, `SHELL` and `HEALTHCHECK`."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.errors import Complaint
from stagegraph.syntax.instructions import Cmd, Entrypoint, Healthcheck, Instruction, Run, Shell
from stagegraph.syntax.mounts import Mount, MountType


def read(text: str) -> Instruction:
    (instruction,) = stagegraph.parse(f"{text}\n").instructions
    return instruction


def complaint_of(text: str) -> str:
    with pytest.raises(Complaint) as caught:
        read(text).check()
    return caught.value.message


@pytest.mark.parametrize("keyword", ["RUN", "CMD", "ENTRYPOINT"])
@pytest.mark.parametrize(
    ("arguments", "exec_form", "command"),
    [
        ("a 'b c' $D", False, ("a 'b c' $D",)),
        ('["a", "b c"]', True, ("a", "b c")),
        ("[]", True, ()),
        ("", False, ()),
        ('["a"] b', False, ('["a"] b',)),
        ("['a']", False, ("['a']",)),
        ("-- --help", False, ("--help",)),
    ],
)
def test_forms(keyword: str, arguments: str, exec_form: bool, command: tuple[str, ...]) -> None:
    instruction = read(f"{keyword} {arguments}")
    assert isinstance(instruction, Run | Cmd | Entrypoint)
    instruction.check()
    assert (instruction.exec_form, instruction.command) == (exec_form, command)


def test_a_shell() -> None:
    shell = read('SHELL ["/bin/bash", "-c"]')
    assert isinstance(shell, Shell)
    shell.check()
    assert shell.command == ("/bin/bash", "-c")


def test_flags_of_run() -> None:
    run = read("RUN --mount=from=a,target=/a --network=host --mount=type=tmpfs,target=/b --security=insecure x")
    assert isinstance(run, Run)
    run.check()
    assert (run.network, run.security, run.mount_sources) == ("host", "insecure", ("a", ""))
    assert run.mounts() == (Mount(from_="a", target="/a"), Mount(MountType.TMPFS, target="/b", read_only=False))


def test_a_run_without_flags() -> None:
    run = read("RUN x")
    assert isinstance(run, Run)
    assert (run.network, run.security, run.mount_sources, run.mounts()) == ("default", "sandbox", (), ())


def test_mounts_are_expanded_when_they_are_asked_for() -> None:
    run = read("RUN --mount=type=cache,target=$D x")
    assert isinstance(run, Run)
    run.check()
    assert run.mounts(lambda text: text.replace("$D", "/d")) == (Mount(MountType.CACHE, target="/d", read_only=False),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("RUN --network=some x", 'invalid network mode "some"'),
        ("RUN --security=none x", 'security "none" is not valid'),
        ("RUN --mount=from=$x,target=/a y", "'from' doesn't support variable expansion, define alias stage instead"),
        (
            "RUN --mount=a'\"' y",
            'failed to parse csv mounts: parse error on line 1, column 2: bare " in non-quoted-field',
        ),
        ("RUN --device=a,b y", "invalid field 'b' must be a key=value pair"),
        ("RUN --moutn=x y", "unknown flag: --moutn (did you mean mount?)"),
        ("RUN --network=none --network=none x", "duplicate flag specified: --network"),
        ("CMD --help", "unknown flag: --help"),
        ("ENTRYPOINT --x y", "unknown flag: --x"),
        ("SHELL", "SHELL requires at least one argument"),
        ("SHELL []", "SHELL requires at least one argument"),
        ("SHELL /bin/bash -c", "SHELL requires the arguments to be in JSON form"),
        ('SHELL --x ["a"]', "unknown flag: --x"),
    ],
)
def test_refused(text: str, message: str) -> None:
    assert complaint_of(text) == message


@pytest.mark.parametrize("network", ["default", "none", "host"])
@pytest.mark.parametrize("security", ["sandbox", "insecure"])
def test_networks_and_securities(network: str, security: str) -> None:
    read(f"RUN --network={network} --security={security} x").check()


@pytest.mark.parametrize(
    ("arguments", "kind", "test"),
    [
        ("NONE", "NONE", ("NONE",)),
        ("none", "NONE", ("NONE",)),
        ("CMD curl -f x", "CMD", ("CMD-SHELL", "curl -f x")),
        ("cmd\tcurl", "CMD", ("CMD-SHELL", "curl")),
        ('CMD ["curl", "x y"]', "CMD", ("CMD", "curl", "x y")),
        ("CMD ['curl']", "CMD", ("CMD-SHELL", "['curl']")),
        ("--interval=5s NONE", "NONE", ("NONE",)),
        ("--nonsense NONE", "NONE", ("NONE",)),
    ],
)
def test_health_checks(arguments: str, kind: str, test: tuple[str, ...]) -> None:
    healthcheck = read(f"HEALTHCHECK {arguments}")
    assert isinstance(healthcheck, Healthcheck)
    healthcheck.check()
    assert (healthcheck.kind, healthcheck.test) == (kind, test)


def test_durations_of_a_health_check() -> None:
    healthcheck = read("HEALTHCHECK --interval=1m --timeout=1.5s --start-period=0s --retries=3 CMD x")
    assert isinstance(healthcheck, Healthcheck)
    healthcheck.check()
    flags = ("interval", "timeout", "start-period", "start-interval")
    assert [healthcheck.duration(flag) for flag in flags] == [60_000_000_000, 1_500_000_000, 0, 0]
    assert healthcheck.retries == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "HEALTHCHECK requires at least one argument"),
        ("NONE x", "HEALTHCHECK NONE takes no arguments"),
        ("CMD", "Missing command after HEALTHCHECK CMD"),
        ("CMD []", "Missing command after HEALTHCHECK CMD"),
        ("CDM x", 'Unknown type "CDM" in HEALTHCHECK (try CMD)'),
        ("curl x", 'Unknown type "CURL" in HEALTHCHECK (try CMD)'),
        ("--interval=1us CMD x", 'Interval "interval" cannot be less than 1ms'),
        ("--timeout=-1s CMD x", 'Interval "timeout" cannot be less than 1ms'),
        ("--start-period=soon CMD x", 'time: invalid duration "soon"'),
        ("--retries=-1 CMD x", "--retries cannot be negative (-1)"),
        ("--retries=x CMD x", 'strconv.ParseInt: parsing "x": invalid syntax'),
        ("--retry=1 CMD x", "unknown flag: --retry"),
        ("--interval CMD x", "missing a value on flag: --interval"),
    ],
)
def test_refused_health_checks(arguments: str, message: str) -> None:
    assert complaint_of(f"HEALTHCHECK {arguments}") == message
