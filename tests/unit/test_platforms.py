"""Platforms: short forms, canonical spellings, what is refused."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.platforms import Platform, parse_platform

OS_PATTERN = r"^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)((?:\\+[A-Za-z0-9_.%-]+)*)\\))?$"
BAD_OS = f'OSAndVersion specifier component must match "{OS_PATTERN}"'
BAD_PART = 'platform specifier component must match "^[A-Za-z0-9_.-]+$"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("linux", Platform("linux", "amd64")),
        ("macOS", Platform("darwin", "amd64")),
        ("arm64", Platform("linux", "arm64")),
        ("x86-64", Platform("linux", "amd64")),
        ("armhf", Platform("linux", "arm")),
        ("armel", Platform("linux", "arm", "v6")),
        ("riscv64", Platform("linux", "riscv64")),
        ("linux/i386", Platform("linux", "386")),
        ("linux/arm", Platform("linux", "arm")),
        ("linux/arm/v7", Platform("linux", "arm", "v7")),
        ("linux/arm/6", Platform("linux", "arm", "v6")),
        ("linux/arm64", Platform("linux", "arm64")),
        ("linux/aarch64/v8", Platform("linux", "arm64", "v8")),
        ("linux/arm64/9", Platform("linux", "arm64", "v9")),
        ("linux/amd64/v1", Platform("linux", "amd64")),
        ("linux/amd64/v3", Platform("linux", "amd64", "v3")),
        ("plan10/z80", Platform("plan10", "z80")),
        ("windows(10.0.20348)/amd64", Platform("windows", "amd64", "", "10.0.20348")),
        ("windows(1+win32k+b)", Platform("windows", "amd64", "", "1", ("win32k", "b"))),
        ("linux(+a%2Fb)/arm64", Platform("linux", "arm64", "", "", ("a/b",))),
        ("linux(%ff)/arm64", Platform("linux", "arm64", "", "\udcff")),
    ],
)
def test_parse(text: str, expected: Platform) -> None:
    assert parse_platform(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f'"" is an invalid OS component of "": {BAD_OS}'),
        ("li nux/arm", f'"li nux" is an invalid OS component of "li nux/arm": {BAD_OS}'),
        ("lin\udcffux", f'"lin\\xffux" is an invalid OS component of "lin\\xffux": {BAD_OS}'),
        ("linux/", f'"" is an invalid component of "linux/": {BAD_PART}'),
        ("linux/arm/v7/x/y", f'"x/y" is an invalid component of "linux/arm/v7/x/y": {BAD_PART}'),
        ("linux/arm/v7/x", '"linux/arm/v7/x": cannot parse platform specifier'),
        ("linux/*", '"linux/*": wildcards not yet supported'),
        ("toaster", '"toaster": unknown operating system or architecture'),
    ],
)
def test_what_is_no_platform(text: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        parse_platform(text)
    assert caught.value.message == f"{message}: invalid argument"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("linux(%z)/arm", '"linux(%z)/arm" has an invalid OS version "%z": invalid URL escape "%z"'),
        (
            "linux(1+%2)/arm",
            '"linux(1+%2)/arm" has invalid OS features: invalid os feature "%2": invalid URL escape "%2"',
        ),
    ],
)
def test_a_bad_escape(text: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        parse_platform(text)
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("platform", "text", "full_text"),
    [
        (Platform("linux", "arm", "v6"), "linux/arm/v6", "linux/arm/v6"),
        (Platform("linux", "amd64"), "linux/amd64", "linux/amd64"),
        (Platform("linux", ""), "linux", "linux"),
        (Platform("", "amd64"), "unknown", "unknown"),
        (Platform("windows", "amd64", "", "10.0"), "windows/amd64", "windows(10.0)/amd64"),
        (Platform("windows", "amd64", "", "", ("b", "a", "b")), "windows/amd64", "windows(+a+b)/amd64"),
        (Platform("windows", "amd64", "", "1/2", ("a+b",)), "windows/amd64", "windows(1%2F2+a%2Bb)/amd64"),
        (Platform("windows", "amd64", "", "", ("",)), "windows/amd64", "windows/amd64"),
    ],
)
def test_text(platform: Platform, text: str, full_text: str) -> None:
    assert platform.text == text
    assert platform.full_text == full_text


@pytest.mark.parametrize(
    ("platform", "expected"),
    [
        (Platform("macOS", "x86_64"), Platform("darwin", "amd64")),
        (Platform("", "aarch64", "v8"), Platform("linux", "arm64")),
        (Platform("linux", "arm"), Platform("linux", "arm", "v7")),
        (Platform("linux", "ARM", "V5"), Platform("linux", "arm", "v5")),
        (Platform("linux", "s390x", "q", "1", ("b", "a", "b")), Platform("linux", "s390x", "q", "1", ("a", "b"))),
    ],
)
def test_normalised(platform: Platform, expected: Platform) -> None:
    assert platform.normalised() == expected
