"""`COPY` and `ADD`."""

from __future__ import annotations

from typing import ClassVar

from stagegraph.errors import Complaint
from stagegraph.lazily import lazy
from stagegraph.syntax.characters import split_blanks
from stagegraph.syntax.exec_form import read_exec_form
from stagegraph.syntax.flags import FlagKind, FlagKinds
from stagegraph.syntax.heredocs import Heredoc, read_heredoc_word
from stagegraph.syntax.instructions.base import Instruction

_TWO = 2


class _FileTransfer(Instruction):
    """What `COPY` and `ADD` share."""

    HAS_EXEC_FORM = True
    HAS_HEREDOCS = True

    @lazy
    def words(self) -> tuple[str, ...]:
        """Sources and destination."""
        strings = read_exec_form(self.arguments) if self.arguments.startswith("[") else None
        return split_blanks(self.arguments) if strings is None else strings

    @lazy
    def _heredoc_sources(self) -> dict[str, Heredoc]:
        """The words among the sources that are heredocs, each with its body.

        Of two heredocs with one name, both have the body of the last.
        """
        if "<<" not in self.arguments:
            return {}
        bodies = {heredoc.name: heredoc.content for heredoc in self.heredocs}
        announced = {word: _heredoc_or_none(word) for word in self.words[:-1]}
        return {
            word: heredoc.with_content(bodies.get(heredoc.name, ""))
            for word, heredoc in announced.items()
            if heredoc is not None
        }

    @property
    def sources(self) -> tuple[str, ...]:
        """What is copied: paths, URLs, repositories, as written; without heredocs."""
        heredocs = self._heredoc_sources
        words = self.words[:-1]
        return tuple(word for word in words if word not in heredocs) if heredocs else words

    @property
    def inline_files(self) -> tuple[Heredoc, ...]:
        """What is copied from the Dockerfile itself."""
        heredocs = self._heredoc_sources
        return tuple(heredocs[word] for word in self.words[:-1] if word in heredocs) if heredocs else ()

    @property
    def destination(self) -> str:
        """Where to, as written."""
        return self.words[-1]

    @property
    def from_(self) -> str:
        """The value of `--from`, empty for the build context."""
        return ""

    @property
    def chown(self) -> str:
        """The value of `--chown`, as written."""
        return self.options.text("chown") if self.flags else ""

    @property
    def chmod(self) -> str:
        """The value of `--chmod`, as written."""
        return self.options.text("chmod") if self.flags else ""

    @property
    def link(self) -> bool:
        """Whether the copy is independent of the files below it (`--link`)."""
        return bool(self.flags) and bool(self.options.switch("link"))

    @property
    def excludes(self) -> tuple[str, ...]:
        """The patterns of `--exclude`."""
        return self.options.all("exclude")

    def check(self) -> None:
        if len(self.words) < _TWO:
            raise Complaint(
                f"{self.name} requires at least two arguments, but only one was provided. "
                "Destination could not be determined"
            )
        if self.flags:
            _ = self.options
        if "<<" in self.arguments and _heredoc_or_none(self.destination) is not None:
            raise Complaint(f"{self.name} cannot accept a heredoc as a destination")


class Copy(_FileTransfer):
    """`COPY [--from=…] source … destination`."""

    FLAGS: ClassVar[FlagKinds] = {
        "chown": FlagKind.STRING,
        "from": FlagKind.STRING,
        "chmod": FlagKind.STRING,
        "link": FlagKind.BOOLEAN,
        "exclude": FlagKind.LIST,
        "parents": FlagKind.BOOLEAN,
    }

    @property
    def from_(self) -> str:
        """The value of `--from`: a stage by name or number, or an image; empty for the build context."""
        return self.options.text("from") if self.flags else ""

    @property
    def parents(self) -> bool:
        """Whether the parent directories of sources are kept (`--parents`)."""
        return bool(self.options.switch("parents"))


class Add(_FileTransfer):
    """`ADD source … destination`: also archives, URLs and repositories."""

    FLAGS: ClassVar[FlagKinds] = {
        "chown": FlagKind.STRING,
        "chmod": FlagKind.STRING,
        "link": FlagKind.BOOLEAN,
        "keep-git-dir": FlagKind.BOOLEAN,
        "checksum": FlagKind.STRING,
        "unpack": FlagKind.BOOLEAN,
        "exclude": FlagKind.LIST,
    }

    @property
    def checksum(self) -> str:
        """The value of `--checksum`, as written."""
        return self.options.text("checksum")

    @property
    def unpack(self) -> bool | None:
        """Whether archives are unpacked (`--unpack`); None leaves it to the kind of source."""
        return self.options.switch("unpack")

    @property
    def keep_git_dir(self) -> bool | None:
        """Whether `.git` is kept (`--keep-git-dir`); None where it is not said."""
        return self.options.switch("keep-git-dir")


def _heredoc_or_none(word: str) -> Heredoc | None:
    """The heredoc that `word` announces; a word that cannot be read announces none."""
    try:
        return read_heredoc_word(word)
    except Complaint:
        return None
