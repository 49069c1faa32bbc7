"""`Draft` → `DeclaredBuild`, with the defaults; and what is not known about the Dockerfile it builds."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

import attrs

from stagegraph.projects.declared import (
    DeclaredBuild,
    DockerfilePath,
    DockerfileSource,
    InlineDockerfile,
    RemoteDockerfile,
    Unknown,
)
from stagegraph.projects.drafts import Draft, Fault, Said, Slot
from stagegraph.projects.locations import is_path, is_remote, located
from stagegraph.projects.texts import Text, joined_path, named

_DOCKERFILE = Text.known("Dockerfile")
_HERE = Text.known(".")
_ANYTHING = Text.gap("", ())
_CWD = "cwd://"


@attrs.frozen
class Placed:
    """What a draft comes to: a build, unless too little is known, and what is not known.

    `declaration` is what several readings of one declaration have in common, None for none.
    """

    build: DeclaredBuild | None
    unknown: tuple[Unknown, ...]
    declaration: tuple[str, ...] | None = None


def place(draft: Draft, directory: str) -> Placed:
    """The build that a draft declares when its paths begin at `directory`."""
    context = _text(draft.context, _HERE, draft)
    dockerfile = _text(draft.dockerfile, _DOCKERFILE, draft)
    seen_from = _without_gap(context) if context.pattern == _ANYTHING.pattern else context
    where = _dockerfile_text(seen_from, dockerfile, directory)
    deciding = _deciding(draft)
    unknown = tuple(_unknown(draft, deciding, where.pattern))
    if any(isinstance(slot, Fault) for slot in deciding.values()) or draft.faults:
        return Placed(None, unknown)
    source = _source(draft, context.value, where.value, dockerfile.value)
    return Placed(_build(draft, directory, context.value, source), unknown)


def _build(draft: Draft, directory: str, context: str, source: DockerfileSource) -> DeclaredBuild:
    target = draft.target if isinstance(draft.target, Said) and draft.target.text.value else None
    contexts = {
        name: located(directory, slot.text).value
        for name, slot in draft.contexts.items()
        if isinstance(slot, Said) and slot.text.value
    }
    return DeclaredBuild(
        name=draft.name,
        declarer=draft.declarer,
        declared_at=draft.declared_at,
        dockerfile=source,
        context=located(directory, Text.known(context)).value,
        target=target.text.value if target is not None else None,
        target_at=target.place if target is not None else None,
        build_args={name: slot.text.value for name, slot in draft.args.items() if isinstance(slot, Said)},
        contexts=contexts,
        platforms=tuple(dict.fromkeys(_platforms(draft))),
        open=dict(_open(draft)),
    )


def _platforms(draft: Draft) -> Iterator[str]:
    for slot in draft.platforms or ():
        if isinstance(slot, Said) and slot.text.value:
            yield slot.text.value


def _text(slot: Slot | None, default: Text, draft: Draft) -> Text:
    """A value, or its default; anything where it cannot be worked out."""
    if isinstance(slot, Said):
        if slot.text.value:
            return slot.text
        return attrs.evolve(default, pattern=slot.text.pattern or default.pattern, variables=slot.text.variables)
    return _ANYTHING if slot is not None or draft.faults else default


def _without_gap(context: Text) -> Text:
    """A context that a variable decides altogether is taken for another copy of the same one."""
    return attrs.evolve(Text.known(context.value), variables=context.variables) if context.value else context


def _dockerfile_text(context: Text, dockerfile: Text, directory: str) -> Text:
    """Where the Dockerfile lies, as seen from the root."""
    if dockerfile.value.startswith(_CWD) or not is_path(context.value or "."):
        return located(directory, dockerfile)
    if not dockerfile.value and not dockerfile.variables:
        return joined_path(located(directory, context), _ANYTHING)
    return joined_path(located(directory, context), dockerfile)


def _source(draft: Draft, context: str, path: str, written: str) -> DockerfileSource:
    if isinstance(draft.inline, Said) and draft.inline.text.value:
        return InlineDockerfile(draft.inline.text.value, draft.inline.place)
    if is_remote(written):
        return RemoteDockerfile(context, written)
    if not is_path(context) and not written.startswith(_CWD):
        return RemoteDockerfile(context, posixpath.normpath(written))
    return DockerfilePath(path)


def _deciding(draft: Draft) -> dict[str, Slot]:
    """What decides which stages of which Dockerfile are built, by the name of the field."""
    fields = {
        "context": draft.context,
        "dockerfile": draft.dockerfile,
        "inline Dockerfile": draft.inline,
        "target": draft.target,
    }
    if isinstance(draft.inline, Said):
        del fields["dockerfile"], fields["context"]
    return {name: slot for name, slot in fields.items() if slot is not None}


def _unknown(draft: Draft, deciding: Mapping[str, Slot], dockerfiles: str) -> Iterator[Unknown]:
    subject = f"{draft.declarer.value} {draft.name}"
    inline = draft.inline.place if isinstance(draft.inline, Said) else None
    for fault in draft.faults:
        yield Unknown(f"{subject}: {fault.reason}", fault.place, dockerfiles, inline)
    slots = {**deciding, **{f"named context {name}": slot for name, slot in draft.contexts.items()}}
    if inline is not None:
        dockerfiles = ""
    for name, slot in slots.items():
        reason = _reason(slot)
        if reason is not None:
            yield Unknown(f"{subject}: the {name} {reason}", slot.place, dockerfiles, inline)


def _open(draft: Draft) -> Iterator[tuple[str, str]]:
    fields = {
        "context": draft.context,
        "dockerfile": draft.dockerfile,
        "inline": draft.inline,
        "target": draft.target,
    }
    slots = {name: slot for name, slot in fields.items() if slot is not None}
    slots |= {f"build_args.{name}": slot for name, slot in draft.args.items()}
    slots |= {f"contexts.{name}": slot for name, slot in draft.contexts.items()}
    slots |= {f"platforms.{number}": slot for number, slot in enumerate(draft.platforms or ())}
    for name, slot in slots.items():
        reason = _reason(slot)
        if reason is not None:
            yield name, f"{reason} ({slot.place})"


def _reason(slot: Slot) -> str | None:
    """Why a value is not known for good, as the end of a sentence about it."""
    if isinstance(slot, Fault):
        return f"cannot be worked out: {slot.reason}"
    return f"depends on {named(slot.text.variables)}" if slot.text.variables else None
