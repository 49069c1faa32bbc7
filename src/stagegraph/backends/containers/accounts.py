"""Users and groups by name, as the files of a container explain them."""

from __future__ import annotations

from stagegraph.backends.files.nodes import File, Owner
from stagegraph.backends.files.tree import LoopError, Tree

_PASSWD, _GROUP = "/etc/passwd", "/etc/group"
_NAME, _NUMBER, _PRIMARY_GROUP = 0, 2, 3


class UnknownAccountError(Exception):
    """A name that the container does not know."""


class Accounts:
    """The accounts of one container, read when a name is asked for."""

    def __init__(self, files: Tree) -> None:
        self._files = files

    def numbers(self, owner: Owner) -> tuple[int, int]:
        """The owner as two numbers.

        Raises:
            UnknownAccountError: a name that is not there.
        """
        user, primary = self._user(owner.user)
        group = owner.group
        if group is None:
            return user, primary
        return user, group if isinstance(group, int) else self._number(_GROUP, group)

    def _user(self, user: int | str) -> tuple[int, int]:
        """The number of a user and that of its group."""
        if isinstance(user, int):
            return user, user
        for fields in self._lines(_PASSWD):
            if fields[_NAME] == user and len(fields) > _PRIMARY_GROUP:
                return int(fields[_NUMBER]), int(fields[_PRIMARY_GROUP])
        raise UnknownAccountError(f"unable to find user {user}: no matching entries in passwd file")

    def _number(self, path: str, name: str) -> int:
        for fields in self._lines(path):
            if fields[_NAME] == name and len(fields) > _NUMBER:
                return int(fields[_NUMBER])
        raise UnknownAccountError(f"unable to find group {name}: no matching entries in group file")

    def _lines(self, path: str) -> list[list[str]]:
        try:
            entry = self._files.get(self._files.resolve(path))
        except LoopError:
            return []
        if entry is None or not isinstance(entry.node, File):
            return []
        with entry.node.content.open() as stream:
            text = stream.read().decode("utf-8", "surrogateescape")
        return [line.split(":") for line in text.splitlines()]
