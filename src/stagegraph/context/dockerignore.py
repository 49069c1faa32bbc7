"""`.dockerignore`: which paths of the build context a build does not see (`moby/patternmatcher`)."""

from __future__ import annotations

import attrs
from pathspec import PathSpec
from pathspec.pattern import RegexPattern

from stagegraph.context.patterns import ignoring_regex
from stagegraph.errors import Complaint
from stagegraph.lazily import lazy
from stagegraph.source import BYTE_ORDER_MARK
from stagegraph.syntax.characters import WHITE_SPACE
from stagegraph.values.paths import clean


class DockerIgnorePattern(RegexPattern):
    """A line as `pathspec` takes it. Docker's rules are not those of `.gitignore`."""

    @classmethod
    def pattern_to_regex(cls, pattern: str) -> tuple[str, bool]:  # type: ignore[override]  # one type is enough
        """The regular expression of a line, and whether it excludes; a line with `!` brings back."""
        if pattern.startswith("!"):
            return ignoring_regex(pattern[1:]), False
        return ignoring_regex(pattern), True


@attrs.frozen(slots=False)
class IgnoreFile:
    r"""The patterns of an ignore file, in order; of those that match a path, the last one counts.

    Example:
        >>> ignored = IgnoreFile.read("*.log\n!keep.log\nnode_modules\n")
        >>> [ignored.excludes(path) for path in ("a.log", "keep.log", "src/a.log", "node_modules/x/y.js")]
        [True, False, False, True]
    """

    patterns: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> IgnoreFile:
        """The patterns that a file holds: comments and blank lines are none, paths are cleaned.

        Raises:
            Complaint: a `!` alone, or a pattern that is malformed.
        """
        lines = text.removeprefix(BYTE_ORDER_MARK).split("\n")
        patterns = tuple(_pattern(line) for line in lines if not line.startswith("#") and line.strip(WHITE_SPACE))
        ignored = cls(patterns)
        _ = ignored._spec  # malformed ones are found now
        return ignored

    def excludes(self, path: str) -> bool:
        """Whether the builder does not see `path`, which is relative to the context."""
        return bool(self.patterns) and bool(self._spec.match_file(path))

    @property
    def has_exceptions(self) -> bool:
        """Whether something below an excluded folder may be seen all the same."""
        return any(pattern.startswith("!") for pattern in self.patterns)

    @lazy
    def _spec(self) -> PathSpec[DockerIgnorePattern]:
        return PathSpec([DockerIgnorePattern(pattern) for pattern in self.patterns])


def _pattern(line: str) -> str:
    """A line as it is kept: `!` and a cleaned path without the slash at its head."""
    line = line.strip(WHITE_SPACE)
    mark = "!" if line.startswith("!") else ""
    path = line.removeprefix("!").strip(WHITE_SPACE)
    if mark and not path:
        raise Complaint('illegal exclusion pattern: "!"')
    cleaned = clean(path)
    return mark + (cleaned[1:] if len(cleaned) > 1 and cleaned.startswith("/") else cleaned)
