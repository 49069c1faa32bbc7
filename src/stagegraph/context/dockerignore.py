"""`.dockerignore`: which paths of the build context a build does not see (`moby/patternmatcher`)."""

from __future__ import annotations

import attrs

from stagegraph.dockerignore import DockerIgnore, read_pattern
from stagegraph.lazily import lazy


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
        return cls(tuple(pattern.line for pattern in DockerIgnore.read(text).patterns))

    def excludes(self, path: str) -> bool:
        """Whether the builder does not see `path`, which is relative to the context."""
        return bool(self.patterns) and self._rules.excludes(path)

    @property
    def has_exceptions(self) -> bool:
        """Whether something below an excluded folder may be seen all the same."""
        return self._rules.has_exceptions

    @lazy
    def _rules(self) -> DockerIgnore:
        return DockerIgnore(tuple(map(read_pattern, self.patterns)))
