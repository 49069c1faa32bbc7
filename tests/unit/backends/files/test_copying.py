"""Copies among trees. What BuildKit 0.25 and the legacy builder of Engine 28.5 do was tried on both."""

from __future__ import annotations

import io
import tarfile

import pytest

from stagegraph.backends.files.copying import copy, make_directory
from stagegraph.backends.files.nodes import Bytes, Entry, File, Folder, Link, Owner, Unknown
from stagegraph.backends.files.sources import MissingSourceError
from stagegraph.backends.files.tree import FileTree
from stagegraph.errors import Complaint
from stagegraph.planning.operations import (
    CopyOperation,
    DirectoryOperation,
    DownloadItem,
    InlineItem,
    PathItem,
    RepositoryItem,
)
from stagegraph.stages.options import Builder
from stagegraph.values.git_urls import GitSource

STEP = 9


def file(text="x", mode=0o644, owner=Owner()):  # noqa: B008 - it is a value
    return File(Bytes(text.encode()), mode, owner)


def tree(makers=(), **nodes) -> FileTree:
    """A tree; `a__b` is the path `/a/b`."""
    return FileTree({f"/{name.replace('__', '/')}": Entry(node, (1,)) for name, node in nodes.items()}, makers)


SOURCE = tree(
    a=file("a"), b=file("b", 0o600), d=Folder(0o700), d__c=file("c"), d__e=Folder(), d__e__f=file("f"), link=Link("d/c")
)


def copied(*paths, to, base=None, source=SOURCE, builder=Builder.BUILDKIT, **options):
    items = tuple(path if not isinstance(path, str) else PathItem(path) for path in paths)
    operation = CopyOperation(items, to, **options)
    base = base or FileTree()
    return base.with_changes(copy(base, operation, [source] * len(items), STEP, builder))


def nodes(result: FileTree) -> dict[str, object]:
    return {path: entry.node for path, entry in sorted(result.entries.items())}


def test_a_file_to_a_new_name():
    assert nodes(copied("/a", to="/x/y")) == {"/x": Folder(), "/x/y": file("a")}


@pytest.mark.parametrize("destination", ["/x/", "/x/."])
def test_a_file_into_a_folder(destination):
    assert nodes(copied("/a", to=destination)) == {"/x": Folder(), "/x/a": file("a")}


def test_a_file_into_a_folder_that_is_there():
    base = tree(x=Folder(0o700, Owner(5, 5)))
    assert nodes(copied("/a", to="/x", base=base)) == {"/x": Folder(0o700, Owner(5, 5)), "/x/a": file("a")}


def test_a_file_over_a_file():
    assert nodes(copied("/a", to="/x", base=tree(x=file("old")))) == {"/x": file("a")}


def test_the_content_of_a_folder_is_copied_and_not_its_mode():
    assert nodes(copied("/d", to="/x")) == {
        "/x": Folder(0o755),
        "/x/c": file("c"),
        "/x/e": Folder(),
        "/x/e/f": file("f"),
    }


def test_the_whole_context():
    assert set(copied("/", to="/").entries) == set(SOURCE.entries)


@pytest.mark.parametrize("builder", Builder)
def test_folders_below_keep_their_modes_whether_or_not_they_are_there(builder):
    source = tree(d=Folder(), d__e=Folder(0o711))
    assert nodes(copied("/d", to="/x", source=source, builder=builder))["/x/e"] == Folder(0o711)
    base = tree(x=Folder(0o700), x__e=Folder(0o777, Owner(5, 6)))
    assert nodes(copied("/d", to="/x", source=source, base=base, builder=builder)) == {
        "/x": Folder(0o700),
        "/x/e": Folder(0o711),
    }


def test_the_legacy_builder_gives_an_owner_to_the_folders_on_the_way_to_a_file():
    result = copied("/a", to="/x/y/z", chown="7:8", builder=Builder.LEGACY)
    assert nodes(result) == {
        "/x": Folder(owner=Owner(7, 8)),
        "/x/y": Folder(owner=Owner(7, 8)),
        "/x/y/z": file("a", owner=Owner(7, 8)),
    }


