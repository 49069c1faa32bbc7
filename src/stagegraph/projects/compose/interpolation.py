"""`$NAME`, `${NAME:-default}` and their like in the texts of a compose file (compose-go's `template`)."""

from __future__ import annotations

import re

from stagegraph.errors import Complaint
from stagegraph.projects.compose.environment import Environment
from stagegraph.projects.limits import STEP, Allowance
from stagegraph.projects.texts import Text, joined

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPERATOR = re.compile(r":?[-+?]")


def interpolated(text: str, environment: Environment, allowance: Allowance) -> Text:
    """The text with its variables replaced; `$$` is a dollar, and a variable without a value is empty.

    Raises:
        Complaint: a malformed `${…}`, or a variable that is required and has no value.
    """
    return _Interpolation(environment, allowance).text(text)


class _Interpolation:
    def __init__(self, environment: Environment, allowance: Allowance) -> None:
        self._environment = environment
        self._allowance = allowance

    def text(self, text: str) -> Text:
        parts: list[Text] = []
        position = 0
        while (dollar := text.find("$", position)) >= 0:
            parts.append(Text.known(text[position:dollar]))
            part, position = self._part(text, dollar)
            self._allowance.spend(STEP + len(part.value))
            parts.append(part)
        parts.append(Text.known(text[position:]))
        return joined(parts)

    def _part(self, text: str, dollar: int) -> tuple[Text, int]:
        """What begins with the dollar, and where it ends."""
        after = text[dollar + 1 : dollar + 2]
        if after == "$":
            return Text.known("$"), dollar + 2
        if after == "{":
            end = _closing_brace(text, dollar + 1)
            return self._braced(text[dollar + 2 : end]), end + 1
        name = _NAME.match(text, dollar + 1)
        if name is None:
            return Text.known("$"), dollar + 1
        return self._variable(name[0]), name.end()

    def _braced(self, content: str) -> Text:
        name = _NAME.match(content)
        if name is None:
            raise _malformed()
        if name.end() == len(content):
            return self._variable(name[0])
        operator = _OPERATOR.match(content, name.end())
        if operator is None:
            raise _malformed()
        return self._with_word(name[0], operator[0], content[operator.end() :])

    def _with_word(self, name: str, operator: str, word: str) -> Text:
        found = self._environment.find(name)
        counts = found is not None and not (operator.startswith(":") and not found.value)
        if operator.endswith("?"):
            if not counts:
                message = f": {self.text(word).value}" if word else ""
                raise Complaint(f"the variable {name} is required and has no value{message}")
            return self._variable(name)
        if operator.endswith("+"):
            return self._chosen(name, self.text(word) if counts else self._variable(name))
        return self._chosen(name, self._variable(name) if counts else self.text(word))

    def _variable(self, name: str) -> Text:
        return self._environment.find(name) or Text.gap("", (name,))

    def _chosen(self, name: str, text: Text) -> Text:
        """A text that is there because of what a variable is: open, unless the variable is given."""
        if name in self._environment.given:
            return text
        return Text.gap(text.value, (name, *text.variables))


def _closing_brace(text: str, start: int) -> int:
    """Where the brace that opens at `start` is closed; braces within come in pairs."""
    depth = 0
    for position in range(start, len(text)):
        if text[position] == "{":
            depth += 1
        elif text[position] == "}":
            depth -= 1
            if depth == 0:
                return position
    raise _malformed()


def _malformed() -> Complaint:
    return Complaint("malformed ${…}; a dollar that means itself is written $$")
