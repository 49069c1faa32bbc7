"""Content digests, as in `sha256:…` (`opencontainers/go-digest`)."""

from __future__ import annotations

import re

from stagegraph.errors import Complaint

_HEX_DIGITS = {"sha256": 64, "sha384": 96, "sha512": 128}
_digest = re.compile(r"[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+")
_hexadecimal = re.compile(r"[a-f0-9]+")


def check_digest(text: str) -> None:
    """Nothing if `text` is a digest that the builders can verify (`digest.Parse`), else a `Complaint`."""
    algorithm, _, encoded = text.partition(":")
    if not algorithm or not encoded:
        raise Complaint("invalid checksum digest format")
    expected = _HEX_DIGITS.get(algorithm)
    if expected is None:
        known_form = _digest.fullmatch(text)
        raise Complaint("unsupported digest algorithm" if known_form else "invalid checksum digest format")
    if len(encoded.encode("utf-8", "surrogateescape")) != expected:
        raise Complaint("invalid checksum digest length")
    if not _hexadecimal.fullmatch(encoded):
        raise Complaint("invalid checksum digest format")
