"""Image references: `alpine`, `ghcr.io/acme/tool:v1`, `debian:12@sha256:…`.

The rules are those of `distribution/reference` (`ParseNormalizedNamed`, `TagNameOnly`,
`FamiliarString`), which both builders use for every `FROM` and `--from`.
"""

from __future__ import annotations

import re
from functools import lru_cache

import attrs

from stagegraph.errors import Complaint
from stagegraph.values.digests import check_digest
from stagegraph.values.letters import lower

_DEFAULT_DOMAIN = "docker.io"
_OLD_DEFAULT_DOMAIN = "index.docker.io"
_OFFICIAL = "library/"
_DEFAULT_TAG = "latest"
_LONGEST_PATH = 255

_LABEL = r"(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
_HOST = rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?"
_COMPONENT = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
_DIGEST = r"[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}"

_reference = re.compile(
    rf"(?:(?P<domain>{_HOST})/)?(?P<path>{_COMPONENT}(?:/{_COMPONENT})*)"
    rf"(?::(?P<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{{0,127}}))?"
    rf"(?:@(?P<digest>{_DIGEST}))?"
)
_image_id = re.compile(r"[a-f0-9]{64}")


@attrs.frozen
class Reference:
    """A fully qualified image reference.

    `domain` is empty only for a first component that looks like a host and is none
    (`my_host.example/app`): it then stands as the beginning of `path`.
    """

    domain: str
    path: str
    tag: str | None = None
    digest: str | None = None

    @property
    def name(self) -> str:
        """Domain and path, without tag and digest."""
        return f"{self.domain}/{self.path}" if self.domain else self.path

    @property
    def text(self) -> str:
        """Everything, as in `docker.io/library/alpine:3.19@sha256:…`."""
        return self.name + self._suffix

    @property
    def familiar(self) -> str:
        """The short form that people write, as in `alpine:3.19`."""
        if self.domain != _DEFAULT_DOMAIN:
            return self.text
        official = self.path.startswith(_OFFICIAL) and self.path.count("/") == 1
        return (self.path.removeprefix(_OFFICIAL) if official else self.path) + self._suffix

    def with_default_tag(self) -> Reference:
        """The same image, `:latest` where neither a tag nor a digest says otherwise."""
        if self.tag is not None or self.digest is not None:
            return self
        return attrs.evolve(self, tag=_DEFAULT_TAG)

    @property
    def _suffix(self) -> str:
        tag = f":{self.tag}" if self.tag is not None else ""
        return f"{tag}@{self.digest}" if self.digest is not None else tag


@lru_cache(maxsize=4096)
def parse_reference(text: str) -> Reference:
    """What `text` names, with Docker Hub's domain and `library/` filled in.

    Raises `Complaint` with the words of `distribution/reference`.
    """
    if _image_id.fullmatch(text):
        message = f"invalid repository name ({text}), cannot specify 64-byte hexadecimal strings"
        raise Complaint(message)
    domain, remainder = _split_domain(text)
    remote = remainder.partition(":")[0]
    if lower(remote) != remote:
        raise Complaint(f"invalid reference format: repository name ({remote}) must be lowercase")
    return _parse_qualified(f"{domain}/{remainder}")


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """The full text of the image that `text` names, its tag included: `alpine` → `docker.io/library/alpine:latest`.

    Raises what `parse_reference` raises.
    """
    return parse_reference(text).with_default_tag().text


def _split_domain(text: str) -> tuple[str, str]:
    """The domain, and what follows it (path, tag and digest)."""
    first, slash, rest = text.partition("/")
    if not slash:
        return _DEFAULT_DOMAIN, _OFFICIAL + text
    if first == _OLD_DEFAULT_DOMAIN:
        first = _DEFAULT_DOMAIN
    elif first != "localhost" and "." not in first and ":" not in first and lower(first) == first:
        return _DEFAULT_DOMAIN, text
    if first == _DEFAULT_DOMAIN and "/" not in rest:
        rest = _OFFICIAL + rest
    return first, rest


def _parse_qualified(text: str) -> Reference:
    match = _reference.fullmatch(text)
    if match is None:
        if _reference.fullmatch(lower(text)):
            raise Complaint("repository name must be lowercase")
        raise Complaint("invalid reference format")
    domain, path, tag, digest = match.group("domain", "path", "tag", "digest")
    if len(path) > _LONGEST_PATH:
        raise Complaint(f"repository name must not be more than {_LONGEST_PATH} characters")
    if digest is not None:
        check_digest(digest)
    return Reference(domain or "", path, tag, digest)
