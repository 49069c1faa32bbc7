"""The exit codes of `stagegraph`, all of them."""

from __future__ import annotations

import enum


class ExitCode(enum.IntEnum):
    """What the process ends with.

    `compare` ends with `FINE` when a builder fails: the failure is a part of its answer.
    """

    FINE = 0
    """The answer is on standard output."""
    FOUND = 1
    """`dead --exit-code` found dead stages, or `lint` something that matters as much as `--fail-on` says."""
    USAGE = 2
    """The command line is wrong: an unknown option, a malformed value."""
    UNREADABLE = 3
    """The Dockerfile, a configuration, or a file given by an option is missing or cannot be read."""
    REFUSED = 4
    """The builder would refuse the Dockerfile, the target or another option."""
    LIMIT = 5
    """The Dockerfile goes beyond a limit of stagegraph, not of a builder."""
    UNWRITABLE = 6
    """Standard output cannot be written: the disk is full."""
    FAILED = 7
    """A step of `build` failed."""
    UNAVAILABLE = 8
    """The backend of `build` cannot carry out the plan: it is not there, its engine is not, or it cannot do that."""
    INTERRUPTED = 130
    """Ctrl-C."""
    BROKEN_PIPE = 141
    """Whoever read standard output has stopped (`| head`)."""
