"""The value of `RUN --device` (BuildKit `instructions/commands_rundevice.go`)."""

from __future__ import annotations

from stagegraph.errors import Complaint
from stagegraph.suggestions import did_you_mean
from stagegraph.values.booleans import parse_bool
from stagegraph.values.csv_fields import csv_fields


def check_device(value: str) -> None:
    """Says what is wrong with the device `name[,required[=true]]`.

    Raises:
        Complaint: no CSV record, an unknown key, a name given twice, a wrong boolean.
    """
    name = ""
    for field in _fields(value):
        key, equals, content = field.partition("=")
        key = key.lower()
        if key == "required":
            _check_required(key, equals, content)
        elif key == "name" and equals:
            if name:
                raise Complaint(f"device name already set to {name}")
            name = content
        elif not name:
            name = field
        elif equals:
            raise did_you_mean(f"unexpected key '{key}' in '{field}'", key, ("name", "required"))
        else:
            raise Complaint(f"invalid field '{field}' must be a key=value pair")


def _fields(value: str) -> list[str]:
    try:
        return csv_fields(value)
    except Complaint as complaint:
        raise Complaint(f"failed to parse csv devices: {complaint.message}") from None


def _check_required(key: str, equals: str, value: str) -> None:
    if not equals:
        return
    try:
        parse_bool(value)
    except Complaint:
        raise Complaint(f"invalid value for {key}: {value}") from None