def test_the_legacy_builder_gives_an_owner_to_the_folder_whose_content_is_copied_and_to_none_above():
    source = tree(d=Folder(), d__e=Folder())
    result = copied("/d", to="/x/y", chown="7:8", source=source, builder=Builder.LEGACY)
    assert nodes(result) == {
        "/x": Folder(),
        "/x/y": Folder(owner=Owner(7, 8)),
        "/x/y/e": Folder(owner=Owner(7, 8)),
    }


def test_a_file_in_the_place_of_a_folder():
    with pytest.raises(Complaint, match="cannot replace to directory /x/c with file"):
        copied("/d", to="/x", base=tree(x=Folder(), x__c=Folder()))


def test_a_folder_in_the_place_of_a_file():
    with pytest.raises(Complaint, match="mkdir /x: not a directory"):
        copied("/d", to="/x/", base=tree(x=file()))


def test_a_link_that_is_named_is_followed_and_one_inside_is_copied():
    assert nodes(copied("/link", to="/x")) == {"/x": file("c")}
    assert nodes(copied("/", to="/"))["/link"] == Link("d/c")


@pytest.mark.parametrize("target", ["/../../a", "../../../a", "/a"])
def test_a_link_never_leads_out(target):
    assert nodes(copied("/out", to="/x", source=tree(a=file("in"), out=Link(target)))) == {"/x": file("in")}


def test_links_in_a_ring():
    with pytest.raises(Complaint, match="/one: too many links"):
        copied("/one", to="/x", source=tree(one=Link("two"), two=Link("one")))


def test_a_destination_behind_a_link():
    base = tree(real=Folder(), alias=Link("real"))
    assert set(copied("/a", to="/alias/x", base=base).entries) == {"/real", "/alias", "/real/x"}


def test_wildcards():
    assert set(copied("/?", to="/x/").entries) == {"/x", "/x/a", "/x/b", "/x/c", "/x/e", "/x/e/f"}
    assert set(copied("/d/*/f", to="/x/").entries) == {"/x", "/x/f"}


def test_a_wildcard_that_matches_nothing():
    assert set(copied("/z*", to="/x/").entries) == {"/x"}
    for pattern in ("/z*", "/d*/"):
        with pytest.raises(Complaint, match="no source files were specified"):
            copied(pattern, to="/x/", builder=Builder.LEGACY)
    assert set(copied("/z*", "/a", to="/x/", builder=Builder.LEGACY).entries) == {"/x", "/x/a"}


@pytest.mark.parametrize("path", ["/z", "/d/z", "/a/z"])
def test_a_path_that_is_not_there(path):
    with pytest.raises(MissingSourceError) as caught:
        copied(path, to="/x")
    assert caught.value.path == path


def test_owners():
    owner = Owner(33, 44)
    assert nodes(copied("/d", to="/x/y", chown="33:44")) == {
        "/x": Folder(owner=owner),
        "/x/y": Folder(owner=owner),
        "/x/y/c": file("c", owner=owner),
        "/x/y/e": Folder(owner=owner),
        "/x/y/e/f": file("f", owner=owner),
    }
    parents = nodes(copied("/d", to="/x/y", chown="33:44", builder=Builder.LEGACY))
    assert (parents["/x"], parents["/x/y/c"]) == (Folder(), file("c", owner=owner))


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("5", Owner(5, 5)),
        ("5:6", Owner(5, 6)),
        ("root", Owner(0, 0)),
        ("www", Owner("www", None)),
        ("www:5", Owner("www", 5)),
    ],
)
def test_how_owners_are_written(text, owner):
    assert nodes(copied("/a", to="/x", chown=text))["/x"].owner == owner


def test_owners_of_a_stage_are_kept():
    source = tree(a=file(owner=Owner(7, 8)))
    assert nodes(copied("/a", to="/x", source=source))["/x"].owner == Owner(7, 8)


