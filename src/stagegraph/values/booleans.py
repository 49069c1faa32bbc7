"""Truth values as Go writes them (`strconv.ParseBool`)."""

from __future__ import annotations

from stagegraph.errors import Complaint
from stagegraph.quoting import go_quote

_TRUE = frozenset({"1", "t", "T", "true", "TRUE", "True"})
_FALSE = frozenset({"0", "f", "F", "false", "FALSE", "False"})


def parse_bool(text: str) -> bool:
    """The truth value that `text` spells, in one of Go's twelve spellings, else a `Complaint`."""
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise Complaint(f"strconv.ParseBool: parsing {go_quote(text)}: invalid syntax")
