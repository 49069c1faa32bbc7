"""`SOURCE_DATE_EPOCH`, which BuildKit reads before anything else (`dockerfile2llb/epoch.go`)."""

from __future__ import annotations

from collections.abc import Mapping

from stagegraph.errors import Complaint
from stagegraph.quoting import go_quote
from stagegraph.stages.contexts import NamedContexts
from stagegraph.stages.cutting import CutDockerfile, Stage
from stagegraph.stages.options import BuildOptions
from stagegraph.syntax.characters import equal_fold
from stagegraph.syntax.instructions import Add, Arg
from stagegraph.values.digests import check_digest
from stagegraph.values.git_urls import SourceKind, classify_source
from stagegraph.values.numbers import parse_int
from stagegraph.words import expand_text

EPOCH = "SOURCE_DATE_EPOCH"


def resolve_epoch(
    cut: CutDockerfile, global_args: dict[str, str], options: BuildOptions, contexts: NamedContexts
) -> Mapping[str, str]:
    """The build arguments, in which the epoch is a number, or gone where it is empty.

    `global_args` is changed in the same way. A context or a stage may be named instead of a
    number; the date of its source is only known when that is there, so the name stays.

    Raises:
        Complaint: it is no number, and names neither a context nor a stage that is a source.
    """
    value = options.build_args.get(EPOCH, global_args.get(EPOCH) or None)
    if value is None:
        return options.build_args
    build_args = dict(options.build_args)
    resolved = _resolve(cut, value, global_args, build_args, contexts)
    for args in (build_args, global_args):
        if EPOCH in args:
            if resolved:
                args[EPOCH] = resolved
            else:
                del args[EPOCH]
    return build_args


def _resolve(
    cut: CutDockerfile,
    value: str,
    global_args: Mapping[str, str],
    build_args: Mapping[str, str],
    contexts: NamedContexts,
) -> str:
    if not value:
        return ""
    try:
        return str(parse_int(value, 10, 64))
    except Complaint:
        pass
    if value == "context" or contexts.replacement_of_stage(value, None) is not None:
        return value
    stage = next((stage for stage in cut.stages if equal_fold(stage.name or "", value)), None)
    if stage is None:
        raise Complaint(f"invalid SOURCE_DATE_EPOCH: {value}")
    _check_source_stage(stage, {name: known for name, known in global_args.items() if name != EPOCH}, build_args)
    return value


def _check_source_stage(stage: Stage, known: dict[str, str], build_args: Mapping[str, str]) -> None:
    """Refuses a stage that is more than one remote `ADD` upon the empty image."""
    escape = stage.from_.escape
    try:
        base = expand_text(stage.from_.image, known, escape)
    except Complaint as complaint:
        message = f"failed to process source stage base name {go_quote(stage.from_.image)}: {complaint.message}"
        raise Complaint(message) from None
    if base != "scratch":
        raise Complaint("SOURCE_DATE_EPOCH stage must use FROM scratch")
    sources = 0
    for instruction in stage.instructions:
        if isinstance(instruction, Arg):
            _declare(instruction, known, build_args)
        elif not isinstance(instruction, Add):
            raise Complaint(
                "SOURCE_DATE_EPOCH stage does not meet source-only requirements: "
                f"unsupported {instruction.keyword} instruction"
            )
        elif sources:
            raise Complaint("SOURCE_DATE_EPOCH stage must contain exactly one remote ADD")
        else:
            _check_source(instruction, known)
            sources += 1
    if not sources:
        raise Complaint("SOURCE_DATE_EPOCH stage must contain exactly one remote ADD")


def _declare(arg: Arg, known: dict[str, str], build_args: Mapping[str, str]) -> None:
    for argument in arg.declared:
        if argument.name in build_args:
            known[argument.name] = build_args[argument.name]
        elif argument.default is not None:
            known[argument.name] = expand_text(argument.default, known, arg.escape)


def _check_source(add: Add, known: Mapping[str, str]) -> None:
    if add.inline_files or len(add.sources) != 1:
        raise Complaint("SOURCE_DATE_EPOCH stage must contain exactly one remote ADD source")
    kind = classify_source(expand_text(add.sources[0], known, add.escape))
    if kind is SourceKind.LOCAL:
        raise Complaint("SOURCE_DATE_EPOCH stage source must be a single HTTP(S) or Git ADD")
    checksum = expand_text(add.checksum, known, add.escape)
    if checksum and kind is SourceKind.HTTP:
        check_digest(checksum)
