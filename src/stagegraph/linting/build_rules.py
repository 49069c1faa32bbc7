"""BuildKit's own checks as rules: found elsewhere, but chosen, rated and explained like all others."""

from __future__ import annotations

import re

from stagegraph.linting.findings import Severity
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule

BUILD_ERROR = "build-error"
UNUSED_SUPPRESSION = "unused-suppression"

_PAGES = "https://docs.docker.com/go/dockerfile/rule/"
_SUMMARIES = {
    "ConsistentInstructionCasing": "A keyword in another case than most of them",
    "CopyIgnoredFile": "A source that .dockerignore leaves out",
    "DuplicateStageName": "A name that two stages have",
    "ExposeInvalidFormat": "An address or a port of the host in EXPOSE",
    "ExposeProtoCasing": "A protocol in capitals in EXPOSE",
    "FromAsCasing": "An AS in another case than its FROM",
    "FromPlatformFlagConstDisallowed": "A constant platform in FROM",
    "InvalidBaseImagePlatform": "An image for another platform than the build's",
    "InvalidDefaultArgInFrom": "A base that is no image name unless build arguments are given",
    "InvalidDefinitionDescription": "A comment above a stage or an argument that does not begin with its name",
    "JSONArgsRecommended": "A CMD or ENTRYPOINT in shell form",
    "LegacyKeyValueFormat": "An ENV or LABEL with a blank instead of an equals sign",
    "MaintainerDeprecated": "A MAINTAINER instruction",
    "MultipleInstructionsDisallowed": "An instruction that a later one of its stage overrides",
    "NoEmptyContinuation": "An empty line in a continued instruction",
    "RedundantTargetPlatform": "A platform in FROM that holds anyway",
    "ReservedStageName": "A stage called scratch or context",
    "SecretsUsedInArgOrEnv": "An argument or a variable whose name sounds secret",
    "StageNameCasing": "A stage name that is not in lower case",
    "UndefinedArgInFrom": "An argument in FROM that nobody declares",
    "UndefinedVar": "A variable that nobody has set",
    "WorkdirRelativePath": "A relative directory before any absolute one",
}
_WITHOUT_A_PAGE = frozenset({"InvalidBaseImagePlatform"})


def _url(check: str) -> str:
    if check in _WITHOUT_A_PAGE:
        return ""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", check)
    return f"{_PAGES}{words.lower()}/"


def _check(name: str, summary: str) -> Rule:
    url = _url(name)
    more = f"\nDocker describes it at <{url}>.\n" if url else ""
    text = (
        f"# {name}\n\n{summary}.\n\n"
        f"This is one of BuildKit's own build checks: what `docker build --check` says.\n{more}"
        f"\nTo skip it in a file: `# check=skip={name}` at its head, or above one instruction.\n"
    )
    return Rule(name, summary, Severity.WARNING, page=lambda: text, url=url)


BUILD_CHECKS = tuple(_check(name, summary) for name, summary in _SUMMARIES.items())
OWN_FINDINGS = (
    Rule(BUILD_ERROR, "What would end the build", Severity.ERROR, page=page_of(BUILD_ERROR)),
    Rule(
        UNUSED_SUPPRESSION,
        "A comment that suppresses nothing",
        Severity.WARNING,
        page=page_of(UNUSED_SUPPRESSION),
    ),
)
