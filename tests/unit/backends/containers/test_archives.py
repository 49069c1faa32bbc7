"""Trees as archives, there and back."""

from __future__ import annotations

import hashlib
import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagegraph.backends.containers.archives import KeptArchive, archive_of, nodes_in
from stagegraph.backends.files.nodes import Bytes, Entry, File, Folder, Link, OnDisk, Owner, Unknown
from stagegraph.errors import InputError


def back(changes, chunk=512):
    with archive_of(changes, lambda owner: owner.numbers()) as stream:
        data = stream.read()
    return dict(nodes_in(data[start : start + chunk] for start in range(0, len(data), chunk)))


_owners = st.builds(Owner, st.integers(0, 2**31), st.integers(0, 2**31))
_modes = st.integers(0, 0o7777)
_names = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=120)
_nodes = st.one_of(
    st.builds(Folder, _modes, _owners),
    st.builds(Link, st.text("abc./é", min_size=1), _owners),
    st.builds(File, st.builds(Bytes, st.binary(max_size=2000)), _modes, _owners),
)


_paths = _names.filter(lambda name: name.strip(".")).map(lambda name: f"/{name}")


def told(node):
    return (node.content.digest, node.content.size, node.mode, node.owner) if isinstance(node, File) else node


@given(st.dictionaries(_paths, _nodes, max_size=5), st.integers(1, 4096))
def test_everything_comes_back(nodes, chunk):
    found = back({path: Entry(node) for path, node in nodes.items()}, chunk)
    assert {path: told(node) for path, node in found.items()} == {path: told(node) for path, node in nodes.items()}


def test_what_is_unknown_is_in_no_archive():
    assert back({"/a": Entry(Unknown()), "/b": Entry(Folder())}) == {"/b": Folder()}


def test_times():
    found = back({"/old": Entry(File(Bytes(b""), modified=12.5)), "/new": Entry(Folder())})
    assert found["/old"].modified == 12.5
    assert found["/new"].modified > 12.5


def test_names_of_owners_are_asked_for():
    with archive_of({"/a": Entry(Folder(owner=Owner("app", None)))}, lambda _owner: (7, 8)) as stream:
        (node,) = dict(nodes_in([stream.read()])).values()
    assert node.owner == Owner(7, 8)


def test_a_file_that_has_gone_meanwhile(tmp_path):
    with pytest.raises(InputError, match="no such file or directory"):
        archive_of({"/a": Entry(File(OnDisk(tmp_path / "gone", 3)))}, lambda owner: owner.numbers())


def made(*members):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, kind, link, data in members:
            member = tarfile.TarInfo(name)
            member.type, member.linkname, member.size = kind, link, len(data)
            archive.addfile(member, io.BytesIO(data))
    return [stream.getvalue()]


def test_hard_links_are_files_and_what_is_none_of_these_is_left_out():
    found = dict(
        nodes_in(
            made(
                ("d/a", tarfile.REGTYPE, "", b"1"),
                ("d/b", tarfile.LNKTYPE, "d/a", b""),
                ("d/fifo", tarfile.FIFOTYPE, "", b""),
                ("d/lost", tarfile.LNKTYPE, "d/none", b""),
            )
        )
    )
    assert set(found) == {"/d/a", "/d/b"}
    assert found["/d/b"].content.digest == hashlib.sha256(b"1").hexdigest()


@pytest.mark.parametrize("name", ["../../x", "/x", "./x", "a/../../x"])
def test_no_path_leaves_the_root(name):
    assert list(dict(nodes_in(made((name, tarfile.REGTYPE, "", b""))))) == ["/x"]


def test_a_file_is_read_in_any_order_and_not_beyond_its_end():
    found = dict(nodes_in(made(("a", tarfile.REGTYPE, "", b"0123456789"), ("b", tarfile.REGTYPE, "", b"next"))))
    with found["/a"].content.open() as one, found["/a"].content.open() as other:
        assert (one.read(3), other.read(2), one.read(), one.read()) == (b"012", b"01", b"3456789", b"")
        one.seek(-2, io.SEEK_END)
        assert one.read() == b"89"


def test_an_archive_is_kept_as_long_as_a_file_of_it_is():
    kept = KeptArchive([b"ab", b"c"])
    file = kept.file
    assert kept.read(1, 5) == b"bc"
    assert not file.closed
    del kept
    assert file.closed
