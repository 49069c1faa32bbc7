"""The verb `run`."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.stages.image_configs import DEFAULT_PATH

TEXT = "FROM alpine AS a\nRUN x\nFROM scratch\nCOPY --from=a /x /x\n"


class Recording:
    """A backend that tells what it was asked, and when it was closed."""

    name = "recording"

    def __init__(self, *events, error=None):
        self.builds = []
        self.closed = False
        self._events = events
        self._error = error

    def run(self, build):
        self.builds.append(build)
        try:
            yield from self._events
            if self._error is not None:
                raise self._error
        finally:
            self.closed = True


def test_a_backend_by_name():
    events = list(stagegraph.run(stagegraph.plan(TEXT)))
    assert isinstance(events[-1], stagegraph.PlanFinished)
    assert events[-1].succeeded


def test_what_a_backend_is_asked(tmp_path):
    backend = Recording()
    plan = stagegraph.plan(TEXT)
    list(
        stagegraph.run(
            plan, backend=backend, context=str(tmp_path), tag=["a", "ghcr.io/b/c:1"], jobs=3, keep=True, no_cache=True
        )
    )
    (build,) = backend.builds
    assert build.plan is plan
    assert build.context == tmp_path
    assert build.tags == ("a:latest", "ghcr.io/b/c:1")
    assert (build.jobs, build.keep, build.no_cache, build.network) == (3, True, True, "default")


def test_nothing_runs_before_events_are_asked_for():
    backend = Recording()
    events = stagegraph.run(stagegraph.plan(TEXT), backend=backend)
    assert backend.builds == []
    list(events)
    assert len(backend.builds) == 1


@pytest.mark.parametrize("tag", ["A", "a:", "", "a b"])
def test_a_tag_that_is_none(tag):
    with pytest.raises(stagegraph.InputError, match="invalid tag"):
        stagegraph.run(stagegraph.plan(TEXT), tag=tag)


def test_no_jobs_at_all():
    with pytest.raises(stagegraph.InputError, match="0 jobs can do nothing"):
        stagegraph.run(stagegraph.plan(TEXT), jobs=0)


def test_an_unknown_backend():
    with pytest.raises(stagegraph.BackendNotFoundError):
        stagegraph.run(stagegraph.plan(TEXT), backend="nothing")


def test_closing_reaches_the_backend():
    backend = Recording(stagegraph.StepStarted("x", None, 0.0), stagegraph.StepFinished("x", None, 0.0))
    events = stagegraph.run(stagegraph.plan(TEXT), backend=backend)
    next(events)
    assert not backend.closed
    events.close()
    assert backend.closed


def test_an_iterator_without_close_will_do():
    class Plain:
        name = "plain"

        def run(self, build):  # noqa: ARG002
            return iter([stagegraph.PlanFinished(True, 0.0)])

    assert len(list(stagegraph.run(stagegraph.plan(TEXT), backend=Plain()))) == 1


def test_a_backend_that_knows_images_gets_a_plan_with_them():
    class Knowing(Recording):
        def image_config(self, reference):
            assert reference == "docker.io/library/alpine:latest"
            return {
                "os": "linux",
                "architecture": "amd64",
                "config": {"Env": [DEFAULT_PATH, "A=1"], "OnBuild": ["RUN trigger"]},
                "rootfs": {"type": "layers", "diff_ids": ["sha256:" + "0" * 64]},
            }

    backend = Knowing()
    list(stagegraph.run(stagegraph.plan(TEXT), backend=backend))
    assert "[a 2/3] ONBUILD RUN trigger" in [step.name for step in backend.builds[0].plan.steps]
    mine = stagegraph.plan(TEXT, images=lambda _: None)
    list(stagegraph.run(mine, backend=backend))
    assert backend.builds[1].plan is mine


def test_secrets_are_not_told():
    text = "FROM scratch\nARG API_TOKEN\nARG NAME\nCOPY $API_TOKEN$NAME /x\n"
    plan = stagegraph.plan(text, build_args={"API_TOKEN": "s3cr3t", "NAME": "public"})
    told = [str(event.to_dict()) for event in stagegraph.run(plan)]
    assert not any("s3cr3t" in one for one in told)
    assert any("****public" in one for one in told)


def test_secrets_are_not_in_errors():
    plan = stagegraph.plan(TEXT, build_args={"DB_PASSWORD": "hunter2"})
    backend = Recording(error=stagegraph.UnsupportedError("cannot do hunter2", suggestion="x"))
    with pytest.raises(stagegraph.UnsupportedError) as caught:
        list(stagegraph.run(plan, backend=backend))
    assert caught.value.message == "cannot do ****"
    assert caught.value.suggestion == "x"