def test_modes():
    result = nodes(copied("/d", "/link", to="/x/", mode=0o640))
    assert (result["/x"], result["/x/c"], result["/x/e"]) == (Folder(0o640), file("c", 0o640), Folder(0o640))
    assert nodes(copied("/", to="/", mode="g+w"))["/link"] == Link("d/c")
    assert nodes(copied("/b", to="/x", mode="g+w,o=r"))["/x"] == file("b", 0o624)


def test_excludes():
    assert set(copied("/d", to="/x", excludes=("e",)).entries) == {"/x", "/x/c"}
    assert set(copied("/d", to="/x", excludes=("e", "!e/f")).entries) == {"/x", "/x/c", "/x/e", "/x/e/f"}


def test_parents():
    assert set(copied(PathItem("/", "/d/e/f"), to="/x/").entries) == {"/x", "/x/d", "/x/d/e", "/x/d/e/f"}
    assert nodes(copied(PathItem("/", "/d/e/f"), to="/x/"))["/x/d"] == Folder(0o700)
    assert set(copied(PathItem("/d", "/e/*"), to="/x/").entries) == {"/x", "/x/e", "/x/e/f"}
    with pytest.raises(MissingSourceError):
        copied(PathItem("/", "/d/z"), to="/x/")
    assert set(copied(PathItem("/", "/z*"), to="/x/").entries) == {"/x"}


def test_files_of_the_dockerfile():
    item = InlineItem("name", "hello\n")
    assert nodes(copied(item, to="/x/")) == {"/x": Folder(), "/x/name": file("hello\n")}
    assert nodes(copied(item, to="/x", mode=0o755)) == {"/x": file("hello\n", 0o755)}


def _archive(mode: str) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode=mode) as archive:
        for name, kind in (("d", tarfile.DIRTYPE), ("d/f", tarfile.REGTYPE), ("../up", tarfile.REGTYPE)):
            member = tarfile.TarInfo(name)
            member.type, member.mode, member.uid, member.size = kind, 0o640, 5, 0
            archive.addfile(member)
        link = tarfile.TarInfo("l")
        link.type, link.linkname = tarfile.SYMTYPE, "d/f"
        archive.addfile(link)
    return written.getvalue()


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_archives_are_unpacked_and_nothing_leaves_the_destination(mode):
    source = FileTree({"/a.tar": Entry(File(Bytes(_archive(mode))))})
    result = nodes(copied(PathItem("/a.tar", unpack=True), to="/x", source=source))
    assert set(result) == {"/x", "/x/d", "/x/d/f", "/x/up", "/x/l"}
    assert result["/x/d/f"] == File(Bytes(b""), 0o640, Owner(5, 0))
    assert result["/x/l"] == Link("d/f")
    assert set(copied("/a.tar", to="/x", source=source).entries) == {"/x"}


@pytest.mark.parametrize(("builder", "owner"), [(Builder.BUILDKIT, Owner(7, 8)), (Builder.LEGACY, Owner(5, 0))])
def test_what_an_archive_holds_has_the_owner_that_is_asked_for_with_buildkit_alone(builder, owner):
    source = FileTree({"/a.tar": Entry(File(Bytes(_archive("w"))))})
    base = tree(x=Folder(), x__d=Folder(0o777))
    result = nodes(
        copied(PathItem("/a.tar", unpack=True), to="/x", source=source, base=base, chown="7:8", builder=builder)
    )
    assert result["/x/d"] == Folder(0o640, owner)
    assert result["/x/d/f"] == File(Bytes(b""), 0o640, owner)


@pytest.mark.parametrize("content", [b"", b"text", b"\x1f\x8b\x08broken", b"BZh", b"x" * 257 + b"ustar"])
def test_what_is_no_archive_is_copied(content):
    source = FileTree({"/a": Entry(File(Bytes(content)))})
    assert nodes(copied(PathItem("/a", unpack=True), to="/x", source=source)) == {"/x": File(Bytes(content))}


def test_what_comes_from_the_web_is_unknown():
    download = DownloadItem("https://h/f", "f")
    assert nodes(copied(download, to="/x/")) == {"/x": Folder(), "/x/f": Unknown()}
    assert nodes(copied(RepositoryItem(GitSource("g")), to="/x/")) == {"/x": Folder(), "/x/*": Unknown()}


