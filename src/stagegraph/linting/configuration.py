"""What a project asks of the linter: which rules, how much they matter, what is built from which file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import cast

import attrs

from stagegraph.errors import InputError
from stagegraph.linting.findings import Finding, Severity
from stagegraph.linting.registry import all_rules
from stagegraph.quoting import go_quote
from stagegraph.suggestions import nearest

ALL = "all"
_EVERY_FILE = "*"
_KEYS = ("select", "ignore", "severity", "targets")


def _names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(names)


def _names_or_none(names: Iterable[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)


@attrs.frozen
class LintConfiguration:
    """Which rules are asked, and what their findings weigh.

    `select` are the rules to use (None and `all` for every one), `ignore` those of them not to
    use. `severity` gives rules another severity. `targets` are the declared targets of
    Dockerfiles, by patterns of their paths.
    """

    select: frozenset[str] | None = attrs.field(default=None, converter=_names_or_none)
    ignore: frozenset[str] = attrs.field(default=frozenset(), converter=_names)
    severity: Mapping[str, Severity] = attrs.field(factory=dict)
    targets: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)

    def wants(self, rule: str) -> bool:
        """Whether findings of a rule are reported."""
        if self.select is None and not self.ignore:
            return True
        selected = self.select is None or ALL in self.select or rule in self.select
        return selected and self.ignore.isdisjoint((ALL, rule))

    def weighed(self, finding: Finding) -> Finding:
        """A finding with the severity that is asked for."""
        severity = self.severity.get(finding.rule, finding.severity) if self.severity else finding.severity
        return finding if severity is finding.severity else attrs.evolve(finding, severity=severity)

    def narrowed(self, select: Iterable[str], ignore: Iterable[str]) -> LintConfiguration:
        """The same, with another selection if there is one, and with more rules that are not used."""
        chosen = frozenset(select) or self.select
        return attrs.evolve(self, select=chosen, ignore=self.ignore | frozenset(ignore))

    def targets_of(self, path: str) -> tuple[str, ...] | None:
        """The declared targets of the Dockerfile at `path` (with slashes); None if none are declared."""
        matching = [targets for pattern, targets in self.targets.items() if fnmatchcase(path, pattern)]
        return tuple(dict.fromkeys(target for targets in matching for target in targets)) if matching else None


def read_configuration(table: Mapping[str, object], where: str) -> LintConfiguration:
    """The configuration that a table of a TOML file gives; `where` is what messages call it.

    Raises:
        InputError: an unknown key, a value of the wrong type, or no rule of that name.
    """
    return _Reader(where).read(table)


def fault_of_rule(name: str, extra: tuple[str, ...] = (ALL,)) -> str | None:
    """What is wrong with the name of a rule; None for the name of one, or one of the `extra` words."""
    known = (*all_rules(), *extra)
    return None if name in known else f"no rule is called {go_quote(name)}{_meant(nearest(name, known))}"


def _meant(suggestion: str | None) -> str:
    return f" (did you mean {suggestion}?)" if suggestion is not None else ""


class _Reader:
    """Reads one table; knows what messages call it."""

    def __init__(self, where: str) -> None:
        self._where = where

    def read(self, table: Mapping[str, object]) -> LintConfiguration:
        for key in table:
            if key not in _KEYS:
                raise self._fault(f"there is no setting {go_quote(key)}", nearest(key, _KEYS))
        select = self._rules(table["select"], "select") if "select" in table else None
        return LintConfiguration(
            select=select,
            ignore=self._rules(table.get("ignore", []), "ignore"),
            severity=self._severities(table.get("severity", {})),
            targets=self._targets(table.get("targets", {})),
        )

    def _rules(self, value: object, key: str) -> tuple[str, ...]:
        names = self._texts(value, key)
        for name in names:
            self._check_rule(name, key, extra=(ALL,))
        return names

    def _check_rule(self, name: str, key: str, extra: tuple[str, ...] = ()) -> None:
        fault = fault_of_rule(name, extra)
        if fault is not None:
            raise InputError(f"{self._where}: {key}: {fault}")

    def _severities(self, value: object) -> dict[str, Severity]:
        severities: dict[str, Severity] = {}
        known = [severity.value for severity in Severity]
        for name, text in self._table(value, "severity").items():
            self._check_rule(name, "severity")
            if text not in known:
                raise self._fault(f"severity: {name} must be one of {', '.join(known)}", None)
            severities[name] = Severity(text)
        return severities

    def _targets(self, value: object) -> dict[str, tuple[str, ...]]:
        if isinstance(value, list):
            return {_EVERY_FILE: self._texts(value, "targets")}
        return {pattern: self._texts(targets, "targets") for pattern, targets in self._table(value, "targets").items()}

    def _texts(self, value: object, key: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._fault(f"{key} must be a list of texts", None)
        return tuple(cast("list[str]", value))

    def _table(self, value: object, key: str) -> Mapping[str, object]:
        if not isinstance(value, dict):
            raise self._fault(f"{key} must be a table", None)
        return cast("dict[str, object]", value)

    def _fault(self, message: str, suggestion: str | None) -> InputError:
        return InputError(f"{self._where}: {message}{_meant(suggestion)}")
