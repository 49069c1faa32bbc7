"""What the legacy builder is sent."""

from __future__ import annotations

import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stagegraph
from stagegraph.backends.docker.uploads import refuse_ignore_file, shows_ignore_file, upload_of
from stagegraph.context.directory import ContextDirectory
from stagegraph.dockerignore import DockerIgnore

DOCKERFILE = b"FROM scratch\n"


def context_of(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return ContextDirectory.open(folder)


def sent(context):
    """The members of the archive, with what they hold, and the name of the Dockerfile."""
    upload = upload_of(context, DOCKERFILE)
    with upload.archive, tarfile.open(fileobj=upload.archive) as archive:
        members = {one.name: one for one in archive}
        held = {name: archive.extractfile(one).read() for name, one in members.items() if one.isreg()}
    return members, held, upload.dockerfile


def left_out(held, name):
    """Whether the builder takes a file of the archive away, by the ignore file that is sent."""
    return DockerIgnore.read(held[".dockerignore"].decode()).excludes(name)


def test_a_context_as_it_is(tmp_path):
    context = context_of(tmp_path, a="1\n", d__b="2\n")
    (tmp_path / "a").chmod(0o640)
    (tmp_path / "link").symlink_to("../out")
    members, held, name = sent(context)
    assert held[name] == DOCKERFILE
    assert (held["a"], held["d/b"]) == (b"1\n", b"2\n")
    assert (members["a"].mode, members["a"].mtime) == (0o640, (tmp_path / "a").stat().st_mtime)
    assert members["d"].isdir()
    assert members["link"].linkname == "../out"
    assert set(members) == {"a", "d", "d/b", "link", ".dockerignore", name}


def test_no_context():
    members, held, name = sent(None)
    assert set(members) == {".dockerignore", name}
    assert left_out(held, name)
    assert left_out(held, ".dockerignore")


def test_where_there_is_no_ignore_file_none_is_seen(tmp_path):
    _, held, name = sent(context_of(tmp_path, a=""))
    assert left_out(held, name)
    assert left_out(held, ".dockerignore")
    assert not left_out(held, "a")


def test_an_ignore_file_that_leaves_itself_out_is_not_seen(tmp_path):
    (tmp_path / ".dockerignore").write_text("*.log\n.dockerignore\n")
    members, held, name = sent(context_of(tmp_path, **{"a.log": "", "b": ""}))
    assert set(members) == {"b", ".dockerignore", name}
    assert left_out(held, name)
    assert left_out(held, ".dockerignore")


PATTERNS = ("*.log", "**/*.log", "node_modules", "a?c", "*", "**", "/x", "tmp/", "d/*\nx-*")


@pytest.mark.parametrize("patterns", PATTERNS)
def test_an_ignore_file_that_is_seen_is_sent_as_it_is_and_the_dockerfile_is_left_out_by_it(tmp_path, patterns):
    text = f"# mine\n{patterns}\n!.dockerignore\n"
    (tmp_path / ".dockerignore").write_text(text)
    (tmp_path / ".dockerignore").chmod(0o600)
    context = context_of(tmp_path, b="")
    assert shows_ignore_file(context)
    members, held, name = sent(context)
    assert held[".dockerignore"] == text.encode()
    assert members[".dockerignore"].mode == 0o600
    assert left_out(held, name)
    assert not left_out(held, ".dockerignore")


def test_a_folder_of_which_something_is_brought_back_lends_no_name(tmp_path):
    (tmp_path / ".dockerignore").write_text("d\n!d/keep\n*.log\n")
    members, held, name = sent(context_of(tmp_path, d__keep="", d__other=""))
    assert members["d"].isdir()
    assert name.endswith(".log")
    assert left_out(held, name)


def test_a_name_that_is_left_out_altogether_is_lent(tmp_path):
    (tmp_path / ".dockerignore").write_text("d\n")
    members, held, name = sent(context_of(tmp_path, d__other=""))
    assert name == "d"
    assert held[name] == DOCKERFILE
    assert set(members) == {".dockerignore", "d"}


@given(st.lists(st.sampled_from([*PATTERNS, "!b", "!x", "!*.log", "[ab]c", "\\*"]), max_size=4))
def test_whatever_is_ignored_the_dockerfile_is_never_seen(tmp_path_factory, patterns):
    folder = tmp_path_factory.mktemp("context")
    (folder / ".dockerignore").write_text("\n".join([*patterns, ""]))
    members, held, name = sent(context_of(folder, b="", c=""))
    assert held[name] == DOCKERFILE
    assert left_out(held, name)
    assert len(members) == len({one.name for one in members.values()})


@pytest.mark.parametrize("copied", [". /x", "* /x/", ".dockerignore /x", ".docker* /x/", "/ /x"])
@pytest.mark.parametrize("ignored", ["", "# nothing\n", "a/b\n", "!x\n"])
def test_an_ignore_file_that_cannot_be_sent_as_it_is_and_is_copied_is_refused(tmp_path, copied, ignored):
    (tmp_path / ".dockerignore").write_text(ignored)
    plan = stagegraph.plan(f"FROM scratch\nCOPY {copied}\n", builder="legacy")
    with pytest.raises(stagegraph.UnsupportedError, match=r"\.dockerignore is copied") as refused:
        refuse_ignore_file(plan, context_of(tmp_path))
    assert refused.value.line == 2


@pytest.mark.parametrize(
    ("text", "ignored"),
    [
        ("COPY a /x", ""),
        ("COPY *.txt /x", ""),
        ("COPY --from=alpine / /x", ""),
        ("RUN true", ""),
        ("COPY . /x", "*.log"),
        ("COPY . /x", ".dockerignore"),
        ("COPY . /x", None),
    ],
)
def test_nothing_else_is(tmp_path, text, ignored):
    if ignored is not None:
        (tmp_path / ".dockerignore").write_text(ignored)
    refuse_ignore_file(stagegraph.plan(f"FROM alpine\n{text}\n", builder="legacy"), context_of(tmp_path))


def test_without_a_context_nothing_is_refused():
    refuse_ignore_file(stagegraph.plan("FROM alpine\nCOPY . /x\n", builder="legacy"), None)
