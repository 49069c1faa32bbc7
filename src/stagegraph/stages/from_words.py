"""The words of a `FROM` as BuildKit expands them: its base and its platform (`buildDispatchStates`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stagegraph.budget import Budget
from stagegraph.errors import Complaint, PlanningError, ResolutionError
from stagegraph.platforms import Platform, parse_platform
from stagegraph.source import SourceFile
from stagegraph.suggestions import did_you_mean, nearest
from stagegraph.syntax.instructions import From
from stagegraph.words import expand_text


def expand_base(from_: From, global_args: Mapping[str, str], budget: Budget, source: SourceFile | None) -> str:
    """The base of a `FROM`.

    Raises:
        PlanningError: it cannot be expanded.
        ResolutionError: nothing is left of it.
    """
    try:
        text = budget.spend(expand_text(from_.image, global_args, from_.escape))
    except Complaint as complaint:
        raise PlanningError.of(complaint, source, from_.span) from None
    if not text:
        raise ResolutionError(f"base name ({from_.image}) should not be blank", source=source, span=from_.span)
    return text


def read_platform(from_: From, global_args: Mapping[str, str], source: SourceFile | None) -> Platform:
    """The platform of a `FROM` that has one.

    Raises:
        PlanningError: it cannot be expanded.
        ResolutionError: nothing is left of it, or it is no platform.
    """
    written = from_.platform
    unmatched: set[str] = set()
    try:
        text = expand_text(written, global_args, from_.escape, unmatched=unmatched)
    except Complaint as complaint:
        complaint = Complaint(f"failed to process arguments for platform : {complaint.message}")
        raise PlanningError.of(complaint, source, from_.span) from None
    if not text:
        empty = _suggest_arg(Complaint(f"empty platform value from expression {written}"), unmatched, global_args)
        raise ResolutionError.of(empty, source, from_.span)
    try:
        return parse_platform(text)
    except Complaint as complaint:
        meant = _suggest_arg(complaint, unmatched, global_args)
        wrong = Complaint(f"failed to parse platform {written}: {meant.message}", suggestion=meant.suggestion)
        raise ResolutionError.of(wrong, source, from_.span) from None


def _suggest_arg(complaint: Complaint, unmatched: Iterable[str], global_args: Mapping[str, str]) -> Complaint:
    """The complaint, with the argument that was probably meant by one that is not set."""
    for name in sorted(unmatched):
        if nearest(name, global_args) is not None:
            return did_you_mean(complaint.message, name, global_args)
    return complaint
