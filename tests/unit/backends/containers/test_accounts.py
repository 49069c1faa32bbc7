"""Owners by name. What both builders do was tried on Docker Engine 28.5."""

from __future__ import annotations

import pytest

from stagegraph.backends.containers.accounts import Accounts, StrictAccounts, UnknownAccountError
from stagegraph.backends.files.nodes import Bytes, Entry, File, Link, Owner
from stagegraph.backends.files.tree import FileTree

PASSWD = b"root:x:0:0::/:/bin/sh\nbroken\napp:x:1000:1001::/home/app:/bin/sh\n"
FILES = FileTree(
    {
        "/etc/passwd": Entry(Link("/real")),
        "/real": Entry(File(Bytes(PASSWD))),
        "/etc/group": Entry(File(Bytes(b"root:x:0:\nstaff:x:50:app\n"))),
    }
)
CANNOT = "unable to convert uid/gid chown string to host mapping: can't find"


@pytest.mark.parametrize("accounts", [Accounts, StrictAccounts])
@pytest.mark.parametrize(
    ("owner", "numbers"),
    [("app", (1000, 1001)), ("app:staff", (1000, 50)), ("app:7", (1000, 7)), ("5:staff", (5, 50)), ("5", (5, 5))],
)
def test_names_that_are_known(accounts, owner, numbers):
    assert accounts(FILES).numbers(Owner.read(owner)) == numbers


@pytest.mark.parametrize(
    ("owner", "numbers"),
    [
        ("none", (0, 0)),
        ("none:staff", (0, 50)),
        ("app:none", (1000, 1001)),
        ("5:none", (5, 5)),
        ("app:", (1000, 0)),
        (":none", (0, 0)),
        ("5:", (5, 0)),
        (":5", (0, 5)),
    ],
)
def test_names_that_buildkit_does_not_know_are_roots(owner, numbers):
    assert Accounts(FILES).numbers(Owner.read(owner)) == numbers


@pytest.mark.parametrize(
    ("owner", "message"),
    [
        ("none", f"{CANNOT} uid for user none: no such user: none"),
        ("app:none", f"{CANNOT} gid for group none: no such group: none"),
    ],
)
def test_names_that_the_legacy_builder_does_not_know_are_errors(owner, message):
    with pytest.raises(UnknownAccountError) as caught:
        StrictAccounts(FILES).numbers(Owner.read(owner))
    assert str(caught.value) == message


def test_without_any_files_there_are_no_names_for_buildkit():
    assert Accounts(None).numbers(Owner.read("5:6")) == (5, 6)
    with pytest.raises(UnknownAccountError, match="invalid user index: -1"):
        Accounts(None).numbers(Owner.read("app"))


def test_links_in_a_ring_explain_nothing():
    ring = FileTree({"/etc/passwd": Entry(Link("passwd"))})
    assert Accounts(ring).numbers(Owner.read("app")) == (0, 0)
