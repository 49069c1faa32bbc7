"""The verbs `lint` and `fix`: one file in, its findings or its better text out."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Unpack

from stagegraph.api import Content, read_source
from stagegraph.errors import InputError
from stagegraph.linting.build_rules import BUILD_ERROR
from stagegraph.linting.configuration import LintConfiguration
from stagegraph.linting.declarations import ProjectIndex, nearby_project, repository_project
from stagegraph.linting.findings import Findings
from stagegraph.linting.fixing import Fixed
from stagegraph.linting.request import LintOptions, LintRequest
from stagegraph.linting.rule import Rule
from stagegraph.linting.targets import Targets
from stagegraph.projects.declared import InlineDockerfile, Project
from stagegraph.source import SourceFile
from stagegraph.syntax.nodes import Dockerfile

_DEPENDING_ON_TARGETS = frozenset({"dead-stage", BUILD_ERROR})
"""What can be so by the declarations nearby, and not be so by those of the whole repository."""


def lint(
    content: Content | InlineDockerfile,
    *,
    targets: Targets = None,
    project: Project | None = None,
    dockerignore: str | bytes | PathLike[str] | None = None,
    configuration: LintConfiguration | None = None,
    rules: Iterable[Rule] = (),
    **options: Unpack[LintOptions],
) -> Findings:
    """What is wrong with a Dockerfile: BuildKit's own build checks, and rules on the stage graph.

    `targets` are the targets that are built from it. Without them they are those that `project`
    declares of the file at a path. Without a project they are those that the compose and bake files
    beside it and above it declare, up to its repository (the nearest directory upwards under
    version control); where a stage seems dead by these, or a build fails, the whole repository is
    read before that is said. A `project` saves this where many files of one repository are judged,
    and widens it where there is none. Where nobody declares any target, and for content that is no
    path, the target is the last stage.

    A Dockerfile that stands in a compose or bake file is given as its `InlineDockerfile`, with the
    `project` that declares it; what is found has its place in that file, and no fix. Where the text
    does not stand there as it is (folded, quoted, put together), the place is the line of the
    value, and the message says which line of the Dockerfile is meant.

    `dockerignore` is the `.dockerignore` of its build context, `configuration` chooses among the
    rules, `rules` are rules beyond those that are installed. What would fail the build is a
    finding too, and the rest of the file is judged as far as it can be known.

    Raises:
        InputError: a file cannot be read, an option is nothing that a builder would take, or the
            project of an inline Dockerfile is missing.
        ResolutionError: the name of a named context is no image reference.
        LimitError: the file goes beyond a limit of stagegraph.
    """
    request = LintRequest(dockerignore, configuration, rules, options)
    if isinstance(content, InlineDockerfile):
        return _lint_inline(request, content, targets, project)
    source = _source_of(content)
    if targets is not None or not isinstance(content, PathLike):
        return request.lint(source, targets)
    path = Path(content)
    found = request.lint(source, _targets_in(project or nearby_project(path), path))
    if project is not None or _DEPENDING_ON_TARGETS.isdisjoint(finding.rule for finding in found):
        return found
    whole = repository_project(path)
    return request.lint(source, _targets_in(whole, path)) if whole is not None else found


def fix(
    content: Content,
    *,
    targets: Targets = None,
    project: Project | None = None,
    dockerignore: str | bytes | PathLike[str] | None = None,
    configuration: LintConfiguration | None = None,
    rules: Iterable[Rule] = (),
    **options: Unpack[LintOptions],
) -> Fixed:
    """A Dockerfile with what `lint` finds mended, where that is safe; the keywords are those of `lint`.

    The result parses, and its plan for every declared target is what it was. Nothing is written.
    What is declared of the file at a path is looked for in its whole repository.

    Raises:
        StageGraphError: see `lint`.
    """
    request = LintRequest(dockerignore, configuration, rules, options)
    source = _source_of(content)
    if targets is None and isinstance(content, PathLike):
        path = Path(content)
        targets = _targets_in(project or repository_project(path) or nearby_project(path), path)
    return request.fix(source, targets)


def _lint_inline(
    request: LintRequest, dockerfile: InlineDockerfile, targets: Targets, project: Project | None
) -> Findings:
    if project is None:
        raise InputError(f"the Dockerfile in {dockerfile.place} needs the project that declares it")
    targets = targets if targets is not None else ProjectIndex(project).declarations_of(dockerfile).targets
    return request.lint_inline(dockerfile, read_source(project.root / dockerfile.place.file), targets)


def _targets_in(project: Project | None, path: Path) -> Targets:
    """What a project declares of the file at a path."""
    return ProjectIndex(project).declarations_of(path).targets if project is not None else None


def _source_of(content: Content) -> SourceFile:
    if isinstance(content, Dockerfile):
        name = content.source.name if content.source is not None else "Dockerfile"
        return SourceFile(content.text, name)
    return read_source(content)
