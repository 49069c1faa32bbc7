"""The simulation passes the kit, and the kit finds what is wrong."""

from __future__ import annotations

import attrs
import pytest

import stagegraph
from stagegraph.backends import conformance
from stagegraph.backends.simulate import SimulateBackend

COPY = conformance.CASES[0]


@pytest.mark.parametrize("case", conformance.CASES, ids=str)
def test_the_simulation(case, tmp_path):
    conformance.check(SimulateBackend(), case, tmp_path)


class Tampering:
    """The simulation, with its events changed."""

    name = "tampering"

    def __init__(self, change):
        self._change = change

    def run(self, build):
        yield from self._change(list(SimulateBackend().run(build)))


def _without(kind):
    return lambda told: [event for event in told if not isinstance(event, kind)]


def _steps(told):
    return [event for event in told if getattr(event, "step", None) is not None]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_without(stagegraph.PlanFinished), "the last event is not the one PlanFinished"),
        (lambda told: [*told, told[-1]], "the last event is not the one PlanFinished"),
        (_without(stagegraph.StepFinished), "step 1 never ended"),
        (_without(stagegraph.StepStarted), "step-finished of step 1 before it was started"),
        (lambda told: [*told[:-1], *_steps(told), told[-1]], "step 1 ended 2 times"),
        (
            lambda told: [*reversed(_steps(told)), told[-1]],
            "step 2 was started before its inputs",
        ),
        (
            lambda told: [attrs.evolve(told[0], time=5.0), *told[1:]],
            "time goes back",
        ),
        (
            lambda told: [*told[:-1], attrs.evolve(told[-1], succeeded=False)],
            "it failed although no step did",
        ),
        (
            lambda told: [*told[:-1], attrs.evolve(told[-1], image=stagegraph.Image(b"1"))],
            "plan-finished is no JSON",
        ),
        (
            lambda told: [*told[:-1], stagegraph.StepFailed("x", None, 0.0, "no"), told[-1]],
            "it succeeded although a step failed; there is an image although a step failed",
        ),
    ],
)
def test_what_is_wrong_is_found(change, message, tmp_path):
    with pytest.raises(AssertionError, match=message):
        conformance.check(Tampering(change), COPY, tmp_path)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"fails": True}, "it succeeded"),
        ({"dockerfile": "FROM scratch\nCOPY x /\n"}, 'it failed: .*"/x": not found'),
        ({"ends": {"COPY": "step-failed"}}, "'COPY' ended as step-finished, not as step-failed"),
        ({"ends": {"RUN": "step-finished"}}, "'RUN' ended as none"),
        ({"printed": "hello"}, "'hello' was not printed"),
        ({"exit_code": 1}, r"exit codes \[\], not 1"),
    ],
)
def test_what_a_case_asks_for_is_looked_at(changes, message, tmp_path):
    with pytest.raises(AssertionError, match=message):
        conformance.check(SimulateBackend(), attrs.evolve(COPY, **changes), tmp_path)


def test_cases_have_names_of_their_own():
    names = [str(case) for case in (*conformance.CASES, *conformance.RUN_CASES)]
    assert len(set(names)) == len(names)


class ForBuildKit:
    """A backend for BuildKit's plans, which says what it does with others."""

    name = "for-buildkit"
    builders = frozenset({stagegraph.Builder.BUILDKIT})

    def __init__(self, answer):
        self._answer = answer

    def run(self, build):
        if build.plan.builder not in self.builders:
            self._answer()
        yield from SimulateBackend().run(build)


def refuse():
    raise stagegraph.UnsupportedError("not that builder's")


@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
def test_a_backend_may_be_for_one_builder_and_refuses_the_others(builder, tmp_path):
    conformance.check(ForBuildKit(refuse), attrs.evolve(COPY, builder=builder), tmp_path)


def test_a_backend_that_is_for_one_builder_and_does_not_refuse_is_found(tmp_path):
    with pytest.raises(AssertionError, match="it was not refused"):
        conformance.check(ForBuildKit(lambda: None), attrs.evolve(COPY, builder="legacy"), tmp_path)
