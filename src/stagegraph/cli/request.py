"""`Request`: the Dockerfile and the options of a build, as the command line gives them."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from stagegraph.errors import InputError, system_reason
from stagegraph.platforms import Platform

if TYPE_CHECKING:
    from stagegraph.api import Options

STANDARD_INPUT = "-"
_DEFAULT_FILE = "Dockerfile"


@attrs.frozen(slots=False)
class Request:
    """What a command is asked. Nothing is read before `content` and `options` are asked for."""

    file: str | None = None
    builder: str = "buildkit"
    target: str | None = None
    build_args: Mapping[str, str] = attrs.field(factory=dict)
    contexts: Mapping[str, str] = attrs.field(factory=dict)
    labels: Mapping[str, str] = attrs.field(factory=dict)
    platform: Platform | None = None
    image_files: Mapping[str, str] = attrs.field(factory=dict)

    @property
    def file_name(self) -> str:
        """What messages call the file: its path as given."""
        return "standard input" if self.file == STANDARD_INPUT else self.file or _DEFAULT_FILE

    @property
    def path(self) -> Path | None:
        """The path of the Dockerfile, None for standard input."""
        return None if self.file == STANDARD_INPUT else Path(self.file or _DEFAULT_FILE)

    @cached_property
    def content(self) -> Path | bytes:
        """The Dockerfile: a path, or the bytes of standard input.

        Raises:
            InputError: there is no `./Dockerfile`, and no other file was named.
        """
        if self.file == STANDARD_INPUT:
            return standard_input()
        if self.file is None and not Path(_DEFAULT_FILE).exists():
            raise InputError("there is no ./Dockerfile; name one with --file FILE, or --file - for standard input")
        return Path(self.file or _DEFAULT_FILE)

    @cached_property
    def options(self) -> Options:
        """The keywords of `stagegraph.plan` and its like.

        Raises:
            InputError: an image config cannot be read.
        """
        options: Options = {
            "target": self.target or None,
            "build_args": self.build_args,
            "contexts": self.contexts,
            "labels": self.labels,
            "images": {reference: _image_config(path) for reference, path in self.image_files.items()},
        }
        if self.platform is not None:
            options["platform"] = self.platform
        return options


def standard_input() -> bytes:
    """All of it.

    Raises:
        InputError: it is closed, or cannot be read.
    """
    if sys.stdin is None:
        raise InputError("standard input is closed")
    try:
        return sys.stdin.buffer.read()
    except OSError as fault:
        raise InputError(f"standard input: {system_reason(fault)}") from None


def _image_config(path: str) -> Mapping[str, object]:
    try:
        config = json.loads(Path(path).read_bytes())
    except OSError as fault:
        raise InputError(f"{path}: {system_reason(fault)}") from None
    except (ValueError, RecursionError) as fault:
        raise InputError(f"{path}: no image config: {fault}") from None
    if not isinstance(config, dict):
        raise InputError(f"{path}: no image config: a JSON object was expected")
    return config
