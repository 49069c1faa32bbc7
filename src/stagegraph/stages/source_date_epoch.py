"""`SOURCE_DATE_EPOCH`, which BuildKit reads before anything else (`dockerfile2llb/epoch.go`)."""

from __future__ import annotations

from stagegraph.errors import Complaint
from stagegraph.stages.contexts import NamedContexts
from stagegraph.stages.cutting import CutDockerfile
from stagegraph.stages.options import BuildOptions
from stagegraph.values.numbers import parse_int

NAME = "SOURCE_DATE_EPOCH"


def resolve_epoch(
    cut: CutDockerfile, global_args: dict[str, str], options: BuildOptions, contexts: NamedContexts
) -> dict[str, str]:
    """The build arguments, in which the epoch is a number, or gone where it is empty.

    `global_args` is changed in the same way. A context or a stage may be named instead of a
    number; what it says is only known when it is there, so the name stays.

    Raises:
        Complaint: it is no number, and names neither a context nor a stage.
    """
    build_args = dict(options.build_args)
    value = build_args.get(NAME, global_args.get(NAME) or None)
    if value is None:
        return build_args
    resolved = _resolve(cut, value, contexts)
    for args in (build_args, global_args):
        if NAME in args:
            if resolved:
                args[NAME] = resolved
            else:
                del args[NAME]
    return build_args


def _resolve(cut: CutDockerfile, value: str, contexts: NamedContexts) -> str:
    if not value:
        return ""
    try:
        return str(parse_int(value, 10, 64))
    except Complaint:
        pass
    if value == "context" or contexts.find(value, None) is not None:
        return value
    named = (stage for stage in cut.stages if (stage.name or "").casefold() == value.casefold())
    stage = next(named, None)
    if stage is None:
        raise Complaint(f"invalid SOURCE_DATE_EPOCH: {value}")
    if stage.from_.image != "scratch":
        raise Complaint("SOURCE_DATE_EPOCH stage must use FROM scratch")
    return value
