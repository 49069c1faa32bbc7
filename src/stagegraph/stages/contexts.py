"""Named contexts: which `--build-context` a name finds (BuildKit `dockerui`, buildx)."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from stagegraph.errors import Complaint, ResolutionError
from stagegraph.platforms import Platform
from stagegraph.reference import normalise, parse_reference
from stagegraph.stages.image_configs import ImageConfig, image_config
from stagegraph.stages.options import ImageConfigSource
from stagegraph.stages.references import NamedContext
from stagegraph.values.git_urls import SourceKind, classify_source

# A stage name that is a valid image name too, which almost all are, and all of letters and digits alone.
_PLAIN_NAME = re.compile(r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*\Z")
_HEX_LENGTH = 64


class NamedContexts:
    """The named contexts of one build."""

    def __init__(self, contexts: Mapping[str, str], platform: Platform) -> None:
        """The contexts as given on the command line, for a build for `platform`.

        Raises:
            ResolutionError: a name is no image reference.
        """
        self._platform = platform
        self._contexts = {_key(name): value for name, value in contexts.items()}

    def replacement_of_stage(self, name: str, platform: Platform | None) -> NamedContext | None:
        """The context that stands in for the stage `name`.

        Raises:
            ResolutionError: the name is no image reference, whether or not there are contexts.
        """
        if not self._contexts and len(name) < _HEX_LENGTH and (name.isalnum() or _PLAIN_NAME.match(name)):
            return None
        if name in ("scratch", "context"):
            return None
        return self._find(name, platform)

    def find(self, name: str, platform: Platform | None) -> NamedContext | None:
        """The context for the image `name`: one for the platform, or one for every platform."""
        if not self._contexts or name.lower() in ("scratch", "context"):
            return None
        return self._find(name, platform)

    def _find(self, name: str, platform: Platform | None) -> NamedContext | None:
        key = _familiar(name)
        for candidate in (f"{key}::{(platform or self._platform).normalised().full_text}", key):
            if candidate in self._contexts:
                return NamedContext(candidate, self._contexts[candidate])
        return None


def _key(name: str) -> str:
    """The name a context is kept under; what stands behind `::` is a platform."""
    reference, separator, platform = name.partition("::")
    return _familiar(reference) + separator + platform


def _familiar(name: str) -> str:
    try:
        return parse_reference(name).familiar.removesuffix(":latest")
    except Complaint as complaint:
        raise ResolutionError(f"invalid context name {name}: {complaint.message}") from None


def check_context_names(contexts: Mapping[str, str]) -> None:
    """Refuses a named context whose name is no image reference, before anything else is looked at.

    Raises:
        ResolutionError: there is one.
    """
    for name in contexts:
        _key(name)


@attrs.frozen
class LoadedContext:
    """What a named context turns out to be.

    `step_name` is its progress line, None where there is nothing to show (`docker-image://scratch`);
    `loads` are the lines that come before; `image` is the config, where the context is an image.
    """

    step_name: str | None
    loads: tuple[str, ...] = ()
    image: ImageConfig | None = None


def load_context(context: NamedContext, images: ImageConfigSource) -> LoadedContext:
    """What `context` is: an image, an OCI layout, a URL, a repository, or else a local directory.

    Raises:
        Complaint: the image reference in its value is malformed.
    """
    prefix = f"[context {context.key}]"
    scheme, _, rest = context.value.partition(":")
    if scheme == "docker-image":
        reference = rest.removeprefix("//")
        if reference == "scratch":
            return LoadedContext(None)
        image = image_config(normalise(reference), images)
        return LoadedContext(f"{prefix} {reference}", (f"{prefix} load metadata for {reference}",), image)
    if scheme == "oci-layout":
        layout = normalise(context.key.partition("::")[0])
        load = f"{prefix} load metadata for {layout}"
        return LoadedContext(f"{prefix} OCI load from client", (load,), image_config(layout, images))
    kind = classify_source(context.value)
    if kind is SourceKind.GIT:
        return LoadedContext(f"[internal] load git source {context.value}")
    if kind is SourceKind.HTTP:
        return LoadedContext(f"{prefix} {context.value}")
    return LoadedContext(f"{prefix} load from client", (f"{prefix} load .dockerignore",))


def is_directory(context: NamedContext) -> bool:
    """Whether a named context is a directory on this machine, by what it is called."""
    if context.value.partition(":")[0] in ("docker-image", "oci-layout", "target", "input"):
        return False
    return classify_source(context.value) is SourceKind.LOCAL
