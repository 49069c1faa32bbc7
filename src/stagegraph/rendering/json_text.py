"""A dump as JSON text."""

from __future__ import annotations

import json
from collections.abc import Mapping


def json_text(dump: Mapping[str, object]) -> str:
    r"""The dump, indented, in ASCII: bytes of a Dockerfile that are no UTF-8 survive as `\udc80`…`\udcff`."""
    return json.dumps(dump, indent=2, ensure_ascii=True) + "\n"
