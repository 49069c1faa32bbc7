"""Sources of `ADD` and `COPY`: paths, web addresses, Git repositories."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.values.git_urls import (
    GitSource,
    SourceKind,
    accepts_checksum,
    classify_source,
    http_filename,
    parse_git_source,
)


@pytest.mark.parametrize(
    ("text", "kind", "checksum"),
    [
        (".", SourceKind.LOCAL, False),
        ("src/*.c", SourceKind.LOCAL, False),
        ("./git@h:x", SourceKind.LOCAL, False),
        ("../http://h/x.git", SourceKind.LOCAL, False),
        ("a@b", SourceKind.LOCAL, False),
        ("ftp://h/x.git", SourceKind.LOCAL, False),
        ("HTTP://h/x", SourceKind.LOCAL, False),
        ("ssh://h:x/y", SourceKind.LOCAL, False),
        ("git@h:x?a;b", SourceKind.LOCAL, False),
        ("git@h:x\ny", SourceKind.LOCAL, False),
        ("github.com/a/b", SourceKind.LOCAL, True),
        ("github.com/a/%zz", SourceKind.LOCAL, False),
        ("http://h/x.tar.gz", SourceKind.HTTP, True),
        ("https://h/x.git/", SourceKind.HTTP, True),
        ("https://h:x/y.git", SourceKind.HTTP, True),
        ("https://h/x?y=.git", SourceKind.HTTP, True),
        ("https://h/x.git", SourceKind.GIT, True),
        ("https://h/x%2Egit", SourceKind.GIT, True),
        ("HTTPS://h/x.git", SourceKind.GIT, True),
        ("git://h/x", SourceKind.GIT, True),
        ("ssh://git@h/x", SourceKind.GIT, True),
        ("git@h:x", SourceKind.GIT, True),
        ("git@h:", SourceKind.GIT, True),
        ("\udcff/x", SourceKind.LOCAL, False),
        ("git@h:\udcff", SourceKind.GIT, True),
    ],
)
def test_kinds(text: str, kind: SourceKind, checksum: bool) -> None:
    assert classify_source(text) is kind
    assert accepts_checksum(text) is checksum


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://h/x.git#v1", GitSource("https://h/x.git", "v1")),
        ("https://h/x.git#v1:a/../b/", GitSource("https://h/x.git", "v1", "b")),
        ("https://h/x.git#:sub", GitSource("https://h/x.git", "", "sub")),
        ("https://h/x.git#v1:", GitSource("https://h/x.git", "v1")),
        ("https://h/x.git?ref=v2#:sub", GitSource("https://h/x.git", "v2", "sub")),
        ("https://h/x.git?ref=v1&subdir=sub#v1:sub", GitSource("https://h/x.git", "v1", "sub")),
        ("https://h/x.git?subdir=/a/../b", GitSource("https://h/x.git", "", "/a/../b")),
        ("https://h/x.git?tag=v1", GitSource("https://h/x.git", "refs/tags/v1")),
        ("https://h/x.git?tag=refs/tags/v1", GitSource("https://h/x.git", "refs/tags/v1")),
        ("https://h/x.git?branch=main", GitSource("https://h/x.git", "refs/heads/main")),
        ("https://h/x.git?ref=refs/tags/v1&tag=v1", GitSource("https://h/x.git", "refs/tags/v1")),
        ("https://h/x.git?checksum=abc", GitSource("https://h/x.git", checksum="abc")),
        (
            "https://h/x.git?commit=abc&fetch-by-commit",
            GitSource("https://h/x.git", checksum="abc", fetch_by_commit=True),
        ),
        ("https://h/x.git?keep-git-dir=&mtime=commit", GitSource("https://h/x.git", keep_git_dir=True)),
        (
            "https://h/x.git?keep-git-dir=F&submodules=0",
            GitSource("https://h/x.git", keep_git_dir=False, submodules=False),
        ),
        ("https://h/x.git?a;b", GitSource("https://h/x.git")),
        ("git@h:a/b.git?tag=v1#refs/tags/v1:sub", GitSource("git@h:a/b.git", "refs/tags/v1", "sub")),
        ("git@h:a b#%20", GitSource("git@h:a b", "%20")),
        ("ssh://me@h:22/x?#v", GitSource("ssh://me@h:22/x?", "v")),
    ],
)
def test_git_sources(text: str, expected: GitSource) -> None:
    assert parse_git_source(text) == expected


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("x=1", 'unexpected query "x"'),
        ("x", 'query "x" has no value'),
        ("ref=", 'query "ref" has no value'),
        ("ref=a&ref=a", 'query "ref" has multiple values'),
        ("ref=a#b", 'ref conflicts: "b" vs "a"'),
        ("subdir=a#:b", 'subdir conflicts: "b" vs "a"'),
        ("tag=a#b", 'ref conflicts: "b" vs "refs/tags/a"'),
        ("tag=a&ref=b", 'ref conflicts: "b" vs "refs/tags/a"'),
        ("branch=a#b", 'ref conflicts: "b" vs "refs/heads/a"'),
        ("branch=a&tag=b", "branch conflicts with tag"),
        ("keep-git-dir=x", 'invalid keep-git-dir value: "x"'),
        ("submodules=yes", 'invalid submodules value: "yes"'),
        ("fetch-by-commit=%ff", r'invalid fetch-by-commit value: "\xff"'),
        ("mtime=now", 'invalid mtime value: "now" (must be "checkout" or "commit")'),
    ],
)
@pytest.mark.parametrize("address", ["https://h/x.git", "git@h:x", "github.com/a/b"])
def test_a_wrong_query(address: str, query: str, message: str) -> None:
    text = f"{address}?{query}"
    for read in (classify_source, parse_git_source):
        with pytest.raises(Complaint) as caught:
            read(text)
        assert caught.value.message == message
    assert accepts_checksum(text) is address.startswith("https")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("https://h/a/b.tar.gz?x=y", "b.tar.gz"),
        ("https://h/a/", "a"),
        ("https://h/a%20b", "a b"),
        ("https://h/", "__unnamed__"),
        ("https://h", "__unnamed__"),
        ("https://h/.", "__unnamed__"),
        ("https://h/a%2Fb", "b"),
        ("https://h/%zz", "__unnamed__"),
    ],
)
def test_the_name_of_a_download(text: str, name: str) -> None:
    assert http_filename(text) == name


def test_looking_for_a_query_takes_no_time() -> None:
    assert classify_source("a@b:" + "?" * 200_000 + "\n") is SourceKind.LOCAL
