"""`FROM`, which begins a stage."""

from __future__ import annotations

import re
from typing import ClassVar

from stagegraph.errors import Complaint
from stagegraph.lazily import lazy
from stagegraph.quoting import go_quote
from stagegraph.syntax.characters import equal_fold, split_blanks
from stagegraph.syntax.flags import FlagKind, FlagKinds
from stagegraph.syntax.instructions.base import Instruction
from stagegraph.values.letters import lower

_STAGE_NAME = re.compile(r"[a-z][a-z0-9-_.]*\Z")


class From(Instruction):
    """`FROM [--platform=…] image [AS name]`."""

    FLAGS: ClassVar[FlagKinds] = {"platform": FlagKind.STRING}

    @lazy
    def words(self) -> tuple[str, ...]:
        """Image, `AS` and name."""
        return split_blanks(self.arguments)

    @property
    def image(self) -> str:
        """The base as written: an image, a stage or `scratch`, nothing expanded."""
        return self.words[0]

    @property
    def name_as_written(self) -> str | None:
        """The word behind `AS`, in its own case."""
        words = self.words
        return words[2] if len(words) == 3 else None

    @lazy
    def stage_name(self) -> str | None:
        """The name of the stage, in lower case; None for an unnamed one."""
        words = self.words
        return lower(words[2]) if len(words) == 3 else None

    @property
    def platform(self) -> str:
        """The value of `--platform` as written, empty where there is none."""
        return self.options.text("platform")

    def check(self) -> None:
        words = self.words
        if len(words) == 1:
            pass
        elif len(words) == 3 and (words[1] in ("AS", "as") or equal_fold(words[1], "as")):
            if not _STAGE_NAME.match(self.stage_name or ""):
                raise Complaint(
                    f"invalid name for build stage: {go_quote(words[2])}, "
                    "name can't start with a number or contain symbols"
                )
        else:
            raise Complaint("FROM requires either one or three arguments")
        if self.flags:
            _ = self.options
