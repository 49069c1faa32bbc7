"""Compose and bake files → what is built from which Dockerfile.

`read_project` reads the files of one project, `read_repository` all of a tree; both answer with a
`Project` of `DeclaredTarget`s, and of `Unknown`s for what cannot be evaluated. `targets_of` tells
what builds a Dockerfile (`BuildIndex` for many of them), `links_of`, `needed_targets` and
`replacements` what named contexts do.
Nothing is executed, nothing outside the root is read, and nothing that a file says raises.
"""

from __future__ import annotations

from stagegraph.projects.declared import DeclaredTarget, Field, Place, Project, Unknown
from stagegraph.projects.discovery import find_files, read_repository
from stagegraph.projects.questions import BuildIndex, Builds, Link, links_of, needed_targets, replacements, targets_of
from stagegraph.projects.reading import read_project

__all__ = [
    "BuildIndex",
    "Builds",
    "DeclaredTarget",
    "Field",
    "Link",
    "Place",
    "Project",
    "Unknown",
    "find_files",
    "links_of",
    "needed_targets",
    "read_project",
    "read_repository",
    "replacements",
    "targets_of",
]
