"""Names that sound secret (BuildKit's check `SecretsUsedInArgOrEnv`)."""

from __future__ import annotations

import re

_SECRET = re.compile(
    r"(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)", re.IGNORECASE
)
_NO_SECRET = re.compile(r"(?:_|^)(?:public|file|version)(?:_|$)", re.IGNORECASE)


def sounds_secret(name: str) -> bool:
    """Whether what stands under `name` is probably a secret: `API_TOKEN`, but not `PUBLIC_KEY`."""
    return bool(_SECRET.search(name)) and not _NO_SECRET.search(name)
