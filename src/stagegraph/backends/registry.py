"""Which backends there are: entry points of the group `stagegraph.backends`."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from stagegraph.backends.protocol import Backend
from stagegraph.errors import BackendNotFoundError
from stagegraph.quoting import go_quote
from stagegraph.suggestions import nearest

GROUP = "stagegraph.backends"
_EXTRAS = {"docker": "docker"}
"""The module that a built-in backend needs, and the extra that brings it."""


def backend_names() -> tuple[str, ...]:
    """The names of the backends that are installed, sorted."""
    return tuple(sorted({entry.name for entry in entry_points(group=GROUP)}))


def find_backend(name: str) -> Backend:
    """The backend of this name.

    Raises:
        BackendNotFoundError: there is none, or a module that it needs is missing.
    """
    found = next(iter(entry_points(group=GROUP, name=name)), None)
    if found is None:
        names = backend_names()
        raise BackendNotFoundError(
            f"there is no backend {go_quote(name)}; there are {', '.join(names) or 'none'}",
            suggestion=nearest(name, names),
        )
    return _made(found)


def _made(entry: EntryPoint) -> Backend:
    try:
        backend: object = entry.load()()
    except ImportError as fault:
        raise BackendNotFoundError(_missing(entry, fault)) from None
    if not isinstance(backend, Backend):
        raise BackendNotFoundError(f"{entry.value} makes no backend: {backend!r}")
    return backend


def _missing(entry: EntryPoint, fault: ImportError) -> str:
    """What to install."""
    extra = _EXTRAS.get(fault.name or "")
    if extra is not None:
        return f"the backend {entry.name} needs the Python package {fault.name}: pip install 'stagegraph[{extra}]'"
    return f"the backend {entry.name} cannot be imported: {fault}"
