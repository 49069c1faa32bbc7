"""The instructions: one class each, and the way from a logical line to one of them."""

from __future__ import annotations

import re
from collections.abc import Callable

from stagegraph.syntax.characters import WHITE_SPACE
from stagegraph.syntax.flag_words import split_flags
from stagegraph.syntax.instructions.base import Instruction
from stagegraph.syntax.instructions.copying import Add, Copy
from stagegraph.syntax.instructions.metadata import Expose, Maintainer, StopSignal, User, Volume, Workdir
from stagegraph.syntax.instructions.running import Cmd, Entrypoint, Healthcheck, Run, Shell
from stagegraph.syntax.instructions.stages import From
from stagegraph.syntax.instructions.triggers import OnBuild, Unknown
from stagegraph.syntax.instructions.variables import Arg, Argument, Env, Label
from stagegraph.values.letters import lower

KEYWORDS: dict[str, type[Instruction]] = {
    "add": Add,
    "arg": Arg,
    "cmd": Cmd,
    "copy": Copy,
    "entrypoint": Entrypoint,
    "env": Env,
    "expose": Expose,
    "from": From,
    "healthcheck": Healthcheck,
    "label": Label,
    "maintainer": Maintainer,
    "onbuild": OnBuild,
    "run": Run,
    "shell": Shell,
    "stopsignal": StopSignal,
    "user": User,
    "volume": Volume,
    "workdir": Workdir,
}


# The keywords in the two ways in which they are nearly always written.
SPELLINGS = {spelling: kind for name, kind in KEYWORDS.items() for spelling in (name, name.upper())}
# Finds the keyword of a trimmed logical line, and what stands behind the blanks that follow it.
split_keyword: Callable[[str], re.Match[str]] = re.compile(  # type: ignore[assignment]  # it matches every text
    r"([^\t\v\f\r ]*)[\t\v\f\r ]*(.*)", re.DOTALL
).match


def instruction_class(keyword: str) -> type[Instruction]:
    """The class of the instructions that begin with `keyword`, in any case."""
    return SPELLINGS.get(keyword) or KEYWORDS.get(lower(keyword), Unknown)


def read_line(line: str, escape: str) -> Instruction:
    """The instruction that a logical line is, without heredocs and without a place."""
    line = line.strip(WHITE_SPACE)
    keyword, rest = split_keyword(line).groups()
    flags, arguments = split_flags(rest, escape)
    return instruction_class(keyword)(keyword, flags, arguments, escape=escape)


__all__ = [
    "KEYWORDS",
    "SPELLINGS",
    "Add",
    "Arg",
    "Argument",
    "Cmd",
    "Copy",
    "Entrypoint",
    "Env",
    "Expose",
    "From",
    "Healthcheck",
    "Instruction",
    "Label",
    "Maintainer",
    "OnBuild",
    "Run",
    "Shell",
    "StopSignal",
    "Unknown",
    "User",
    "Volume",
    "Workdir",
    "instruction_class",
    "read_line",
    "split_keyword",
]
