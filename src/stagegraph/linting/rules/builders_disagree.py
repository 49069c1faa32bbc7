"""`builders-disagree`: where BuildKit, the legacy builder and Buildah do different things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from stagegraph.errors import Complaint
from stagegraph.linting.findings import Finding, Severity
from stagegraph.linting.labels import label_of
from stagegraph.linting.meanings import BUILDAH, BUILDKIT, LEGACY, Meaning, NamedBuilder, meaning_of
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule
from stagegraph.linting.subject import Subject
from stagegraph.linting.uses import Use
from stagegraph.model.graph import EdgeKind
from stagegraph.quoting import go_quote
from stagegraph.reference import normalise
from stagegraph.stages.cutting import Stage
from stagegraph.stages.references import EMPTY_IMAGE_NAME
from stagegraph.syntax.instructions import Add, Arg, Copy, Env, Instruction, Run
from stagegraph.values.letters import lower

_USED = re.compile(r"\$\{?(\w+)")
_OF_PLATFORMS = re.compile(r"\$\{?(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT|STAGE)")
_ONLY_BUILDKIT_HAS = frozenset({"chmod", "link", "parents", "exclude", "checksum", "keep-git-dir", "unpack"})
_LENGTH_OF_AN_ID = 64

_ALL = (BUILDKIT, LEGACY, BUILDAH)
_WITHOUT_LEGACY = (BUILDKIT, BUILDAH)


def _find(subject: Subject) -> Iterator[Finding]:
    for_buildkit_alone = _is_for_buildkit_alone(subject)
    if not for_buildkit_alone:
        yield from _repeated_names(subject)
        yield from _odd_names(subject)
        yield from _overridden_variables(subject)
    for use in subject.uses:
        if use.kind is EdgeKind.MOUNT or use.name == EMPTY_IMAGE_NAME or _is_an_image_to_all(use, subject):
            continue
        if use.is_spelled_plainly and not subject.is_context(use.name):
            legacy_counts = not for_buildkit_alone and len(subject.names.all(lower(use.name))) <= 1
            yield from _compared(use, _ALL if legacy_counts else _WITHOUT_LEGACY, subject)


def _is_an_image_to_all(use: Use, subject: Subject) -> bool:
    """Whether no builder could take a name for anything else; most are such, and need no closer look."""
    return "$" not in use.name and use.index is None and not subject.names.knows(use.name)


def _compared(use: Use, builders: Sequence[NamedBuilder], subject: Subject) -> Iterator[Finding]:
    """A finding, where a name does not mean the same to all builders."""
    meanings: dict[Meaning, list[str]] = {}
    for builder in builders:
        meanings.setdefault(meaning_of(use, builder, subject), []).append(builder.name)
    if len(meanings) > 1:
        parts = [f"{meaning.phrase(subject)} to {' and '.join(names)}" for meaning, names in meanings.items()]
        yield RULE.at(use.span, f"{use.shown} is {', and '.join(parts)}", line=use.line, stage=label_of(use.stage))


def _is_for_buildkit_alone(subject: Subject) -> bool:
    """Whether a file uses what the legacy builder has not, so that nobody builds it with that one."""
    if subject.dockerfile.syntax is not None:
        return True
    for stage in subject.stages:
        if _OF_PLATFORMS.search(stage.from_.text) or any(map(_needs_buildkit, stage.instructions)):
            return True
    return False


def _needs_buildkit(instruction: Instruction) -> bool:
    if instruction.heredocs or not instruction.flags:
        return bool(instruction.heredocs)
    if isinstance(instruction, Copy | Add):
        return not _ONLY_BUILDKIT_HAS.isdisjoint(instruction.options.names)
    return isinstance(instruction, Run)


def _repeated_names(subject: Subject) -> Iterator[Finding]:
    seen: dict[str, Stage] = {}
    for stage in subject.stages:
        if stage.name is None:
            continue
        first = seen.setdefault(stage.name, stage)
        if first is not stage:
            yield RULE.at(
                subject.place(stage.from_),
                f"the legacy builder refuses a second stage called {stage.name}, BuildKit takes both",
                stage=label_of(stage),
                related=subject.related(first, "the first stage of that name"),
            )


def _odd_names(subject: Subject) -> Iterator[Finding]:
    """Names that only the legacy builder takes, as they are no names of images."""
    for stage in subject.stages:
        if stage.name is None or _is_surely_a_name(stage.name):
            continue
        try:
            normalise(stage.name)
        except Complaint as complaint:
            yield RULE.at(
                subject.place(stage.from_),
                f"BuildKit refuses the name {go_quote(stage.name)} ({complaint.message}), the legacy builder takes it",
                stage=label_of(stage),
            )


def _is_surely_a_name(name: str) -> bool:
    """Whether a name in lower case is one of an image by its letters alone; most are."""
    return name.isascii() and name.isalnum() and len(name) < _LENGTH_OF_AN_ID


def _overridden_variables(subject: Subject) -> Iterator[Finding]:
    """`ARG` behind `ENV`: to BuildKit the last of them counts, to the legacy builder always `ENV`."""
    for stage in subject.stages:
        for arg, name in _args_behind_env(stage):
            yield RULE.at(
                subject.place(arg),
                f"from here on ${name} is the value of this ARG to BuildKit, "
                "and that of the ENV before it to the legacy builder",
                stage=label_of(stage),
            )


def _args_behind_env(stage: Stage) -> Iterator[tuple[Arg, str]]:
    """The arguments with a value that an `ENV` has set before, and that are used behind."""
    set_by_env: set[str] = set()
    last_uses: Mapping[str, int] | None = None
    for place, one in enumerate(stage.instructions):
        if isinstance(one, Env):
            set_by_env.update(pair.name for pair in one.pairs)
        elif isinstance(one, Arg) and set_by_env:
            for argument in one.declared:
                if argument.name in set_by_env and argument.default is not None:
                    last_uses = _last_uses(stage) if last_uses is None else last_uses
                    if last_uses.get(argument.name, place) > place:
                        yield one, argument.name


def _last_uses(stage: Stage) -> Mapping[str, int]:
    """The place of the last instruction that uses a variable, for each of them."""
    return {name: place for place, one in enumerate(stage.instructions) for name in _USED.findall(one.text)}


RULE = Rule(
    "builders-disagree",
    "What the builders would do differently",
    Severity.INFO,
    find=_find,
    page=page_of("builders-disagree"),
)
