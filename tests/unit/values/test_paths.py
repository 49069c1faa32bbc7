"""Slash paths: cleaning, joining, making absolute, on Linux and on Windows images."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.values.paths import clean, is_absolute, join, normalise_path, normalise_workdir


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", "."),
        (".", "."),
        ("./", "."),
        ("/", "/"),
        ("//srv//", "/srv"),
        ("srv/./www/", "srv/www"),
        ("srv/../..", ".."),
        ("../../srv", "../../srv"),
        ("/../srv", "/srv"),
        ("a/b/../../c", "c"),
        ("a/..", "."),
        (".../x", ".../x"),
        ("\udcff/../\x00", "\x00"),
    ],
)
def test_clean(path: str, expected: str) -> None:
    assert clean(path) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((), ""),
        (("", ""), ""),
        (("", "a"), "a"),
        (("a", "", "../b"), "b"),
        (("/", "../a"), "/a"),
        (("a/", "/b"), "a/b"),
    ],
)
def test_join(parts: tuple[str, ...], expected: str) -> None:
    assert join(*parts) == expected


@pytest.mark.parametrize(
    ("path", "os", "expected"),
    [
        ("/a", "linux", True),
        ("a", "linux", False),
        (r"\a", "linux", False),
        ("C:/a", "linux", False),
        ("/a", "windows", True),
        (r"\a", "windows", True),
        (r"C:\a", "windows", True),
        ("c:a", "windows", False),
        (r"D:\a", "windows", False),
        (r"\\server\a", "windows", False),
    ],
)
def test_is_absolute(path: str, os: str, expected: bool) -> None:
    assert is_absolute(path, os) is expected


@pytest.mark.parametrize(
    ("parent", "path", "expected", "with_slash"),
    [
        ("/app", "src", "/app/src", "/app/src"),
        ("/app", "src/", "/app/src", "/app/src/"),
        ("/app", "src/.", "/app/src", "/app/src/."),
        ("/app", "..", "/", "/"),
        ("/app", "../", "/", "/"),
        ("/app", "../.", "/", "/."),
        ("/app", "./", "/app", "/app/"),
        ("/app", ".", "/app", "/app"),
        ("/app", "", "/app", "/app"),
        ("app", "src", "/app/src", "/app/src"),
        ("", "src", "/src", "/src"),
        ("", "", "/", "/"),
        ("/app", "/a/../b/", "/a/../b/", "/a/../b/"),
        ("/app", "/.", "/.", "/./."),
        ("/app", r"C:\x", r"/app/C:\x", r"/app/C:\x"),
    ],
)
def test_normalise_path(parent: str, path: str, expected: str, with_slash: str) -> None:
    assert normalise_path(parent, path, "linux") == expected
    assert normalise_path(parent, path, "linux", keep_slash=True) == with_slash


@pytest.mark.parametrize(
    ("parent", "path", "expected", "with_slash"),
    [
        ("/", r"C:\app\x", "/app/x", "/app/x"),
        (r"C:\app", r"src\sub" + "\\", "/app/src/sub", "/app/src/sub/"),
        (r"c:\app", "c:src", "/app/src", "/app/src"),
        ("app", "src/.", "/app/src", "/app/src/."),
        ("", "", "/", "/"),
        (r"\app", "", "/app", "/app"),
        ("/app", "/x/../y/", "/y", "/y/"),
    ],
)
def test_normalise_path_on_windows(parent: str, path: str, expected: str, with_slash: str) -> None:
    assert normalise_path(parent, path, "windows") == expected
    assert normalise_path(parent, path, "windows", keep_slash=True) == with_slash


@pytest.mark.parametrize(
    ("parent", "path", "message"),
    [
        ("/", "C:", 'No relative path specified in "C:"'),
        ("/", r"D:\x", "The specified path is not on the system drive (C:)"),
        ("/", "\u00e9:", "The specified path is not on the system drive (C:)"),
        ("/", r"\\server\x", "UNC paths are not supported"),
        ("E:/", "x", "The specified path is not on the system drive (C:)"),
    ],
)
def test_what_windows_images_refuse(parent: str, path: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        normalise_path(parent, path, "windows")
    assert caught.value.message == f"removing drive letter: {message}"
    with pytest.raises(Complaint) as caught:
        normalise_workdir(parent, path, "windows")
    assert caught.value.message == f"normalizing working directory: removing drive letter: {message}"


@pytest.mark.parametrize(
    ("current", "wanted", "os", "expected"),
    [
        ("/", "app", "linux", "/app"),
        ("/app", "../x/", "linux", "/x"),
        ("", "app", "", "/app"),
        ("/app", "/y/", "linux", "/y/"),
        ("/", "app/x", "windows", r"\app\x"),
        (r"\app", r"C:\y", "windows", r"\y"),
    ],
)
def test_normalise_workdir(current: str, wanted: str, os: str, expected: str) -> None:
    assert normalise_workdir(current, wanted, os) == expected
