"""Every rule there is: BuildKit's checks, and what is offered as an entry point."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from stagegraph.errors import InputError
from stagegraph.linting.build_rules import BUILD_CHECKS, OWN_FINDINGS
from stagegraph.linting.rule import Rule

GROUP = "stagegraph.rules"

OWN_RULES = (
    "builders-disagree",
    "case-mismatch",
    "copies-whole-stage",
    "cycle",
    "dead-stage",
    "duplicate-stage-ambiguous",
    "forward-reference",
    "index-reference",
    "mount-index",
    "self-reference",
    "shadowed-image",
    "target-not-found",
    "unpinned-copy-image",
    "unresolved-reference",
    "unused-build-arg",
)
"""The names of the rules that come with stagegraph; `pyproject.toml` offers each as an entry point."""


def is_own(rule: str) -> bool:
    """Whether a rule comes with stagegraph."""
    return rule in _OWN


_OWN = frozenset(OWN_RULES)


@cache
def offered_rules() -> Mapping[str, Rule]:
    """The rules of the entry points, by name.

    Stagegraph's own come by the same door. Where it runs without having been installed, there is
    no list of its entry points, and they are made up here.

    Raises:
        InputError: an entry point cannot be loaded, is no rule, or has the name of another one.
    """
    offered = {point.name: point for point in map(_own_entry_point, OWN_RULES)}
    rules = {rule.name: rule for rule in (*BUILD_CHECKS, *OWN_FINDINGS)}
    taken = frozenset(rules) | frozenset(offered)
    for point in entry_points(group=GROUP):
        if point.name in taken and point.value != getattr(offered.get(point.name), "value", None):
            raise InputError(f"the rule {point.name} of {_package_of(point)} has the name of another rule")
        offered[point.name] = point
    return {name: _load(point) for name, point in sorted(offered.items())}


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by name, BuildKit's checks among them.

    Raises:
        InputError: see `offered_rules`.
    """
    named = {rule.name: rule for rule in (*OWN_FINDINGS, *BUILD_CHECKS)}
    return {**offered_rules(), **named}


def _own_entry_point(name: str) -> EntryPoint:
    return EntryPoint(name, f"stagegraph.linting.rules.{name.replace('-', '_')}:RULE", GROUP)


def _load(point: EntryPoint) -> Rule:
    try:
        rule = point.load()
    except Exception as fault:
        raise InputError(f"the rule {point.name} of {_package_of(point)} cannot be loaded: {fault}") from fault
    if not isinstance(rule, Rule) or rule.name != point.name:
        raise InputError(f"the entry point {point.name} of {_package_of(point)} is no rule of that name")
    return rule


def _package_of(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else "an unknown package"
