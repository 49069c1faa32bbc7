"""Users and groups by name, as the files of a container explain them."""

from __future__ import annotations

from stagegraph.backends.files.nodes import File, Owner
from stagegraph.backends.files.tree import LoopError, Tree

_PASSWD, _GROUP = "/etc/passwd", "/etc/group"
_NAME, _NUMBER, _PRIMARY_GROUP = 0, 2, 3


class UnknownAccountError(Exception):
    """A name that cannot be explained."""


class Accounts:
    """The accounts of one container, read when a name is asked for, as BuildKit reads them.

    A user that is not known is root; a group that is not known is that of the user (`readUser` in
    `solver/llbsolver/file/user_linux.go`). Where there are no files at all, there are no names.
    """

    def __init__(self, files: Tree | None) -> None:
        self._files = files

    def numbers(self, owner: Owner) -> tuple[int, int]:
        """The owner as two numbers.

        Raises:
            UnknownAccountError: a name that cannot be explained.
        """
        user, primary = (owner.user, owner.user) if isinstance(owner.user, int) else self._user(owner.user)
        if owner.group is None or isinstance(owner.group, int):
            return user, primary if owner.group is None else owner.group
        return user, self._group(owner.group, primary)

    def _user(self, name: str) -> tuple[int, int]:
        """The number of a user and that of its group."""
        for fields in self._lines(_PASSWD):
            if fields[_NAME] == name and len(fields) > _PRIMARY_GROUP:
                return int(fields[_NUMBER]), int(fields[_PRIMARY_GROUP])
        return self._without_user(name)

    def _group(self, name: str, primary: int) -> int:
        for fields in self._lines(_GROUP):
            if fields[_NAME] == name and len(fields) > _NUMBER:
                return int(fields[_NUMBER])
        return self._without_group(name, primary)

    def _without_user(self, name: str) -> tuple[int, int]:  # noqa: ARG002 - another builder names it
        """What a user is that is not known."""
        return 0, 0

    def _without_group(self, name: str, primary: int) -> int:
        """What a group is that is not known, of a user with the group `primary`; one without a name is root's."""
        return primary if name else 0

    def _lines(self, path: str) -> list[list[str]]:
        if self._files is None:
            raise UnknownAccountError("invalid user index: -1")
        try:
            entry = self._files.get(self._files.resolve(path))
        except LoopError:
            return []
        if entry is None or not isinstance(entry.node, File):
            return []
        with entry.node.content.open() as stream:
            text = stream.read().decode("utf-8", "surrogateescape")
        return [line.split(":") for line in text.splitlines()]


class StrictAccounts(Accounts):
    """The same as the legacy builder reads them (`parseChownFlag` in `internals_linux.go`): it wants to know names."""

    def _without_user(self, name: str) -> tuple[int, int]:
        raise UnknownAccountError(f"{_CANNOT}: can't find uid for user {name}: no such user: {name}")

    def _without_group(self, name: str, primary: int) -> int:  # noqa: ARG002 - it is no way out
        raise UnknownAccountError(f"{_CANNOT}: can't find gid for group {name}: no such group: {name}")


_CANNOT = "unable to convert uid/gid chown string to host mapping"
