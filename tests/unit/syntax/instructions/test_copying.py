"""`COPY` and `ADD`."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import Heredoc
from stagegraph.errors import Complaint
from stagegraph.syntax.instructions import Add, Copy


def read(text: str) -> Copy | Add:
    (instruction,) = stagegraph.parse(f"{text}\n").instructions
    assert isinstance(instruction, Copy | Add)
    return instruction


@pytest.mark.parametrize(
    ("text", "sources", "destination"),
    [
        ("COPY a b", ("a",), "b"),
        ("COPY a b c/", ("a", "b"), "c/"),
        ('COPY ["a b", "c"]', ("a b",), "c"),
        ("COPY 'a b' c", ("'a", "b'"), "c"),
        ('COPY ["a"] b', ('["a"]',), "b"),
        ("ADD https://x/y $Z /", ("https://x/y", "$Z"), "/"),
        ("COPY a <<E b/\nE", ("a",), "b/"),
        ("COPY <<E b\nx\nE", (), "b"),
        ("COPY a\xa0b c", ("a\xa0b",), "c"),
    ],
)
def test_paths(text: str, sources: tuple[str, ...], destination: str) -> None:
    instruction = read(text)
    instruction.check()
    assert (instruction.sources, instruction.destination) == (sources, destination)


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("COPY a b", ()),
        ("COPY <<one b\nx\none", (Heredoc("one", "x\n"),)),
        (
            "ADD <<-one a <<'two' b/\n\tx\none\ny\ntwo",
            (Heredoc("one", "\tx\n", chomp=True), Heredoc("two", "y\n", expand=False)),
        ),
        ("COPY <<one <<'one' b/\nx\none\ny\none", (Heredoc("one", "y\n"), Heredoc("one", "y\n", expand=False))),
        ('COPY ["<<one", "b"]', (Heredoc("one"),)),
    ],
)
def test_inline_files(text: str, files: tuple[Heredoc, ...]) -> None:
    assert read(text).inline_files == files


def test_a_heredoc_in_exec_form_has_no_body() -> None:
    """The line parser sees none, the second layer sees a file that is empty."""
    copy = read('COPY ["<<one", "b"]')
    copy.check()
    assert copy.heredocs == ()
    assert copy.sources == ()


def test_flags_of_copy() -> None:
    copy = read("COPY --from=a --chown=1:2 --chmod=755 --link --parents --exclude=x --exclude=y a b")
    assert isinstance(copy, Copy)
    assert (copy.from_, copy.chown, copy.chmod, copy.link, copy.parents) == ("a", "1:2", "755", True, True)
    assert copy.excludes == ("x", "y")


def test_flags_of_add() -> None:
    add = read("ADD --checksum=sha256:0 --keep-git-dir=false --unpack --chown=1 --chmod=2 --link=false --exclude=x a b")
    assert isinstance(add, Add)
    assert (add.checksum, add.keep_git_dir, add.unpack, add.from_) == ("sha256:0", False, True, "")
    assert (add.chown, add.chmod, add.link, add.excludes) == ("1", "2", False, ("x",))


def test_flags_that_are_not_given() -> None:
    copy, add = read("COPY a b"), read("ADD a b")
    assert isinstance(copy, Copy)
    assert isinstance(add, Add)
    assert (copy.from_, copy.chown, copy.chmod, copy.link, copy.parents, copy.excludes) == (
        "",
        "",
        "",
        False,
        False,
        (),
    )
    assert (add.checksum, add.keep_git_dir, add.unpack, add.link) == ("", None, None, False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "COPY a",
            "COPY requires at least two arguments, but only one was provided. Destination could not be determined",
        ),
        ("ADD", "ADD requires at least two arguments, but only one was provided. Destination could not be determined"),
        (
            "copy --nope a",
            "COPY requires at least two arguments, but only one was provided. Destination could not be determined",
        ),
        ("COPY --chmd=755 a b", "unknown flag: --chmd (did you mean chmod?)"),
        ("COPY --from=a --from=b x y", "duplicate flag specified: --from"),
        ("COPY --checksum=a b c", "unknown flag: --checksum"),
        ("ADD --from=a b c", "unknown flag: --from"),
        ("COPY a <<E\nE", "COPY cannot accept a heredoc as a destination"),
        ("ADD <<D <<E\nD\nE", "ADD cannot accept a heredoc as a destination"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        read(text).check()
    assert caught.value.message == message
