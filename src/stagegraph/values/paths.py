"""Slash paths: Go's `path` package, and how BuildKit makes the paths of instructions absolute.

The second half is BuildKit's `util/system`. On a Windows image it knows one drive, `C:`, whose
letter it drops, and both slashes; on every other one a path is only joined and cleaned.
"""

from __future__ import annotations

from stagegraph.errors import Complaint
from stagegraph.quoting import go_quote

_WINDOWS = "windows"


def is_straight(path: str) -> bool:
    """Whether a path starts at the root and has nothing in it to clean, but perhaps a slash at its end.

    One with a hidden folder is not known to be: this is a short way, and no more.
    """
    return path[:1] == "/" and "/." not in path and "//" not in path


def clean(path: str) -> str:
    """The shortest spelling of `path`, decided by its text alone (`path.Clean`); never empty."""
    if is_straight(path):
        return path if path[-1] != "/" or path == "/" else path[:-1]
    rooted = path.startswith("/")
    kept: list[str] = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part != "..":
            kept.append(part)
        elif kept and kept[-1] != "..":
            kept.pop()
        elif not rooted:
            kept.append(part)
    cleaned = "/".join(kept)
    return f"/{cleaned}" if rooted else cleaned or "."


def join(*parts: str) -> str:
    """The parts that are not empty with slashes between them, cleaned; "" if all are empty (`path.Join`)."""
    joined = "/".join([part for part in parts if part])
    return clean(joined) if joined else ""


def is_absolute(path: str, os: str = "linux") -> bool:
    """Whether `path` starts at the root, as `system.IsAbs` sees it: on Windows a path on the wrong drive does not."""
    if os != _WINDOWS:
        return path.startswith("/")
    try:
        return _without_drive(path, keep_slash=False).startswith("/")
    except Complaint:
        return False


def normalise_path(parent: str, path: str, os: str = "linux", *, keep_slash: bool = False) -> str:
    """`path` seen from the folder `parent`, absolute and with forward slashes (`system.NormalizePath`).

    An absolute `path` on Linux comes back as it is, not cleaned. With `keep_slash` a `/` or `/.`
    at its end, which tells a folder from a file, survives the cleaning of a relative one.
    """
    if os == _WINDOWS:
        return _normalise_windows_path(parent, path, keep_slash=keep_slash)
    absolute = path or _rooted(parent)
    if not absolute.startswith("/"):
        absolute = join(_rooted(parent), absolute)
    return _with_ending(absolute, path) if keep_slash else absolute


def normalise_workdir(current: str, wanted: str, os: str = "linux") -> str:
    """The working directory after `WORKDIR wanted` (`system.NormalizeWorkdir`); backslashes on Windows."""
    if os != _WINDOWS:
        return normalise_path(current, wanted, os)
    try:
        return normalise_path(current, wanted, os).replace("/", "\\")
    except Complaint as complaint:
        raise Complaint(f"normalizing working directory: {complaint.message}") from None


def _normalise_windows_path(parent: str, path: str, *, keep_slash: bool) -> str:
    original = path.replace("\\", "/")
    try:
        folder = _without_drive(parent.replace("\\", "/") or "/", keep_slash=keep_slash)
        if not is_absolute(folder, _WINDOWS):
            folder = join("/", folder)
        absolute = _without_drive(original or folder, keep_slash=keep_slash)
    except Complaint as complaint:
        raise Complaint(f"removing drive letter: {complaint.message}") from None
    if not is_absolute(absolute, _WINDOWS):
        absolute = join(folder, absolute)
    return _with_ending(absolute, original) if keep_slash else absolute


def _rooted(parent: str) -> str:
    return parent if parent.startswith("/") else join("/", parent)


def _with_ending(path: str, original: str) -> str:
    """`path` with the ending that marked `original` as a folder."""
    if original.endswith("/"):
        return path if path.endswith("/") else f"{path}/"
    if original.endswith("/."):
        return f"{path}." if path == "/" else f"{path}/."
    return path


def _without_drive(path: str, *, keep_slash: bool) -> str:
    """A Windows path without `C:`, cleaned; a path elsewhere is refused (`CheckSystemDriveAndRemoveDriveLetter`)."""
    if len(path) == len("C:") and path[1] == ":" and path.isascii():
        raise Complaint(f"No relative path specified in {go_quote(path)}")
    slashed = path.replace("\\", "/")
    if slashed.startswith("//"):
        raise Complaint("UNC paths are not supported")
    drive, colon, rest = slashed.partition(":")
    if colon and drive.lower() != "c":
        raise Complaint("The specified path is not on the system drive (C:)")
    located = rest if colon else slashed
    cleaned = clean(located)
    return f"{cleaned}/" if keep_slash and len(cleaned) > 1 and located.endswith("/") else cleaned
