"""Build arguments that sound secret are not shown, wherever a builder would print them."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from stagegraph.backends.events import Event, OutputLine, PlanFinished, StepFailed, StepSkipped
from stagegraph.errors import BackendError
from stagegraph.values.secret_names import sounds_secret

MASK = "****"
_SHORTEST = 3


@attrs.frozen
class Mask:
    """Texts that are replaced; of two where one holds the other, the longer comes first.

    A value of fewer than three characters is no secret, and would hide half of what is said.
    """

    values: tuple[str, ...] = ()

    @classmethod
    def of_build_args(cls, build_args: Mapping[str, str]) -> Mask:
        """A mask for the values of build arguments whose names sound secret."""
        secret = {value for name, value in build_args.items() if sounds_secret(name) and len(value) >= _SHORTEST}
        return cls(tuple(sorted(secret, key=len, reverse=True)))

    def text(self, text: str) -> str:
        """The text without secrets."""
        for value in self.values:
            text = text.replace(value, MASK)
        return text

    def event(self, event: Event) -> Event:
        """The event without secrets in what is printed of it."""
        if not self.values or isinstance(event, PlanFinished):
            return event
        event = attrs.evolve(event, name=self.text(event.name))
        if isinstance(event, OutputLine):
            return attrs.evolve(event, text=self.text(event.text))
        if isinstance(event, StepFailed):
            return attrs.evolve(event, message=self.text(event.message))
        if isinstance(event, StepSkipped):
            return attrs.evolve(event, reason=self.text(event.reason))
        return event

    def error(self, error: BackendError) -> BackendError:
        """The error without secrets."""
        message = self.text(error.message)
        if message == error.message:
            return error
        return type(error)(message, source=error.source, span=error.span, suggestion=error.suggestion)
