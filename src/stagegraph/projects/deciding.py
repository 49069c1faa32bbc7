"""The build arguments of a Dockerfile that decide which of its stages another one is built upon."""

from __future__ import annotations

import re
from glob import escape

from stagegraph.projects.texts import matches
from stagegraph.stages.cutting import CutDockerfile

PLATFORM_ARGUMENTS = frozenset(
    f"{side}{part}" for side in ("TARGET", "BUILD") for part in ("PLATFORM", "OS", "ARCH", "VARIANT")
)
"""The arguments that the builder sets for the platform."""

_VARIABLE = re.compile(r"\$(?:\{[^}]*\}|\w+)")
_NAME = re.compile(r"\$\{?([A-Za-z_]\w*)")


def deciding_arguments(dockerfile: CutDockerfile) -> frozenset[str]:
    """The names of the arguments by which a `FROM` comes to name a stage, or not to.

    `FROM build-$VARIANT` is such a one if there is a stage `build-x`; `FROM python:$VERSION` never
    is. Arguments that stand in the default of one that decides decide too.
    """
    names = [stage.name for stage in dockerfile.stages if stage.name is not None]
    found: set[str] = set()
    for stage in dockerfile.stages:
        image = stage.from_.image
        if "$" in image and any(matches(_pattern(image), name) for name in names):
            found |= _names_in(image)
    defaults = {one.name: one.default or "" for arg in dockerfile.global_args for one in arg.declared}
    waiting = list(found)
    while waiting:
        more = _names_in(defaults.get(waiting.pop(), "")) - found
        found |= more
        waiting += more
    return frozenset(found)


def _pattern(image: str) -> str:
    """What an image with variables can become; the texts between them stay."""
    texts = _VARIABLE.split(image.lower())
    return "*".join(map(escape, texts))


def _names_in(text: str) -> set[str]:
    """The variables in a text, those in the defaults of others among them."""
    return set(_NAME.findall(text))
