"""The parsers that are compared: what each is called, and how it reads a text to the end."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from typing import Any

import attrs

import stagegraph

Read = Callable[[str], object]


class NotReadError(Exception):
    """A parser gave an answer, and says in it that it could not read the text."""


@attrs.frozen
class Peer:
    """A parser. `make` imports it and gives the function that reads a text, or raises where it cannot."""

    name: str
    package: str
    make: Callable[[], Read]

    @property
    def version(self) -> str | None:
        """The installed version, None where it is not installed."""
        try:
            return version(self.package)
        except PackageNotFoundError:
            return None


def _stagegraph() -> Read:
    return stagegraph.parse


def _stagegraph_plan() -> Read:
    return stagegraph.plan


def _dockerfile() -> Read:
    read: Read = import_module("dockerfile").parse_string
    return read


def _e2b() -> Read:
    read: Read = import_module("e2b_dockerfile_utils").parse_dockerfile_ast
    return read


def _dockerfile_parse() -> Read:
    parser = import_module("dockerfile_parse").DockerfileParser

    def read(text: str) -> object:
        return parser(fileobj=BytesIO(text.encode()), cache_content=True).structure

    return read


def _tree_sitter(module: str) -> Callable[[], Read]:
    def make() -> Read:
        tree_sitter: Any = import_module("tree_sitter")
        language = import_module(module).language()
        parser = tree_sitter.Parser(tree_sitter.Language(language))

        def read(text: str) -> object:
            root = parser.parse(text.encode()).root_node
            if root.has_error:
                raise NotReadError
            return root

        return read

    return make


OURS = Peer("stagegraph", "stagegraph", _stagegraph)
OUR_PLAN = Peer("stagegraph, plan", "stagegraph", _stagegraph_plan)
GO = Peer("dockerfile (Go)", "dockerfile", _dockerfile)
OTHERS = (
    GO,
    Peer("e2b-dockerfile-utils", "e2b-dockerfile-utils", _e2b),
    Peer("dockerfile-parse", "dockerfile-parse", _dockerfile_parse),
    Peer("tree-sitter-dockerfile", "tree-sitter-dockerfile", _tree_sitter("tree_sitter_dockerfile")),
    Peer("tree-sitter-containerfile", "tree-sitter-containerfile", _tree_sitter("tree_sitter_containerfile")),
)


def readable(read: Read, texts: list[str]) -> list[bool]:
    """Which of the texts a parser reads to the end."""
    return [_reads(read, text) for text in texts]


def _reads(read: Read, text: str) -> bool:
    try:
        read(text)
    except Exception:  # noqa: BLE001 - peers raise what they like
        return False
    return True
