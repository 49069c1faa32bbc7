"""`regex_replace`, for the patterns that mean the same in Go and Python and whose work grows with the text alone."""

from __future__ import annotations

import re

from stagegraph.errors import Complaint
from stagegraph.projects.bake.functions.arguments import Arguments, Function
from stagegraph.projects.bake.values import Content

_ESCAPED = r"\\[!-/:-@\[-`{-~]"
_PLAIN = rf"(?:[^\\.+*?()|\[\]{{}}^$]|{_ESCAPED})+"
_SET = rf"\[\^?(?:[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|[^\\\[\]^&~|-]|{_ESCAPED}|\\[dw])+-?\]"
_ALIKE = re.compile(rf"\^?{_PLAIN}|\^?{_SET}\+?")


def _regex_replace(given: Arguments) -> Content:
    """Only a plain text, or one set of characters, is replaced by a plain text."""
    text, pattern, replacement = given.text(0), given.text(1), given.text(2)
    if _ALIKE.fullmatch(pattern) is None or "$" in replacement:
        raise Complaint("regex_replace replaces only a plain text or one set of characters here")
    given.room(len(text) * (len(replacement) + 1))
    try:
        return re.sub(pattern, lambda _: replacement, text, flags=re.ASCII)
    except re.error:
        raise Complaint(f"{pattern} is no pattern") from None


FUNCTIONS = {"regex_replace": Function(3, 3, _regex_replace)}
