"""Functions that write texts in other ways, and read them back."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from urllib.parse import quote_plus

from stagegraph.errors import Complaint
from stagegraph.projects.bake.functions.arguments import Arguments, Function
from stagegraph.projects.bake.functions.json_values import from_json, json_text
from stagegraph.projects.bake.values import Content


def _bytes(given: Arguments) -> bytes:
    return given.text(0).encode("utf-8", "surrogatepass")


def _base64decode(given: Arguments) -> Content:
    try:
        return base64.b64decode(given.text(0), validate=True).decode()
    except (binascii.Error, ValueError):
        raise Complaint("base64decode finds no text") from None


def _digest(algorithm: Callable[[bytes], hashlib._Hash]) -> Function:
    return Function(1, 1, lambda given: algorithm(_bytes(given)).hexdigest())


FUNCTIONS = {
    "base64decode": Function(1, 1, _base64decode),
    "base64encode": Function(1, 1, lambda given: base64.b64encode(_bytes(given)).decode()),
    "jsondecode": Function(1, 1, lambda given: from_json(given.text(0)).content),
    "jsonencode": Function(1, 1, lambda given: json_text(given.values[0])),
    "md5": _digest(lambda content: hashlib.md5(content, usedforsecurity=False)),
    "sha1": _digest(lambda content: hashlib.sha1(content, usedforsecurity=False)),
    "sha256": _digest(hashlib.sha256),
    "sha512": _digest(hashlib.sha512),
    "urlencode": Function(1, 1, lambda given: quote_plus(given.text(0))),
}
