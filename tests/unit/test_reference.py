"""Image references: what they name, how they are spelled, what is refused."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.reference import Reference, normalise, parse_reference

SHA256 = "sha256:" + "0a" * 32
SHA512 = "sha512:" + "f1" * 64


@pytest.mark.parametrize(
    ("text", "full", "familiar"),
    [
        ("nginx", "docker.io/library/nginx", "nginx"),
        ("nginx:1.27", "docker.io/library/nginx:1.27", "nginx:1.27"),
        ("library/nginx", "docker.io/library/nginx", "nginx"),
        ("docker.io/nginx", "docker.io/library/nginx", "nginx"),
        ("index.docker.io/nginx", "docker.io/library/nginx", "nginx"),
        ("index.docker.io/acme/nginx:a", "docker.io/acme/nginx:a", "acme/nginx:a"),
        ("acme/web", "docker.io/acme/web", "acme/web"),
        ("library/a/b", "docker.io/library/a/b", "library/a/b"),
        ("quay.io/acme/web:v2", "quay.io/acme/web:v2", "quay.io/acme/web:v2"),
        ("localhost/web", "localhost/web", "localhost/web"),
        ("registry:5000/web", "registry:5000/web", "registry:5000/web"),
        ("Registry/web", "Registry/web", "Registry/web"),
        ("[fe80::1]:443/web", "[fe80::1]:443/web", "[fe80::1]:443/web"),
        ("a__b/c--d.e_f", "docker.io/a__b/c--d.e_f", "a__b/c--d.e_f"),
        ("no_host.example/web", "no_host.example/web", "no_host.example/web"),
        (f"nginx@{SHA256}", f"docker.io/library/nginx@{SHA256}", f"nginx@{SHA256}"),
        (f"nginx:1@{SHA512}", f"docker.io/library/nginx:1@{SHA512}", f"nginx:1@{SHA512}"),
        ("web:" + "t" * 128, "docker.io/library/web:" + "t" * 128, "web:" + "t" * 128),
        ("x.io/" + "p" * 255, "x.io/" + "p" * 255, "x.io/" + "p" * 255),
    ],
)
def test_spellings(text: str, full: str, familiar: str) -> None:
    reference = parse_reference(text)
    assert reference.text == full
    assert reference.familiar == familiar


def test_the_parts_are_told_apart() -> None:
    assert parse_reference(f"ghcr.io/acme/web:v1@{SHA256}") == Reference("ghcr.io", "acme/web", "v1", SHA256)
    assert parse_reference("busybox") == Reference("docker.io", "library/busybox")


def test_a_first_component_that_is_no_host_belongs_to_the_path() -> None:
    assert parse_reference("no_host.example/web") == Reference("", "no_host.example/web")


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("debian", "docker.io/library/debian:latest"),
        ("debian:12", "docker.io/library/debian:12"),
        (f"debian@{SHA256}", f"docker.io/library/debian@{SHA256}"),
        ("example.com:80/debian", "example.com:80/debian:latest"),
    ],
)
def test_the_default_tag_stands_only_where_nothing_else_does(text: str, normalised: str) -> None:
    assert normalise(text) == normalised


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "invalid reference format"),
        ("/web", "invalid reference format"),
        ("web:", "invalid reference format"),
        ("web:tag:tag", "invalid reference format"),
        ("web\n", "invalid reference format"),
        ("a..b", "invalid reference format"),
        ("a___b", "invalid reference format"),
        ("-a", "invalid reference format"),
        ("web@", "invalid reference format"),
        ("web@sha256:abc", "invalid reference format"),
        ("web:" + "t" * 129, "invalid reference format"),
        ("x.io//web", "invalid reference format"),
        ("Web", "invalid reference format: repository name (library/Web) must be lowercase"),
        ("acme/Web:v1", "invalid reference format: repository name (acme/Web) must be lowercase"),
        ("caf\u00c9", "invalid reference format: repository name (library/caf\u00c9) must be lowercase"),
        ("caf\u00e9", "invalid reference format"),
        ("a\udcff", "invalid reference format: repository name (library/a\udcff) must be lowercase"),
        ("No_host.example/web", "repository name must be lowercase"),
        ("b0" * 32, f"invalid repository name ({'b0' * 32}), cannot specify 64-byte hexadecimal strings"),
        ("x.io/" + "p" * 256, "repository name must not be more than 255 characters"),
        ("web@sha256:" + "a" * 63, "invalid checksum digest length"),
        ("web@sha256:" + "A" * 64, "invalid checksum digest format"),
        ("web@md5:" + "a" * 32, "unsupported digest algorithm"),
        ("web@MD5:" + "a" * 32, "invalid reference format: repository name (library/web@MD5) must be lowercase"),
        ("web:1@MD5:" + "a" * 32, "invalid checksum digest format"),
    ],
)
def test_what_is_no_reference(text: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        normalise(text)
    assert caught.value.message == message


def test_an_answer_is_remembered() -> None:
    assert parse_reference("alpine:3.20") is parse_reference("alpine:3.20")
