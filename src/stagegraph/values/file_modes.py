"""The value of `--chmod` (BuildKit's `dispatchCopy` and the mode grammar of `dchapes-mode`)."""

from __future__ import annotations

import re
from contextlib import suppress

from stagegraph.errors import Complaint
from stagegraph.values.numbers import parse_uint

_HIGHEST_MODE = 0o7777
_CLAUSE = r"[augo]*(?:[-+=][rstwXxugo]*)+"
_symbolic = re.compile(rf"{_CLAUSE}(?:,{_CLAUSE})*")


def check_chmod(text: str) -> int | str:
    """The mode bits of an octal `text`; a symbolic one such as `u=rwx,go=rx` as it is; else a `Complaint`.

    Whatever begins with a digit is meant to be octal, and is told so.
    """
    with suppress(Complaint):
        mode = parse_uint(text, 8, 32)
        if mode <= _HIGHEST_MODE:
            return mode
    if "0" <= text[:1] <= "9":
        message = f"invalid chmod parameter: '{text}'. it should be octal string and between 0 and 07777"
        raise Complaint(message)
    if not _symbolic.fullmatch(text):
        raise Complaint("invalid syntax")
    return text
