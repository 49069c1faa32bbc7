"""`ONBUILD`, and keywords that there are none of."""

from __future__ import annotations

import re

from stagegraph.errors import Complaint
from stagegraph.lazily import lazy
from stagegraph.suggestions import did_you_mean
from stagegraph.syntax import instructions  # which imports this module: it is whole when something is read
from stagegraph.syntax.instructions.base import Instruction

_ONBUILD = re.compile(r"[\t\n\f\r ]*ONBUILD[\t\n\f\r ]*", re.IGNORECASE | re.ASCII)


class OnBuild(Instruction):
    """`ONBUILD instruction`: what is run at the beginning of a stage that is built upon this one."""

    READ_AT_ONCE = True

    @classmethod
    def read_ahead(cls, arguments: str, escape: str) -> dict[str, object] | None:
        """The trigger, where the line parser may refuse it."""
        trigger = _read_trigger(arguments, escape) if arguments else None
        if trigger is None or not (trigger.READ_AT_ONCE or trigger.arguments.startswith("[")):
            return None
        trigger.know(trigger.read_ahead(trigger.arguments, escape))
        return {"trigger": trigger}

    @classmethod
    def may_have_heredocs(cls, arguments: str, escape: str) -> bool:
        """Whether bodies may follow: where they may follow the trigger."""
        trigger = _read_trigger(arguments, escape)
        return bool(arguments) and trigger.may_have_heredocs(trigger.arguments, escape)

    @lazy
    def words(self) -> tuple[str, ...]:
        """The keyword of the trigger."""
        return () if self.trigger is None else (self.trigger.keyword,)

    @lazy
    def trigger(self) -> Instruction | None:
        """The instruction behind `ONBUILD`, without heredoc bodies; None if there is none."""
        return _read_trigger(self.arguments, self.escape) if self.arguments else None

    @lazy
    def untrimmed_line(self) -> str:
        """The logical line with the blanks at its end, which a trigger keeps."""
        return self.line

    @property
    def expression(self) -> str:
        """The trigger as text, with its heredocs: what the image config records."""
        match = _ONBUILD.match(self.untrimmed_line)
        expression = self.untrimmed_line[match.end() if match else 0 :]
        return expression + "".join(f"\n{heredoc.content}{heredoc.name}" for heredoc in self.heredocs)

    def check(self) -> None:
        if self.trigger is None:
            raise Complaint("ONBUILD requires at least one argument")
        self._check_flags()
        keyword = self.trigger.name
        if keyword == "ONBUILD":
            raise Complaint("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed")
        if keyword in ("MAINTAINER", "FROM"):
            raise Complaint(f"{keyword} isn't allowed as an ONBUILD trigger")


def _read_trigger(arguments: str, escape: str) -> Instruction:
    return instructions.read_line(arguments, escape)


class Unknown(Instruction):
    """A keyword that no builder knows; the line parser lets it through."""

    def check(self) -> None:
        known = sorted(keyword.upper() for keyword in instructions.KEYWORDS)
        raise did_you_mean(f"unknown instruction: {self.keyword}", self.keyword, known, case_sensitive=False)
