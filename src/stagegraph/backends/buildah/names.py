"""Names of what a build makes on its way: they say who will clear it away."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import socket
from collections.abc import Iterator

from stagegraph.backends.containers.processes import is_alive

_numbers: Iterator[int] = itertools.count(1)
_owned = re.compile(r"stagegraph-([0-9a-f]{8})-(\d+)-")


def owned_prefix() -> str:
    """How all names begin that this process gives."""
    return f"stagegraph-{_machine()}-{os.getpid()}-"


def new_name() -> str:
    """A name that nothing else has; a container or an image may be called so."""
    return f"{owned_prefix()}{next(_numbers)}"


def image_name(name: str, *, keep: bool) -> str:
    """What an image is called that is made under a name; one that is to be kept is nobody's."""
    return name.replace("stagegraph-", "stagegraph-kept-", 1) if keep else name


def is_abandoned(name: str) -> bool:
    """Whether a name was given by a process of this machine that is gone."""
    found = _owned.search(name)
    return found is not None and found[1] == _machine() and not is_alive(int(found[2]))


def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]
