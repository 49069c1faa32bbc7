"""The verbs `lint` and `fix`: one file in, its findings or its better text out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TypedDict, Unpack, cast

import attrs

from stagegraph.api import Content, ImageConfigs, Options, build_options, check_options, read_source
from stagegraph.checks import NO_OPTIONS
from stagegraph.errors import DockerfileSyntaxError, InputError
from stagegraph.linting.build_rules import BUILD_ERROR
from stagegraph.linting.configuration import LintConfiguration
from stagegraph.linting.declarations import ProjectIndex, nearby_project
from stagegraph.linting.engine import lint_subject
from stagegraph.linting.findings import Finding, Findings, Severity
from stagegraph.linting.fixing import Fixed, fix_source
from stagegraph.linting.inline import in_its_file
from stagegraph.linting.registry import offered_rules
from stagegraph.linting.rule import Rule
from stagegraph.linting.subject import Subject
from stagegraph.linting.targets import DeclaredTarget, Targets, UnknownTargets, declared_arguments, declared_targets
from stagegraph.linting.verdict import judge
from stagegraph.platforms import Platform
from stagegraph.projects.declared import InlineDockerfile, Project
from stagegraph.projects.inline_places import inline_places
from stagegraph.source import SourceFile
from stagegraph.stages.contexts import check_context_names
from stagegraph.stages.options import Builder, BuildOptions
from stagegraph.syntax.instructions import From
from stagegraph.syntax.nodes import Dockerfile
from stagegraph.syntax.parsing import parse_source


class LintOptions(TypedDict, total=False):
    """The keywords of `lint` that say how a file is built: those of `plan`, but for the target."""

    build_args: Mapping[str, str]
    contexts: Mapping[str, str]
    images: ImageConfigs
    platform: str | Platform
    build_platform: str | Platform


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
    declares of the file at a path; without a project, those that the compose and bake files beside
    it and above it declare, up to its repository. Where nobody declares any, and for content that
    no path, the target is the last stage.

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
    if isinstance(content, InlineDockerfile):
        project = _project_with(content, project)
        targets = targets if targets is not None else ProjectIndex(project).declarations_of(content).targets
        linting = _Linting(targets, dockerignore, configuration, rules, options)
        return linting.lint_inline(content, read_source(project.root / content.place.file))
    linting = _Linting(_targets_of(content, targets, project), dockerignore, configuration, rules, options)
    return linting.lint(_source_of(content))


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

    Raises:
        StageGraphError: see `lint`.
    """
    linting = _Linting(_targets_of(content, targets, project), dockerignore, configuration, rules, options)
    return linting.fix(_source_of(content))


def _project_with(dockerfile: InlineDockerfile, project: Project | None) -> Project:
    """The project of an inline Dockerfile.

    Raises:
        InputError: it is not given.
    """
    if project is None:
        raise InputError(f"the Dockerfile in {dockerfile.place} needs the project that declares it")
    return project


def _targets_of(content: Content, targets: Targets, project: Project | None) -> Targets:
    """The targets that are given, or else those that are declared of the file at a path."""
    if targets is not None or not isinstance(content, PathLike):
        return targets
    path = Path(content)
    project = project if project is not None else nearby_project(path)
    return ProjectIndex(project).declarations_of(path).targets if project is not None else None


class _Linting:
    """What one call of a verb is asked to do."""

    def __init__(
        self,
        targets: Targets,
        dockerignore: str | bytes | PathLike[str] | None,
        configuration: LintConfiguration | None,
        rules: Iterable[Rule],
        options: LintOptions,
    ) -> None:
        check_context_names(options.get("contexts", {}))
        self._options = cast("Options", options)
        self._targets = declared_targets(targets)
        self._ignored = read_source(dockerignore).text if dockerignore is not None else ""
        self._configuration = configuration or LintConfiguration()
        self._rules = {**offered_rules(), **{rule.name: rule for rule in rules}}

    def lint_inline(self, dockerfile: InlineDockerfile, file: SourceFile) -> Findings:
        """Judges a Dockerfile that stands in a file, which is as it was when it was read."""
        places = inline_places(dockerfile, file)
        source = SourceFile(dockerfile.text, file.name)
        found = self.lint(source, first_line=places.first_line if places is not None else 1)
        return in_its_file(found, dockerfile, file, places)

    def lint(self, source: SourceFile, *, first_line: int = 1) -> Findings:
        """Judges a Dockerfile; messages count its lines from `first_line`."""
        if not source.text:
            return Findings(source, self._chosen(_error("the Dockerfile cannot be empty")))
        try:
            checks = check_options(source.text, Builder.BUILDKIT, self._options)
        except DockerfileSyntaxError as error:
            found = self._lint(source, self._built(), first_line)
            return attrs.evolve(found, found=(*self._chosen(_error(error.message)), *found))
        return self._lint(source, attrs.evolve(self._built(), checks=checks), first_line)

    def fix(self, source: SourceFile) -> Fixed:
        targets = self._targets
        if isinstance(targets, UnknownTargets):
            targets = (*targets.known, *_every_target(source))
        return fix_source(source, self.lint, targets, self._built())

    def _lint(self, source: SourceFile, options: BuildOptions, first_line: int) -> Findings:
        """Judges a file; what would end a build without the arguments that are declared is no error."""
        declared = declared_arguments(self._targets)
        judged = attrs.evolve(options, build_args={**declared, **options.build_args}) if declared else options
        verdict = judge(parse_source(source, tolerant=True), judged)
        subject = Subject(source, options, verdict, self._targets, first_line)
        return lint_subject(subject, self._rules, self._configuration)

    def _built(self) -> BuildOptions:
        options = build_options(Builder.BUILDKIT, self._options, NO_OPTIONS)
        return attrs.evolve(options, dockerignore=self._ignored)

    def _chosen(self, finding: Finding) -> tuple[Finding, ...]:
        wanted = self._configuration.wants(finding.rule)
        return (self._configuration.weighed(finding),) if wanted else ()


def _every_target(source: SourceFile) -> list[DeclaredTarget]:
    """All that can be asked for: every stage with a name, and the last one."""
    instructions = parse_source(source, tolerant=True).instructions
    names = [one.stage_name for one in instructions if isinstance(one, From)]
    return [DeclaredTarget(), *(DeclaredTarget(name) for name in dict.fromkeys(names) if name is not None)]


def _error(message: str) -> Finding:
    return Finding(BUILD_ERROR, Severity.ERROR, message)


def _source_of(content: Content) -> SourceFile:
    if isinstance(content, Dockerfile):
        name = content.source.name if content.source is not None else "Dockerfile"
        return SourceFile(content.text, name)
    return read_source(content)
