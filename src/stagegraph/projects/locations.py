"""Where a context and a Dockerfile lie: paths in the repository, or something that is fetched."""

from __future__ import annotations

from stagegraph.errors import Complaint
from stagegraph.projects.drafts import Said, Slot
from stagegraph.projects.texts import Text, joined_path
from stagegraph.values.git_urls import SourceKind, classify_source

_HERE = "cwd://"
_LINK = "target:"
_SCHEMES = ("target:", "docker-image:", "oci-layout:", "service:")
_REMOTE = ("https://", "http://", "git://", "ssh://", "github.com/", "git@")


def is_remote(value: str) -> bool:
    """Whether a context is a URL or a repository."""
    if value.startswith(_REMOTE):
        return True
    try:
        return classify_source(value) is not SourceKind.LOCAL
    except Complaint:
        return True


def is_path(value: str) -> bool:
    """Whether a context is a directory."""
    return not value.startswith(_SCHEMES) and ("://" not in value or value.startswith(_HERE)) and not is_remote(value)


def located(directory: str, text: Text) -> Text:
    """A context as seen from where `directory` is seen from; what is no path stays as it is."""
    if not text.value or not is_path(text.value):
        return text
    if text.value.startswith(_HERE):
        text = Text(text.value.removeprefix(_HERE), text.pattern.removeprefix(_HERE), text.variables)
    return joined_path(Text.known(directory), text)


def target_link(slot: Slot) -> str | None:
    """The name of the build whose result a named context is, None for another context."""
    if isinstance(slot, Said) and slot.text.value.startswith(_LINK):
        return slot.text.value.removeprefix(_LINK)
    return None
