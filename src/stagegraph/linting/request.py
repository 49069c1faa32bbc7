"""`LintRequest`: what one call of `lint` or `fix` is asked to do, whatever is built from the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from typing import TypedDict, cast

import attrs

from stagegraph.api import ImageConfigs, Options, build_options, check_options, read_source
from stagegraph.checks import NO_OPTIONS, CheckOptions
from stagegraph.errors import DockerfileSyntaxError
from stagegraph.linting.build_rules import BUILD_ERROR
from stagegraph.linting.configuration import LintConfiguration
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
from stagegraph.projects.declared import InlineDockerfile
from stagegraph.projects.inline_places import inline_places
from stagegraph.source import SourceFile
from stagegraph.stages.contexts import check_context_names
from stagegraph.stages.options import Builder, BuildOptions
from stagegraph.syntax.instructions import From
from stagegraph.syntax.parsing import parse_source


class LintOptions(TypedDict, total=False):
    """The keywords of `lint` that say how a file is built: those of `plan`, but for the target."""

    build_args: Mapping[str, str]
    contexts: Mapping[str, str]
    images: ImageConfigs
    platform: str | Platform
    build_platform: str | Platform


class LintRequest:
    """Everything that a verb is given but the file and its targets."""

    def __init__(
        self,
        dockerignore: str | bytes | PathLike[str] | None,
        configuration: LintConfiguration | None,
        rules: Iterable[Rule],
        options: LintOptions,
    ) -> None:
        """Takes the keywords of `lint`.

        Raises:
            InputError: the ignore file cannot be read.
            ResolutionError: the name of a named context is no image reference.
        """
        check_context_names(options.get("contexts", {}))
        self._options = cast("Options", options)
        self._ignored = read_source(dockerignore).text if dockerignore is not None else ""
        self._configuration = configuration or LintConfiguration()
        self._rules = {**offered_rules(), **{rule.name: rule for rule in rules}}

    def lint(self, source: SourceFile, targets: Targets, *, first_line: int = 1) -> Findings:
        """Judges a Dockerfile; messages count its lines from `first_line`."""
        if not source.text:
            return Findings(source, self._chosen(_error("the Dockerfile cannot be empty")))
        builds = declared_targets(targets)
        try:
            checks = check_options(source.text, Builder.BUILDKIT, self._options)
        except DockerfileSyntaxError as error:
            found = self._lint(source, builds, self._built(NO_OPTIONS), first_line)
            return attrs.evolve(found, found=(*self._chosen(_error(error.message)), *found))
        return self._lint(source, builds, self._built(checks), first_line)

    def lint_inline(self, dockerfile: InlineDockerfile, file: SourceFile, targets: Targets) -> Findings:
        """Judges a Dockerfile that stands in a file, which is as it was when it was read."""
        places = inline_places(dockerfile, file)
        source = SourceFile(dockerfile.text, file.name)
        found = self.lint(source, targets, first_line=places.first_line if places is not None else 1)
        return in_its_file(found, dockerfile, file, places)

    def fix(self, source: SourceFile, targets: Targets) -> Fixed:
        """Mends a Dockerfile."""
        builds = declared_targets(targets)
        kept = (*builds.known, *_every_target(source)) if isinstance(builds, UnknownTargets) else builds
        return fix_source(source, lambda text: self.lint(text, builds), kept, self._built(NO_OPTIONS))

    def _lint(
        self,
        source: SourceFile,
        builds: tuple[DeclaredTarget, ...] | UnknownTargets,
        options: BuildOptions,
        first_line: int,
    ) -> Findings:
        """Judges a file; what would end a build without the arguments that are declared is no error."""
        declared = declared_arguments(builds)
        judged = attrs.evolve(options, build_args={**declared, **options.build_args}) if declared else options
        verdict = judge(parse_source(source, tolerant=True), judged)
        subject = Subject(source, options, verdict, builds, first_line)
        return lint_subject(subject, self._rules, self._configuration)

    def _built(self, checks: CheckOptions) -> BuildOptions:
        options = build_options(Builder.BUILDKIT, self._options, checks)
        return attrs.evolve(options, dockerignore=self._ignored) if self._ignored else options

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
