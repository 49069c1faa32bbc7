"""Which files are Dockerfiles by their names alone."""

from __future__ import annotations

import re

_NAME = re.compile(r"(?:docker|container)file(?:[._-].+)?|.*\.(?:docker|container)file", re.IGNORECASE | re.DOTALL)

# What ends so is written about Dockerfiles, or turned into one, or left behind by a tool.
_OTHER = """
    dockerignore containerignore
    md markdown rst adoc txt html htm css pdf json jsonl yml yaml toml ini cfg xml csv log lock
    png svg jpg jpeg gif dot gz bz2 xz zst zip tar tgz whl sum sha256 sig asc
    diff patch rej orig bak swp swo swn tmp
    j2 jinja jinja2 tmpl tpl gotmpl template erb ejs hbs mustache m4 in
    java kt scala cs fs hs swift
"""
# `dockerfile.py` is a program; `Dockerfile.py` is how people call the one for Python.
_PROGRAMS = "py pyi pyc js cjs mjs jsx ts tsx go rb rs c h cc cpp hpp php pl lua vim sh lark g4"

_OTHER_ENDINGS = frozenset(_OTHER.split())
_PROGRAM_ENDINGS = frozenset(_PROGRAMS.split())


def is_dockerfile_name(name: str) -> bool:
    """Whether people call a Dockerfile so. The case of letters does not matter, but for programs.

    `Dockerfile`, `Dockerfile.dev`, `Dockerfile-dev`, `Dockerfile_dev`, `dev.Dockerfile`, and the
    same with `Containerfile`; but not `Dockerfile.dockerignore`, `Dockerfile.md`,
    `Dockerfile.tmpl`, `Dockerfile.swp`, `Dockerfile~`, `dockerfile.py`.

    Example:
        >>> [name for name in ("Dockerfile.dev", "Dockerfile.md", "app.containerfile") if is_dockerfile_name(name)]
        ['Dockerfile.dev', 'app.containerfile']
    """
    if _NAME.fullmatch(name) is None or name.endswith("~"):
        return False
    ending = name.rpartition(".")[2].lower()
    return ending not in _OTHER_ENDINGS and not (ending in _PROGRAM_ENDINGS and name[0].islower())
