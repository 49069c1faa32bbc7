"""Processes of this machine: whose builds are over."""

from __future__ import annotations

import os


def is_alive(process: int) -> bool:
    """Whether a process of this machine, whoever has it, is still there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
