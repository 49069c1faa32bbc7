"""What Git leaves out: `.gitignore` files, nested ones too, and `.git/info/exclude`.

As ripgrep has it, these count only inside a work tree, those of the directories above the one that
is looked through count too, and a repository inside another one starts anew. Git's own settings
(`core.excludesFile`) are left alone: what is found does not depend on who looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import attrs
from pathspec import GitIgnoreSpec, Pattern

GIT = ".git"
GITIGNORE = ".gitignore"
_GITDIR = "gitdir: "


@attrs.frozen
class IgnoreLine:
    """A line of an ignore file.

    `pathspec` translates it, and takes what lies in a directory for matched with it. Here
    directories that are left out are never entered, so a line must speak of the path itself:
    only so do `*`, `!*/`, `!Dockerfile` mean what they mean to Git.
    """

    pattern: Pattern
    anchored: bool
    directories: bool
    deep: bool

    @classmethod
    def of(cls, line: str) -> IgnoreLine | None:
        """The line, None where it says nothing: blank, a comment, no pattern."""
        try:
            pattern = next(iter(GitIgnoreSpec.from_lines([line]).patterns), None)
        except ValueError:
            return None
        if pattern is None or pattern.include is None:
            return None
        text = line.rstrip()
        body = text.removesuffix("/")
        return cls(pattern, anchored="/" in body, directories=body != text, deep=body.endswith("**"))

    def speaks_of(self, path: str, name: str, parent: str) -> bool:
        """Whether it matches a path; of a directory, `path` and `name` end with a slash."""
        if not self.anchored:
            return self.pattern.match_file(name) is not None
        if (self.directories and not path.endswith("/")) or self.pattern.match_file(path) is None:
            return False
        return self.deep or not parent or self.pattern.match_file(parent) is None


@attrs.frozen
class IgnoreFile:
    """The lines of an ignore file, the last first; `root` is where its paths begin, with a slash at its end."""

    root: str
    lines: tuple[IgnoreLine, ...]

    @classmethod
    def read(cls, path: Path, root: str) -> IgnoreFile | None:
        """The file, None where there is none, or nothing in it; what cannot be read ignores nothing."""
        try:
            text = path.read_bytes().decode("utf-8", "surrogateescape").removeprefix("\ufeff")
        except OSError:
            return None
        lines = [found for line in text.split("\n") if (found := IgnoreLine.of(line.removesuffix("\r")))]
        return cls(_with_slash(root), tuple(reversed(lines))) if lines else None

    def verdict(self, path: str, *, is_directory: bool) -> bool | None:
        """Whether a path is left out; None where no line speaks of it."""
        below = path[len(self.root) :]
        head, slash, name = below.rpartition("/")
        end = "/" if is_directory else ""
        for line in self.lines:
            if line.speaks_of(below + end, name + end, head + slash):
                return line.pattern.include
        return None


@attrs.frozen
class Rules:
    """The ignore files that hold in a directory, the nearest first. Paths are absolute ones."""

    files: tuple[IgnoreFile, ...] = ()
    in_work_tree: bool = False

    @classmethod
    def above(cls, directory: str) -> Rules:
        """The rules at `directory` from all directories above it, but for those that leave out itself."""
        rules = cls()
        for parent in reversed(Path(directory).parents):
            rules = rules.within(str(parent), _ignore_names(parent))
        kept = tuple(file for file in rules.files if not _leaves_out(file, directory))
        return attrs.evolve(rules, files=kept)

    def ignores(self, path: str, *, is_directory: bool) -> bool:
        """Whether a path is left out: the last line of the nearest file that speaks of it says so."""
        verdicts = (file.verdict(path, is_directory=is_directory) for file in self.files)
        return next((verdict for verdict in verdicts if verdict is not None), False)

    def within(self, directory: str, names: Iterable[str]) -> Rules:
        """The rules inside a directory, in which there are (among others) entries of these `names`."""
        rules = Rules(_excluded_by_git(directory), in_work_tree=True) if GIT in names else self
        if GITIGNORE not in names or not rules.in_work_tree:
            return rules
        file = IgnoreFile.read(Path(directory, GITIGNORE), directory)
        return attrs.evolve(rules, files=(file, *rules.files)) if file is not None else rules


def _ignore_names(directory: Path) -> list[str]:
    return [name for name in (GIT, GITIGNORE) if (directory / name).exists()]


def _leaves_out(file: IgnoreFile, directory: str) -> bool:
    """Whether a directory, or one above it, is left out."""
    between = (str(path) for path in (Path(directory), *Path(directory).parents))
    return any(file.verdict(path, is_directory=True) for path in between if path.startswith(file.root))


def _excluded_by_git(work_tree: str) -> tuple[IgnoreFile, ...]:
    """`info/exclude` of the repository of a work tree."""
    file = IgnoreFile.read(_repository(Path(work_tree, GIT)) / "info" / "exclude", work_tree)
    return (file,) if file is not None else ()


def _repository(git: Path) -> Path:
    """Where the repository lies: in `.git`, or where that is a file (linked work tree, submodule), where it says."""
    named = _first_line(git)
    if named.startswith(_GITDIR):
        git = git.parent / named.removeprefix(_GITDIR)
    return git / _first_line(git / "commondir")


def _first_line(path: Path) -> str:
    """The first line of a file, empty where there is none."""
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape").partition("\n")[0].rstrip("\r")
    except OSError:
        return ""


def _with_slash(directory: str) -> str:
    return directory if directory.endswith("/") else f"{directory}/"
