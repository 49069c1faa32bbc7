"""The verbs: `parse`, `graph`, `plan`, `compare`, `project`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import TypedDict, Unpack

from stagegraph.checks import NO_OPTIONS, CheckOptions, read_check_options
from stagegraph.errors import Complaint, DockerfileSyntaxError, InputError, StageGraphError, system_reason
from stagegraph.model.graph import StageGraph
from stagegraph.planning.comparison import Comparison, Outcome
from stagegraph.planning.plan import Plan, plan_graph
from stagegraph.platforms import Platform, parse_platform
from stagegraph.projects.declared import Project
from stagegraph.source import SourceFile
from stagegraph.stages.contexts import check_context_names
from stagegraph.stages.cutting import cut
from stagegraph.stages.options import Builder, BuildOptions, ImageConfigSource, no_image_configs
from stagegraph.stages.resolution import resolve
from stagegraph.syntax.directives import find_directive
from stagegraph.syntax.nodes import Dockerfile
from stagegraph.syntax.parsing import parse_source
from stagegraph.values.booleans import parse_bool

Content = str | bytes | PathLike[str] | SourceFile | Dockerfile
"""A Dockerfile: text, bytes, the path of a file, a text with a name, or a tree that was parsed before."""

ImageConfigs = Mapping[str, Mapping[str, object]] | Callable[[str], Mapping[str, object] | None]
"""Image configs by normalised reference, or a function that finds them."""


# Looked up once: asking an Enum costs calls in Python each time.
_BUILDERS: Mapping[object, Builder] = {builder.value: builder for builder in Builder}
_LEGACY = Builder.LEGACY


class Options(TypedDict, total=False):
    """The keywords that `graph`, `plan` and `compare` share.

    `target` is the stage to build (the last one if absent). `build_args`, `labels` and
    `contexts` are what `--build-arg`, `--label` and `--build-context` give. `images` are the
    image configs of external images. `platform` and `build_platform` are linux/amd64 unless
    said otherwise, on every host.
    """

    target: str | None
    build_args: Mapping[str, str]
    contexts: Mapping[str, str]
    images: ImageConfigs
    labels: Mapping[str, str]
    platform: str | Platform
    build_platform: str | Platform


def parse(content: Content, *, tolerant: bool = False) -> Dockerfile:
    """The tree of a Dockerfile, lossless: printing it gives the file back.

    With `tolerant`, nothing that is written in the file is an error: the tree holds what can be
    read, and its `problems` all that the builders would refuse, in both their layers.

    Raises:
        DockerfileSyntaxError: what BuildKit's line parser refuses.
        InputError: the file cannot be read.
    """
    return content if isinstance(content, Dockerfile) else parse_source(read_source(content), tolerant=tolerant)


def graph(content: Content, *, builder: str | Builder = "buildkit", **options: Unpack[Options]) -> StageGraph:
    """The stage graph of a Dockerfile, for one builder and one set of options.

    Raises:
        StageGraphError: what the builder says before it plans anything.
    """
    chosen = _BUILDERS.get(builder) or Builder(builder)
    dockerfile, resolved_options = _prepare(content, chosen, options)
    return StageGraph(resolve(cut(dockerfile), chosen, resolved_options))


def plan(content: Content, *, builder: str | Builder = "buildkit", **options: Unpack[Options]) -> Plan:
    """The plan of a Dockerfile: what `builder` will do for the target.

    Raises:
        StageGraphError: what the builder says where it fails; for the legacy builder, which
            fails half way, with the `steps` it has announced by then.
    """
    return plan_graph(graph(content, builder=builder, **options))


def compare(content: Content, **options: Unpack[Options]) -> Comparison:
    """What both builders make of a Dockerfile; an error of either is part of the answer.

    Raises:
        InputError: the file cannot be read.
    """
    tree = content if isinstance(content, Dockerfile) else _tree_or_source(read_source(content))
    return Comparison(*(_outcome(tree, builder, options) for builder in (Builder.BUILDKIT, Builder.LEGACY)))


def project(*paths: str | PathLike[str], environment: Mapping[str, str] | None = None) -> Project:
    """What the compose and bake files of a directory declare to be built; without a path, of the current one.

    Compose and bake files that are given instead are read together, in their order, as `-f` gives
    them to `docker compose` and `docker buildx bake`; paths then begin where the first one is.

    `environment` gives the variables whose values are known. All others have their defaults, and
    what depends on them is open: whoever builds can set them. What is wrong in a file is no error
    here, but one of the things that are `unknown`.

    Raises:
        InputError: there is no such directory or file, or a file is of neither kind.
    """
    from stagegraph.projects.reading import read_project

    return read_project(paths or (".",), environment)


def _tree_or_source(source: SourceFile) -> Dockerfile | SourceFile:
    """One tree for both builders; the text where there is none, for each to say so itself."""
    try:
        return parse_source(source)
    except StageGraphError:
        return source


def _outcome(content: Dockerfile | SourceFile, builder: Builder, options: Options) -> Outcome:
    try:
        return plan(content, builder=builder, **options)
    except InputError:
        raise
    except StageGraphError as error:
        return error


def _prepare(content: Content, builder: Builder, options: Options) -> tuple[Dockerfile, BuildOptions]:
    """The tree and the options, in the order in which the builders look at them."""
    if options:
        check_context_names(options.get("contexts", {}))
    if isinstance(content, Dockerfile):
        checks = check_options(content.text, builder, options)
        return content, build_options(builder, options, checks)
    source = read_source(content)
    if not source.text:
        name = "" if builder is Builder.BUILDKIT else f" ({source.name})"
        raise DockerfileSyntaxError(f"the Dockerfile{name} cannot be empty", source=source)
    checks = check_options(source.text, builder, options)
    resolved_options = build_options(builder, options, checks)
    return parse_source(source), resolved_options


def check_options(text: str, builder: Builder, options: Options) -> CheckOptions:
    """The options of the build checks, which BuildKit reads before anything else.

    Raises:
        DockerfileSyntaxError: there are no such options.
    """
    if builder is _LEGACY:
        return NO_OPTIONS
    given = options.get("build_args", {}).get("BUILDKIT_DOCKERFILE_CHECK") if options else None
    where = "build-arg:BUILDKIT_DOCKERFILE_CHECK"
    if given is None:
        directive = find_directive(text, "check")
        if directive is None:
            return NO_OPTIONS
        where, given = "check options", directive.first_word
    try:
        return read_check_options(given)
    except Complaint as complaint:
        raise DockerfileSyntaxError(f"failed to parse {where}: {complaint.message}") from None


def build_options(builder: Builder, options: Options, checks: CheckOptions) -> BuildOptions:
    """The keywords of a verb as the options of a build.

    Raises:
        InputError: a value that no builder would take.
    """
    if not options:
        return BuildOptions(checks=checks) if checks is not NO_OPTIONS else _NO_OPTIONS
    return BuildOptions(
        target=options.get("target"),
        build_args=options.get("build_args", {}),
        contexts=options.get("contexts", {}),
        images=_image_source(options.get("images")),
        labels=options.get("labels", {}),
        platform=_platform(options.get("platform", "linux/amd64")),
        build_platform=_platform(options.get("build_platform", "linux/amd64")),
        checks=checks,
        several_platforms=builder is Builder.BUILDKIT and _wants_several_platforms(options.get("build_args", {})),
    )


_NO_OPTIONS = BuildOptions()


def _wants_several_platforms(build_args: Mapping[str, str]) -> bool:
    """Whether step names say their platform (`BUILDKIT_MULTI_PLATFORM`, read by `dockerui`)."""
    value = build_args.get("BUILDKIT_MULTI_PLATFORM")
    if not value:
        return False
    try:
        return parse_bool(value)
    except Complaint:
        raise InputError(f"invalid boolean value for multi-platform: {value}") from None


def _image_source(images: ImageConfigs | None) -> ImageConfigSource:
    if not images:
        return no_image_configs
    return images.get if isinstance(images, Mapping) else images


def _platform(platform: str | Platform) -> Platform:
    if isinstance(platform, Platform):
        return platform
    try:
        return parse_platform(platform)
    except Complaint as complaint:
        raise InputError(complaint.message) from None


def read_source(content: str | bytes | PathLike[str] | SourceFile) -> SourceFile:
    """The text: a `str` is text, a path is a file.

    Raises:
        InputError: the file is not there, is a directory, or cannot be read.
    """
    if isinstance(content, SourceFile):
        return content
    if isinstance(content, str):
        return SourceFile(content)
    if isinstance(content, bytes):
        return SourceFile.of(content)
    path = Path(content)
    try:
        return SourceFile.of(path.read_bytes(), path.name)
    except OSError as fault:
        raise InputError(f"{path}: {system_reason(fault)}") from None
    except ValueError as fault:  # a NUL, which no path can have
        raise InputError(f"{path}: {fault}") from None
