"""Signals for `STOPSIGNAL` (`moby/sys/signal` on Linux)."""

from __future__ import annotations

import re
from contextlib import suppress

from stagegraph.errors import Complaint
from stagegraph.values.letters import upper
from stagegraph.values.numbers import parse_atoi

_name = re.compile(
    r"(?:SIG)?(?:ABRT|ALRM|BUS|CHLD|CLD|CONT|FPE|HUP|ILL|INT|IO|IOT|KILL|PIPE|POLL|PROF|PWR|QUIT|SEGV|STKFLT|STOP|SYS"
    r"|TERM|TRAP|TSTP|TTIN|TTOU|URG|USR1|USR2|VTALRM|WINCH|XCPU|XFSZ"
    r"|RTMIN(?:\+(?:[1-9]|1[0-5]))?|RTMAX(?:-(?:[1-9]|1[0-4]))?)"
)


def check_signal(text: str) -> None:
    """Nothing if `text` is a number but 0, or a name with or without `SIG`, in any case; else a `Complaint`."""
    with suppress(Complaint):
        if parse_atoi(text) != 0:
            return
    if not _name.fullmatch(upper(text)):
        raise Complaint(f"invalid signal: {text}")
