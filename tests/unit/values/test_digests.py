"""Content digests."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.values.digests import check_digest


@pytest.mark.parametrize("text", ["sha256:" + "0a" * 32, "sha384:" + "1b" * 48, "sha512:" + "2c" * 64])
def test_a_digest(text: str) -> None:
    check_digest(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "invalid checksum digest format"),
        ("sha256", "invalid checksum digest format"),
        ("sha256:", "invalid checksum digest format"),
        (":abc", "invalid checksum digest format"),
        ("sha256:" + "0A" * 32, "invalid checksum digest format"),
        ("sha256:" + "a" * 62 + "\u00e9", "invalid checksum digest format"),
        ("sha256:" + "a" * 64 + "\n", "invalid checksum digest length"),
        ("sha256:abc", "invalid checksum digest length"),
        ("sha512:" + "a" * 64, "invalid checksum digest length"),
        ("sha1:" + "a" * 40, "unsupported digest algorithm"),
        ("tarsum.v1+sha256:Zz_=-", "unsupported digest algorithm"),
        ("SHA256:" + "a" * 64, "invalid checksum digest format"),
        ("sha1:\udcff", "invalid checksum digest format"),
    ],
)
def test_what_is_no_digest(text: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        check_digest(text)
    assert caught.value.message == message
