"""Platforms: `linux/amd64`, `linux/arm/v7`, `windows(10.0.17763)/amd64` (`containerd/platforms`).

What a short form leaves out is taken from the host; every host here is linux/amd64, so that a
plan does not depend on where it is made.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

import attrs

from stagegraph.errors import Complaint
from stagegraph.lazily import lazy
from stagegraph.quoting import go_quote
from stagegraph.values.paths import join

HOST_OS = "linux"
HOST_ARCHITECTURE = "amd64"

_OS = r"^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.%-]*)((?:\+[A-Za-z0-9_.%-]+)*)\))?$"
_PART = r"^[A-Za-z0-9_.-]+$"
_os_part = re.compile(_OS.removesuffix("$"))
_part = re.compile(_PART.removesuffix("$"))
_bad_escape = re.compile(r"%(?![0-9A-Fa-f]{2}).{0,2}")

_known_system = re.compile(
    "aix|android|darwin|dragonfly|freebsd|hurd|illumos|ios|js|linux|nacl|netbsd|openbsd|plan9|solaris|windows|zos"
)
_known_architecture = re.compile(
    "386|amd64|amd64p32|arm|armbe|arm64|arm64be|loong64|mips|mipsle|mips64|mips64le|mips64p32|mips64p32le"
    "|ppc|ppc64|ppc64le|riscv|riscv64|s390|s390x|sparc|sparc64|wasm"
)
_KNOWN_VARIANTS = {
    "arm": {"": "v7", "5": "v5", "6": "v6", "7": "v7", "8": "v8"},
    "arm64": {"8": "", "v8": "", "v8.0": "", "9": "v9", "9.0": "v9", "v9.0": "v9"},
    "amd64": {"v1": ""},
}
_OTHER_NAMES = {"x86_64": "amd64", "x86-64": "amd64", "aarch64": "arm64"}
_NAMES_WITH_VARIANT = {"i386": ("386", ""), "armhf": ("arm", "v7"), "armel": ("arm", "v6")}
_MOST_PARTS = 3
_OPTION_ESCAPES = str.maketrans({"%": "%25", "+": "%2B", "(": "%28", ")": "%29", "/": "%2F"})


@attrs.frozen(slots=False, cache_hash=True)
class Platform:
    """What a stage is built for; `variant`, `os_version` and `os_features` are mostly empty."""

    os: str
    architecture: str
    variant: str = ""
    os_version: str = ""
    os_features: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """`os/architecture[/variant]` (`platforms.Format`)."""
        return join(self.os, self.architecture, self.variant) if self.os else "unknown"

    @lazy
    def full_text(self) -> str:
        """The same with the version and the features of the operating system (`platforms.FormatAll`)."""
        if not self.os:
            return "unknown"
        features = sorted({feature for feature in self.os_features if feature})
        options = "+".join(option.translate(_OPTION_ESCAPES) for option in (self.os_version, *features))
        system = f"{self.os}({options})" if options else self.os
        return join(system, self.architecture, self.variant)

    def normalised(self) -> Platform:
        """The same platform in its one canonical spelling (`platforms.Normalize`)."""
        architecture, variant = _normalise_architecture(self.architecture, self.variant)
        features = tuple(sorted(set(self.os_features)))
        return Platform(_normalise_os(self.os), architecture, variant, self.os_version, features)


HOST = Platform(HOST_OS, HOST_ARCHITECTURE)


@lru_cache(maxsize=1024)
def parse_platform(text: str) -> Platform:
    """The platform that `text` specifies (`platforms.Parse`), else a `Complaint`."""
    if "*" in text:
        raise _invalid(f"{go_quote(text)}: wildcards not yet supported")
    parts = text.split("/", _MOST_PARTS)
    system, version, features = _parse_os(parts[0], text)
    for part in parts[1:]:
        _check_part(part, text)
    if len(parts) == 1:
        return _parse_single(text, system, version, features)
    if len(parts) > _MOST_PARTS:
        raise _invalid(f"{go_quote(text)}: cannot parse platform specifier")
    architecture, variant = _normalise_architecture(parts[1], parts[2] if len(parts) == _MOST_PARTS else "")
    if len(parts) == _MOST_PARTS:
        if architecture == "arm64":
            variant = variant or "v8"
    elif architecture == "arm":
        variant = _without_default(variant)
    return Platform(system, architecture, variant, version, features)


def _parse_single(text: str, system: str, version: str, features: tuple[str, ...]) -> Platform:
    """A word alone: an operating system if it is a known one, else an architecture."""
    if _known_system.fullmatch(system):
        return Platform(system, HOST_ARCHITECTURE, "", version, features)
    architecture, variant = _normalise_architecture(text, "")
    if not _known_architecture.fullmatch(architecture):
        raise _invalid(f"{go_quote(text)}: unknown operating system or architecture")
    if architecture == "arm":
        variant = _without_default(variant)
    return Platform(HOST_OS, architecture, variant, version, features)


def _parse_os(part: str, text: str) -> tuple[str, str, tuple[str, ...]]:
    """Name, version and features of `os(version+feature+feature)`."""
    match = _os_part.fullmatch(part)
    if match is None:
        raise _invalid(
            f"{go_quote(part)} is an invalid OS component of {go_quote(text)}: "
            f"OSAndVersion specifier component must match {go_quote(_OS)}"
        )
    name, version, features = match.group(1), match.group(2) or "", match.group(3) or ""
    decoded = _decode_option(version, f"{go_quote(text)} has an invalid OS version {go_quote(version)}")
    names = tuple(
        _decode_option(feature, f"{go_quote(text)} has invalid OS features: invalid os feature {go_quote(feature)}")
        for feature in features.split("+")[1:]
    )
    return _normalise_os(name), decoded, names


def _check_part(part: str, text: str) -> None:
    if not _part.fullmatch(part):
        raise _invalid(
            f"{go_quote(part)} is an invalid component of {go_quote(text)}: "
            f"platform specifier component must match {go_quote(_PART)}"
        )


def _decode_option(option: str, context: str) -> str:
    """`option` without its `%` escapes (`url.PathUnescape`)."""
    if bad := _bad_escape.search(option):
        raise Complaint(f"{context}: invalid URL escape {go_quote(bad.group())}")
    return unquote(option, "utf-8", "surrogateescape")


def _normalise_os(name: str) -> str:
    name = name.lower() or HOST_OS
    return "darwin" if name == "macos" else name


def _normalise_architecture(architecture: str, variant: str) -> tuple[str, str]:
    architecture, variant = architecture.lower(), variant.lower()
    if architecture in _NAMES_WITH_VARIANT:
        return _NAMES_WITH_VARIANT[architecture]
    architecture = _OTHER_NAMES.get(architecture, architecture)
    return architecture, _KNOWN_VARIANTS.get(architecture, {}).get(variant, variant)


def _without_default(variant: str) -> str:
    return "" if variant == "v7" else variant


def _invalid(message: str) -> Complaint:
    return Complaint(f"{message}: invalid argument")
