"""The build checks that BuildKit makes while it resolves `FROM` (`dockerfile2llb/validations.go`)."""

from __future__ import annotations

from collections.abc import Mapping

from stagegraph.checks import Checks
from stagegraph.errors import Complaint, StageGraphError
from stagegraph.platforms import Platform, parse_platform
from stagegraph.quoting import go_quote
from stagegraph.reference import parse_reference
from stagegraph.source import Span
from stagegraph.stages.cutting import CutDockerfile, Stage
from stagegraph.stages.global_args import buildkit_global_args
from stagegraph.suggestions import nearest
from stagegraph.words import Expansion, expand, expand_text


class ResolutionChecks:
    """Makes the checks, and hands what they find to the `Checks` of the file."""

    def __init__(self, checks: Checks, cut: CutDockerfile) -> None:
        self._checks = checks
        self._cut = cut
        self._declared = [argument.name for arg in cut.global_args for argument in arg.declared]

    def bases_by_default(self, predefined: Mapping[str, str]) -> None:
        """Bases that are no image names unless build arguments are given."""
        try:
            known = buildkit_global_args(self._cut, predefined, {})
            for stage in self._cut.stages:
                self._base_by_default(stage, known)
        except (Complaint, StageGraphError):
            return  # the build fails over the same words

    def _base_by_default(self, stage: Stage, known: Mapping[str, str]) -> None:
        text = expand_text(stage.from_.image, known, stage.from_.escape)
        try:
            parse_reference(text)
        except Complaint:
            message = f"Default value for ARG {stage.from_.image} results in empty or invalid base image name"
            self._checks.report("InvalidDefaultArgInFrom", message, stage.from_.span)

    def base(self, stage: Stage, known: Mapping[str, str]) -> None:
        """Arguments in the base that nobody declares."""
        self._undeclared(stage, self._expand(stage.from_.image, stage, known), known)

    def platform(self, stage: Stage, known: Mapping[str, str]) -> None:
        """A `--platform` that uses undeclared arguments, says what holds anyway, or is a constant."""
        written = stage.from_.platform
        expansion = self._expand(written, stage, known)
        if expansion is None:
            return
        self._undeclared(stage, expansion, known)
        if expansion.matched == {"TARGETPLATFORM"} and not expansion.unmatched:
            if expansion.text == known.get("TARGETPLATFORM"):
                message = (
                    f"Setting platform to predefined {written} in FROM is redundant as this is the default behavior"
                )
                self._report(stage, "RedundantTargetPlatform", message)
        elif not expansion.matched and not expansion.unmatched and not _names_platform(stage, expansion.text):
            message = f"FROM --platform flag should not use constant value {go_quote(expansion.text)}"
            self._report(stage, "FromPlatformFlagConstDisallowed", message)

    def base_platform(self, span: Span | None, name: str, wanted: Platform, actual: Platform) -> None:
        """An image for another platform than the build wants; `span` is where it is named."""
        if (wanted.os, wanted.architecture) != (actual.os, actual.architecture):
            shown = [go_quote(platform.normalised().full_text) for platform in (actual, wanted)]
            message = f"Base image {name} was pulled with platform {shown[0]}, expected {shown[1]} for current build"
            self._checks.report("InvalidBaseImagePlatform", message, span)

    def _expand(self, word: str, stage: Stage, known: Mapping[str, str]) -> Expansion | None:
        try:
            return expand(word, known, escape=stage.from_.escape)
        except Complaint:
            return None  # the build fails over the same word

    def _undeclared(self, stage: Stage, expansion: Expansion | None, known: Mapping[str, str]) -> None:
        names = sorted({*known, *self._declared})
        for name in sorted(expansion.unmatched if expansion is not None else ()):
            if name not in names:
                meant = nearest(name, names)
                suffix = f" (did you mean {meant}?)" if meant else ""
                self._report(stage, "UndefinedArgInFrom", f"FROM argument '{name}' is not declared{suffix}")

    def _report(self, stage: Stage, rule: str, message: str) -> None:
        comments = self._cut.dockerfile.comments_of(stage.from_)
        self._checks.report(rule, message, stage.from_.span, comments)


def _names_platform(stage: Stage, text: str) -> bool:
    """Whether a stage says its constant platform in its name, or the text is no platform at all."""
    try:
        platform = parse_platform(text)
    except Complaint:
        return True
    name = stage.name or ""
    return platform.os in name or platform.architecture in name
