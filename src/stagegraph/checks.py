"""BuildKit's own build checks: what is reported, and what a file says about them.

The checks are found where BuildKit finds them, by `syntax_checks`, while resolving and while
planning; each is handed to a `Checks`. The messages are BuildKit's (`linter/ruleset.go`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from stagegraph.errors import CheckError, Complaint
from stagegraph.quoting import go_quote
from stagegraph.source import SourceFile, Span
from stagegraph.syntax.characters import WHITE_SPACE
from stagegraph.syntax.directives import DirectiveReader
from stagegraph.values.booleans import parse_bool

_MOST_OPTIONS = 3
_RULE_PAGES = "https://docs.docker.com/go/dockerfile/rule/"
_EXPERIMENTAL = frozenset({"InvalidDefinitionDescription"})


@attrs.frozen
class CheckWarning:
    """A build check that found something: its rule, the builder's message, and the place."""

    rule: str
    message: str
    span: Span | None = attrs.field(default=None, eq=False)

    @property
    def line(self) -> int | None:
        """The line (from 1) of the instruction, None where the builder names none."""
        return self.span.first_line if self.span else None


@attrs.frozen
class CheckOptions:
    """What `# check=` asks for: rules to skip, experimental rules to use, warnings as an error."""

    skip: frozenset[str] = frozenset()
    skip_all: bool = False
    experimental: frozenset[str] = frozenset()
    experimental_all: bool = False
    error: bool = False

    def merged_with(self, other: CheckOptions) -> CheckOptions:
        """These options with those of a comment, which cannot ask for errors."""
        return CheckOptions(
            self.skip | other.skip,
            self.skip_all or other.skip_all,
            self.experimental | other.experimental,
            self.experimental_all or other.experimental_all,
            self.error,
        )

    def wants(self, rule: str) -> bool:
        """Whether findings of `rule` are reported."""
        if rule in _EXPERIMENTAL:
            return self.experimental_all or rule in self.experimental
        return not self.skip_all and rule not in self.skip


NO_OPTIONS = CheckOptions()


def read_check_options(text: str) -> CheckOptions:
    """The options of `# check=text`, as BuildKit reads them (`linter.ParseLintOptions`).

    Raises:
        Complaint: an option that there is none of, or a value that is no boolean.
    """
    if not text:
        return NO_OPTIONS
    given: dict[str, str] = {}
    text = text.strip(WHITE_SPACE)
    for option in text.split(";", _MOST_OPTIONS - 1) if text else ():
        name, equals, value = option.partition("=")
        if not equals:
            raise Complaint(f"invalid check option {go_quote(option)}")
        name, value = name.strip(WHITE_SPACE), value.strip(WHITE_SPACE)
        if name not in ("skip", "experimental", "error"):
            raise Complaint(f"invalid check option {go_quote(name)}")
        if name == "error":
            _check_boolean(option, value)
        given[name] = value
    skip, experimental = given.get("skip"), given.get("experimental")
    return CheckOptions(
        _rules(skip),
        skip == "all",
        _rules(experimental),
        experimental == "all",
        "error" in given and parse_bool(given["error"]),
    )


def _check_boolean(option: str, value: str) -> None:
    try:
        parse_bool(value)
    except Complaint as complaint:
        raise Complaint(f"failed to parse check option {go_quote(option)}: {complaint.message}") from None


def _rules(text: str | None) -> frozenset[str]:
    if text is None or text == "all":
        return frozenset()
    return frozenset(rule.strip(WHITE_SPACE) for rule in text.split(","))


def options_in_comments(comments: Iterable[str]) -> CheckOptions | None:
    """The options that a comment `# check=…` before an instruction gives; None if there are none."""
    for comment in comments:
        found = DirectiveReader("").read(comment)
        if found is not None and found.name == "check":
            try:
                return read_check_options(found.first_word)
            except Complaint:
                return None
    return None


class Checks:
    """Collects what the build checks find in one file, as its options ask."""

    def __init__(self, options: CheckOptions, source: SourceFile | None) -> None:
        self._options = options
        self._source = source
        self.warnings: list[CheckWarning] = []

    def report(self, rule: str, message: str, span: Span | None, comments: Sequence[str] = ()) -> None:
        """Notes a finding, unless the file or a comment at the instruction says to skip it."""
        options = self._options
        if comments:
            here = options_in_comments(comments)
            options = options.merged_with(here) if here is not None else options
        if options.wants(rule):
            self.warnings.append(CheckWarning(rule, message, span))

    def raise_if_error(self) -> None:
        """Ends the build if the file asks for an error.

        Raises:
            CheckError: it does, and something was found.
        """
        if self._options.error and self.warnings:
            rules = ", ".join(sorted({warning.rule for warning in self.warnings}))
            raise CheckError(f"lint violation found for rules: {rules}", source=self._source)