# -- what is not known -------------------------------------------------------------------------

OPEN = tree((2, 3), a=file("a"), d=Folder(), d__c=file("c"))


def test_steps_tell_where_a_file_comes_from():
    assert copied("/a", to="/x").entries["/x"].steps == (1, STEP)


def test_a_path_that_may_be_there():
    result = copied("/bin/hello", to="/bin/hello", source=OPEN)
    assert result.entries["/bin/hello"] == Entry(Unknown(), (2, 3, STEP))
    assert copied("/bin/hello", to="/bin/", source=OPEN).entries["/bin/*"] == Entry(Unknown(), (2, 3, STEP))


def test_a_folder_of_which_not_everything_is_known():
    result = copied("/d", to="/x", source=OPEN)
    assert set(result.entries) == {"/x", "/x/c", "/x/*"}
    again = copied("/x/other", to="/y", source=result)
    assert again.entries["/y"] == Entry(Unknown(), (2, 3, STEP))


def test_a_wildcard_of_which_not_everything_is_known():
    assert set(copied("/d/c*", to="/x/", source=OPEN).entries) == {"/x", "/x/c", "/x/*"}


def test_a_destination_that_may_be_a_folder_is_not_certain():
    result = copied("/a", to="/x", base=tree((2,)))
    assert result.entries["/x"] == Entry(file("a"), (1, STEP), uncertain=(2,))
    assert copied("/a", to="/x/", base=tree((2,))).entries["/x/a"].uncertain == ()


def test_after_a_run_nothing_is_certain():
    after = copied("/a", to="/x").after_unknown_changes(11)
    assert after.makers == (11,)
    assert after.entries["/x"].uncertain == (11,)
    assert copied("/x", to="/y", source=after).entries["/y"].uncertain == (11,)


def test_a_linked_copy_is_put_upon_the_stage():
    merged = tree(x=Folder(0o700), x__b=file("old")).with_changes(copied("/b", "/a", to="/x/").entries)
    assert nodes(merged) == {"/x": Folder(), "/x/a": file("a"), "/x/b": file("b", 0o600)}


# -- WORKDIR -----------------------------------------------------------------------------------


def test_a_working_directory():
    base = tree(a=Folder(0o700))
    result = base.with_changes(make_directory(base, DirectoryOperation("/a/b/c", "5:6"), STEP))
    assert nodes(result) == {
        "/a": Folder(0o700),
        "/a/b": Folder(owner=Owner(5, 6)),
        "/a/b/c": Folder(owner=Owner(5, 6)),
    }


def test_a_working_directory_behind_a_file():
    with pytest.raises(Complaint, match="mkdir /a: not a directory"):
        make_directory(tree(a=file()), DirectoryOperation("/a/b"), STEP)


@pytest.mark.parametrize(("unpack", "name"), [(False, "COPY"), (True, "ADD")])
def test_the_legacy_builder_wants_a_folder_for_several_files(unpack, name):
    pattern = PathItem("/[ab]", unpack=unpack)
    with pytest.raises(Complaint, match=f"When using {name} with more than one source file"):
        copied(pattern, to="/x", builder=Builder.LEGACY)
    assert set(copied(pattern, to="/x/", builder=Builder.LEGACY).entries) == {"/x", "/x/a", "/x/b"}
    assert set(copied(PathItem("/a*"), to="/x", builder=Builder.LEGACY).entries) == {"/x"}


@pytest.mark.parametrize(
    ("builder", "modes"), [(Builder.BUILDKIT, (0o6755, 0o2745)), (Builder.LEGACY, (0o755, 0o2745))]
)
def test_an_owner_takes_set_user_bits_away_with_the_legacy_builder(builder, modes):
    source = tree(d=Folder(), d__r=file(mode=0o6755), d__s=file(mode=0o2745))
    result = nodes(copied("/d", to="/x", source=source, chown="3:4", builder=builder))
    assert (result["/x/r"].mode, result["/x/s"].mode) == modes
