"""What a fix makes of a file: written, shown as a difference, and told."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path
from tempfile import NamedTemporaryFile

import attrs

from stagegraph.errors import InputError, system_reason
from stagegraph.linting.declarations import InlineInFile
from stagegraph.linting.findings import Finding
from stagegraph.linting.fixing import Fixed
from stagegraph.projects.inline_places import field_of
from stagegraph.rendering.spelling import visible

_NO_LINE_FEED = "\\ No newline at end of file\n"


@attrs.frozen
class Mending:
    """The Dockerfile at `path`, before and after."""

    path: str
    fixed: Fixed

    @property
    def difference(self) -> str:
        """A unified diff; empty where nothing is mended."""
        before, after = _lines(self.fixed.source.text), _lines(self.fixed.text)
        name = visible(self.path).lstrip("/")
        lines = unified_diff(before, after, f"a/{name}", f"b/{name}")
        return "".join(line if line.endswith("\n") else f"{line}\n{_NO_LINE_FEED}" for line in lines)

    @property
    def account(self) -> str:
        """What was mended, and what could not be, in lines for standard error."""
        lines = []
        if self.fixed.applied:
            lines.append(f"{visible(self.path)}: mended {_counts(self.fixed.applied)}")
        if self.fixed.refused:
            lines.append(f"{visible(self.path)}: left as it is, to keep what is built: {_counts(self.fixed.refused)}")
        return "".join(f"{line}\n" for line in lines)

    def write(self) -> None:
        """Puts the better text in the place of the file, all at once.

        Raises:
            InputError: the file cannot be written.
        """
        if self.fixed.text == self.fixed.source.text:
            return
        try:
            _replace(Path(os.path.realpath(self.path)), self.fixed.text.encode("utf-8", "surrogateescape"))
        except OSError as fault:
            raise InputError(f"{self.path}: {system_reason(fault)}") from None


def unwritten(inline: InlineInFile, fixed: Fixed) -> str:
    """What could be mended in a Dockerfile that stands in a declaration, and is not, for standard error."""
    if not fixed.applied:
        return ""
    place = f"{visible(inline.path)}:{inline.dockerfile.place.line}"
    return f"{place}: left as it is, to be mended by hand in {field_of(inline.dockerfile)}: {_counts(fixed.applied)}\n"


def _replace(path: Path, content: bytes) -> None:
    """Writes beside the file, then changes its name: whoever reads it meanwhile sees one text or the other."""
    mode = path.stat().st_mode
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        written = Path(file.name)
        try:
            file.write(content)
            file.close()
            written.chmod(mode & 0o7777)
            written.replace(path)
        except BaseException:
            written.unlink(missing_ok=True)
            raise


def _lines(text: str) -> list[str]:
    """The lines with their line feeds; nothing else ends a line."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _counts(findings: Iterable[Finding]) -> str:
    counts = Counter(finding.rule for finding in findings)
    return ", ".join(f"{rule} ({count})" if count > 1 else rule for rule, count in sorted(counts.items()))
