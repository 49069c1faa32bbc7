"""One measurement in a process of its own: `python -m benchmarks.worker PEER SHAPE [SIZE]`, JSON to stdout.

The first call, on a small text, is not counted: it loads what is loaded once.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.generated import GROWING, SINGLE
from benchmarks.peers import GO, OUR_PLAN, OURS

_PEERS = {"parse": OURS, "plan": OUR_PLAN, "go": GO}
_MOST_CALLS = 7
_LONG_ENOUGH = 0.5
_KILO = 1024


def main(peer: str, shape: str, size: str | None = None) -> None:
    """Times one peer on one text, and prints what it took."""
    read = _PEERS[peer].make()
    text = GROWING[shape](int(size)) if size else SINGLE[shape]()
    read("FROM alpine AS a\nRUN echo\nFROM alpine\nCOPY --from=a /a /a\n")
    times: list[float] = []
    while len(times) < _MOST_CALLS and sum(times) < _LONG_ENOUGH:
        begin = perf_counter()
        read(text)
        times.append(perf_counter() - begin)
    print(json.dumps({"seconds": median(times), "peak_bytes": _peak_bytes()}))


def _peak_bytes() -> int:
    """The most memory that this process had. Linux's `ru_maxrss` begins with that of the parent process."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * _KILO
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else _KILO)


if __name__ == "__main__":
    main(*sys.argv[1:])
