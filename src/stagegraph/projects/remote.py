"""Build contexts that are not on this disk (`urlutil.IsRemoteURL` of buildx)."""

from __future__ import annotations

from stagegraph.errors import Complaint
from stagegraph.values.git_urls import SourceKind, classify_source

_PREFIXES = ("http://", "https://", "git://", "ssh://", "github.com/", "git@")


def is_remote(context: str) -> bool:
    """Whether a build context is fetched from somewhere else."""
    if context.startswith(_PREFIXES):
        return True
    try:
        return classify_source(context) is not SourceKind.LOCAL
    except Complaint:
        return True
