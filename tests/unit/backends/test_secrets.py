"""What is masked, and what is not."""

from __future__ import annotations

import pytest

from stagegraph.backends.events import OutputLine, PlanFinished, StepFailed, StepSkipped, StepStarted
from stagegraph.backends.secrets import Mask
from stagegraph.errors import BackendError

MASK = Mask.of_build_args(
    {"TOKEN": "abc", "my_password": "abcdef", "PUBLIC_KEY": "shown", "VERSION": "1.2", "KEY": "x"}
)


def test_names_that_sound_secret_count():
    assert MASK.values == ("abcdef", "abc")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (StepStarted("RUN abc", None, 0), StepStarted("RUN ****", None, 0)),
        (OutputLine("n", None, 0, "abcdef abc x"), OutputLine("n", None, 0, "**** **** x")),
        (StepFailed("n", None, 0, "no abc", 1), StepFailed("n", None, 0, "no ****", 1)),
        (StepSkipped("n", None, 0, "abc failed"), StepSkipped("n", None, 0, "**** failed")),
        (PlanFinished(True, 0), PlanFinished(True, 0)),
    ],
)
def test_events(event, expected):
    assert MASK.event(event) == expected


def test_an_error_without_secrets_stays_itself():
    error = BackendError("nothing to hide")
    assert MASK.error(error) is error
