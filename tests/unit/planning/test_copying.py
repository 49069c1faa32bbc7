"""`COPY` and `ADD` as BuildKit plans them. The answers here are those of BuildKit's own frontend."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import PlanningError

COMMIT, OTHER = "a" * 40, "b" * 40
UNFINISHED = "unsupported modifier ({}) in substitution"


def names_of(instruction: str) -> list[str]:
    """The names of the steps upon the base of a single stage."""
    return [step.name for step in stagegraph.plan(f"FROM a\nARG M=755\n{instruction}\n").steps[1:]]


@pytest.mark.parametrize(
    ("instruction", "names"),
    [
        ("COPY --chmod=$M b c", ["[internal] load build context", "[2/2] COPY --chmod=755 b c"]),
        ("COPY --chmod=755 --link b c", ["[internal] load build context", "[2/2] COPY --chmod=755 --link b c"]),
        ("COPY <<'E' /x\n${B\nE", ["[internal] preparing inline document", "[2/2] COPY <<E /x"]),
        (
            f"ADD --checksum={COMMIT} https://github.com/a/b.git /c",
            [f"[2/2] ADD --checksum={COMMIT} https://github.com/a/b.git /c"] * 2,
        ),
        (
            "ADD --keep-git-dir=false https://github.com/a/b.git?keep-git-dir=false /c",
            ["[2/2] ADD --keep-git-dir=false https://github.com/a/b.git?keep-git-dir=false /c"] * 2,
        ),
        ("COPY --exclude=${B a b", ["[internal] load build context", "[2/2] COPY --exclude=${B a b"]),
        ("ADD https://[::1 /", ["[2/2] ADD https://[::1 /"] * 2),
        ('COPY ["a b", "c"]', ["[internal] load build context", "[2/2] COPY [a b, c]"]),
    ],
)
def test_names(instruction: str, names: list[str]) -> None:
    assert names_of(instruction) == names


@pytest.mark.parametrize(
    ("instruction", "message"),
    [
        (
            "ADD --keep-git-dir=true https://github.com/a/b.git?keep-git-dir=false /c",
            "inconsistent keep-git-dir configuration",
        ),
        (
            f"ADD --checksum={COMMIT} https://github.com/a/b.git?checksum={OTHER} /c",
            f'checksum mismatch "{COMMIT}" != "{OTHER}"',
        ),
        ("ADD --checksum=sha256:12 https://x/y /c", "invalid checksum digest length"),
        ("ADD --checksum=md5:12 https://x/y /c", "unsupported digest algorithm"),
        (
            "COPY --chmod=999 b c",
            "invalid chmod parameter: '999'. it should be octal string and between 0 and 07777",
        ),
        ("COPY --chmod=u=q b c", "invalid syntax"),
        ("COPY a ${B", 'failed to process "${B": ' + UNFINISHED.format("\ufffd")),
        ("COPY <<E /x\n${B\nE", 'failed to process "${B\\n": ' + UNFINISHED.format("\n")),
    ],
)
def test_refused(instruction: str, message: str) -> None:
    with pytest.raises(PlanningError) as caught:
        names_of(instruction)
    assert (caught.value.message, caught.value.line) == (message, 3)
