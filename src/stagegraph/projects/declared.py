"""What a project declares: its targets, and what cannot be known of them."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from pathlib import Path

import attrs


class Field(enum.Enum):
    """What can be said of a target, under bake's names."""

    CONTEXT = "context"
    DOCKERFILE = "dockerfile"
    INLINE = "dockerfile-inline"
    TARGET = "target"
    ARGS = "args"
    CONTEXTS = "contexts"
    PLATFORMS = "platforms"
    LABELS = "labels"
    INHERITS = "inherits"
    MATRIX = "matrix"
    NAME = "name"


@attrs.frozen
class Place:
    """A line, from 1, of a file."""

    path: Path
    line: int


@attrs.frozen
class Unknown:
    """Something that cannot be evaluated, or that the builder itself would refuse.

    `subject` is what it is about (`target "app"`, `service "web"`, the name of a file), `field`
    and `key` which part of it (`args`, `BUILD_DATE`), with None for all of it. `targets` are the
    declared targets it is about. With `anywhere` it may concern any Dockerfile, otherwise only
    `dockerfile` (None: no Dockerfile on disk).
    """

    subject: str
    origin: Place
    reason: str
    field: Field | None = None
    key: str | None = None
    targets: tuple[str, ...] = ()
    anywhere: bool = True
    dockerfile: Path | None = None

    @property
    def affects_stages(self) -> bool:
        """Whether it can change which stages are built; labels cannot."""
        return self.field is not Field.LABELS


@attrs.frozen
class DeclaredTarget:
    """One target of a bake file, or one service with a `build` of a Compose file.

    `dockerfile` and a local `context` are absolute and normalised; they may lie outside the root
    and need not exist. `dockerfile` is None where `inline` is the Dockerfile, where it is not on
    this disk (a remote context), and where it is unknown. `stage` None is the last stage.
    `contexts` are the named contexts, local ones absolute; links to other targets have the form
    `target:name`, whether written `target:` or `service:`. `variables` names, for each field, the
    variables of the environment by which a user can choose another value than this one. `places`
    tells where each field was set. What is in `unknown` is missing from the fields.
    """

    name: str
    origin: Place
    context: str | None = None
    dockerfile: Path | None = None
    inline: str | None = None
    stage: str | None = None
    build_args: Mapping[str, str] = attrs.field(factory=dict)
    contexts: Mapping[str, str] = attrs.field(factory=dict)
    platforms: tuple[str, ...] = ()
    labels: Mapping[str, str] = attrs.field(factory=dict)
    places: Mapping[Field, Place] = attrs.field(factory=dict)
    variables: Mapping[Field, frozenset[str]] = attrs.field(factory=dict)
    unknown: frozenset[Field] = frozenset()


@attrs.frozen
class Project:
    """All that a set of files declares.

    `groups` are the groups of bake, and `default` of Compose, each with its targets in order, inner
    groups replaced by their targets. `files` are the Compose and bake files that were read.
    """

    targets: tuple[DeclaredTarget, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    files: tuple[Path, ...] = ()

    def target(self, name: str) -> DeclaredTarget | None:
        """The target of this name, the first of several."""
        return next((target for target in self.targets if target.name == name), None)
