"""`RUN`, `CMD`, `ENTRYPOINT`, `SHELL` and `HEALTHCHECK`: what is run, at build time or later."""

from __future__ import annotations

from typing import ClassVar

from stagegraph.errors import Complaint
from stagegraph.lazily import lazy
from stagegraph.quoting import go_quote
from stagegraph.syntax.characters import BYTE_SPACE, as_bytes, from_bytes
from stagegraph.syntax.exec_form import read_exec_form
from stagegraph.syntax.flags import FlagKind, FlagKinds
from stagegraph.syntax.instructions.base import Instruction
from stagegraph.syntax.mounts import Expander, Mount, mount_from, read_mount
from stagegraph.syntax.run_devices import check_device
from stagegraph.values.durations import parse_duration
from stagegraph.values.letters import upper
from stagegraph.values.numbers import parse_int

NETWORKS = ("default", "none", "host")
SECURITIES = ("sandbox", "insecure")
_MILLISECOND = 1_000_000


class _Command(Instruction):
    """What may be written in shell form or in exec form.

    The line parser has read a JSON array already, unless the node is made by hand.
    """

    HAS_EXEC_FORM = True

    @lazy
    def words(self) -> tuple[str, ...]:
        """The words of the exec form; one text in shell form; nothing if nothing is written."""
        arguments = self.arguments
        strings = read_exec_form(arguments) if arguments.startswith("[") else None
        return ((arguments,) if arguments else ()) if strings is None else strings

    @property
    def command(self) -> tuple[str, ...]:
        """The words of the exec form; one text in shell form; nothing if nothing is written."""
        return self.words


class Run(_Command):
    """`RUN [flags] command`."""

    FLAGS: ClassVar[FlagKinds] = {
        "device": FlagKind.LIST,
        "mount": FlagKind.LIST,
        "network": FlagKind.STRING,
        "security": FlagKind.STRING,
    }
    HAS_HEREDOCS = True

    @lazy
    def mount_sources(self) -> tuple[str, ...]:
        """For each mount its `from` as written, empty where it has none.

        Raises:
            Complaint: see `mount_from`.
        """
        return tuple(map(mount_from, self.options.all("mount")))

    def mounts(self, expand: Expander = str) -> tuple[Mount, ...]:
        """The mounts, their values expanded with `expand`.

        Raises:
            Complaint: see `read_mount`.
        """
        return tuple(read_mount(value, expand) for value in self.options.all("mount"))

    @property
    def network(self) -> str:
        """`default`, `none` or `host`."""
        return self.options.text("network") if "network" in self.options.values else "default"

    @property
    def security(self) -> str:
        """`sandbox` or `insecure`."""
        return self.options.text("security") if "security" in self.options.values else "sandbox"

    def check(self) -> None:
        if self.arguments.startswith("["):
            _ = self.words
        if not self.flags:
            return
        for device in self.options.all("device"):
            check_device(device)
        _ = self.mount_sources
        if self.network not in NETWORKS:
            raise Complaint(f"invalid network mode {go_quote(self.network)}")
        if self.security not in SECURITIES:
            raise Complaint(f"security {go_quote(self.security)} is not valid")


class _DefaultCommand(_Command):
    """What `CMD` and `ENTRYPOINT` share."""

    def check(self) -> None:
        if self.arguments.startswith("["):
            _ = self.words
        self._check_flags()


class Cmd(_DefaultCommand):
    """`CMD command`: what a container runs, or the arguments of its entry point."""


class Entrypoint(_DefaultCommand):
    """`ENTRYPOINT command`: what a container runs."""


class Shell(_Command):
    """`SHELL ["executable", "argument"]`: what runs the shell forms that follow."""

    def check(self) -> None:
        self._check_flags()
        self._require_some()
        if not self.exec_form:
            raise Complaint("SHELL requires the arguments to be in JSON form")


class Healthcheck(Instruction):
    """`HEALTHCHECK NONE` or `HEALTHCHECK [flags] CMD command`."""

    FLAGS: ClassVar[FlagKinds] = dict.fromkeys(
        ("interval", "timeout", "start-period", "start-interval", "retries"), FlagKind.STRING
    )
    READ_AT_ONCE = True

    @classmethod
    def read_ahead(cls, arguments: str, escape: str) -> dict[str, object]:
        """The type, then the command."""
        words, exec_form = _read_healthcheck(arguments)
        return {"words": words, "exec_form": exec_form}

    @lazy
    def words(self) -> tuple[str, ...]:
        """The type, then the words of the exec form, or one text."""
        return _read_healthcheck(self.arguments)[0]

    @lazy
    def exec_form(self) -> bool:
        """Whether the command is written as a JSON array."""
        return _read_healthcheck(self.arguments)[1]

    @property
    def kind(self) -> str:
        """`NONE` or `CMD`."""
        return upper(self.words[0])

    @property
    def command(self) -> tuple[str, ...]:
        """What checks: the words of the exec form, or one text in shell form."""
        return self.words[1:]

    @property
    def test(self) -> tuple[str, ...]:
        """The `Test` of the image config."""
        if self.kind == "NONE":
            return ("NONE",)
        return ("CMD" if self.exec_form else "CMD-SHELL", *self.command)

    def duration(self, flag: str) -> int:
        """The duration that `flag` gives, in nanoseconds; 0 if it is not given.

        Raises:
            Complaint: it is no duration, or shorter than a millisecond.
        """
        value = self.options.text(flag)
        duration = parse_duration(value) if value else 0
        if duration and duration < _MILLISECOND:
            raise Complaint(f'Interval "{flag}" cannot be less than 1ms')
        return duration

    @property
    def retries(self) -> int:
        """How many failures in a row make a container unhealthy; 0 if it is not said.

        Raises:
            Complaint: it is no number, or negative.
        """
        value = self.options.text("retries")
        retries = parse_int(value, 10, 32) if value else 0
        if retries < 0:
            raise Complaint(f"--retries cannot be negative ({retries})")
        return retries

    def check(self) -> None:
        self._require_some()
        if self.kind == "NONE":
            if self.command:
                raise Complaint("HEALTHCHECK NONE takes no arguments")
            return  # flags before NONE are never looked at
        self._check_flags()
        if self.kind != "CMD":
            raise Complaint(f"Unknown type {go_quote(self.kind)} in HEALTHCHECK (try CMD)")
        if not self.command:
            raise Complaint("Missing command after HEALTHCHECK CMD")
        for flag in ("interval", "timeout", "start-period", "start-interval"):
            self.duration(flag)
        _ = self.retries


def _read_healthcheck(arguments: str) -> tuple[tuple[str, ...], bool]:
    """The type and the command, and whether that is an exec form."""
    kind, rest = _split_first_word(arguments)
    strings = read_exec_form(rest) if kind else None
    if strings is not None:
        return (kind, *strings), True
    return tuple(word for word in (kind, rest if kind else "") if word), False


def _split_first_word(text: str) -> tuple[str, str]:
    """The first word and what stands behind the white space that ends it, found byte by byte."""
    characters = as_bytes(text)
    for position, character in enumerate(characters):
        if character in BYTE_SPACE:
            rest = characters[position:].lstrip("".join(BYTE_SPACE))
            return from_bytes(characters[:position]), from_bytes(rest)
    return text, ""
