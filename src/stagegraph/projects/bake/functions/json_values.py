"""Values as JSON, in both directions."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal

from stagegraph.errors import Complaint
from stagegraph.projects.bake.values import Datum, number_text, to_members

# What Go's encoder escapes beside what JSON asks for.
_ESCAPED = re.compile("[<>&\u2028\u2029]")
_READER = json.JSONDecoder(parse_float=Decimal, parse_int=Decimal)


def json_text(datum: Datum) -> str:
    """The value as JSON without blanks, the members of objects in the order of their names."""
    content = datum.content
    if isinstance(content, Decimal):
        return number_text(content)
    if isinstance(content, tuple):
        return f"[{','.join(map(json_text, content))}]"
    if isinstance(content, Mapping):
        members = (f"{json_text(Datum(name))}:{json_text(member)}" for name, member in to_members(datum).items())
        return f"{{{','.join(members)}}}"
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(content, ensure_ascii=False))


def from_json(text: str) -> Datum:
    """The value that JSON text is.

    Raises:
        Complaint: it is none.
    """
    try:
        return _datum(_READER.decode(text))
    except (ValueError, RecursionError):
        raise Complaint("a text is no JSON") from None


def _datum(value: object) -> Datum:
    if isinstance(value, list):
        return Datum(tuple(map(_datum, value)))
    if isinstance(value, dict):
        return Datum({str(name): _datum(member) for name, member in value.items()})
    if value is None or isinstance(value, str | bool | Decimal):
        return Datum(value)
    raise ValueError(value)
