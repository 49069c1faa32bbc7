"""The backend, on a Buildah that is none."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.backends import conformance
from stagegraph.backends.announcements import EXPORT
from stagegraph.backends.buildah import BuildahBackend

from .fake import FAILURE, Ending


@pytest.mark.parametrize("case", conformance.CASES, ids=str)
def test_the_kit(case, fake, tmp_path, temporary):
    folder = tmp_path / "context"
    folder.mkdir()
    conformance.check(BuildahBackend(fake), case, folder)
    assert fake.containers == {}
    assert set(fake.names) == {"alpine:latest"}
    assert list(temporary.iterdir()) == []


def _run(fake, text, builder="buildkit", **options):
    plan = stagegraph.plan(text, builder=builder)
    return list(stagegraph.run(plan, backend=BuildahBackend(fake), **options))


@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
def test_the_image_has_its_tags_the_config_of_the_plan_and_nothing_of_what_was_made_on_the_way(builder, fake):
    events = _run(fake, "FROM alpine\nWORKDIR /w\nENV A=1\nUSER me\n", builder, tag=["one", "two:3"])
    image = events[-1].image
    assert image.tags == ("one:latest", "two:3")
    made = image.id.removeprefix("sha256:")
    assert fake.names == {"alpine:latest": fake.names["alpine:latest"], "one:latest": made, "two:3": made}
    assert set(fake.images) == {fake.names["alpine:latest"], made}
    assert fake.images[made]["config"] == {"Env": ["PATH=/bin", "A=1"], "WorkingDir": "/w", "User": "me"}
    assert len(fake.images[made]["history"]) == len(fake.images[made]["rootfs"]["diff_ids"]) == 2


@pytest.mark.parametrize(("builder", "count"), [("buildkit", 1), ("legacy", 0)])
def test_only_buildkit_tells_that_it_exports(builder, count, fake):
    events = _run(fake, "FROM alpine\n", builder, tag="t")
    exported = [event for event in events if isinstance(event, stagegraph.StepFinished) and event.name == EXPORT]
    assert len(exported) == count


def test_tags_are_given_in_one_go(fake):
    _run(fake, "FROM alpine\n", tag=["one", "two"])
    assert fake.said("tag")[-1][2:] == ("one:latest", "two:latest")


def test_what_a_run_makes_and_prints(fake):
    def ran(root, words):
        assert words[words.index("--") + 1 :] == ("/bin/sh", "-c", "make")
        (root / "made").write_text("x")
        return [("out", "stdout"), ("err", "stderr")], 0

    fake.ran = ran
    events = _run(fake, "FROM alpine\nRUN make\n", tag="t")
    printed = [
        (event.text, event.stream) for event in events if isinstance(event, stagegraph.OutputLine) and event.step
    ]
    assert printed == [("out", "stdout"), ("err", "stderr")]
    assert fake.files_of("t:latest") == {"base": "base\n", "made": "x"}


@pytest.mark.parametrize(
    ("builder", "message"),
    [
        ("buildkit", 'process "/bin/sh -c false" did not complete successfully: exit code: 3'),
        ("legacy", "The command '/bin/sh -c false' returned a non-zero code: 3"),
    ],
)
def test_a_command_that_fails(builder, message, fake):
    fake.ran = lambda _root, _words: ([("Error: exit status 3", "stderr")], 3)
    events = _run(fake, "FROM alpine\nRUN false\nRUN true\n", builder, tag="t")
    (failed,) = [event for event in events if isinstance(event, stagegraph.StepFailed)]
    assert (failed.message, failed.exit_code) == (message, 3)
    assert not any(isinstance(event, stagegraph.OutputLine) and event.step for event in events)
    assert fake.containers == {}
    assert set(fake.names) == {"alpine:latest"}


def test_an_image_is_kept_on_the_way_if_that_is_wanted_and_not_swept_away(fake):
    _run(fake, "FROM alpine\nWORKDIR /w\n", keep=True)
    kept = [name for name in fake.names if name.startswith("stagegraph-kept-")]
    assert len(kept) == 2
    _run(fake, "FROM alpine\n")
    assert [name for name in fake.names if name.startswith("stagegraph-kept-")] == kept


def test_the_config_of_an_image(fake):
    fake.add_image("docker.io/acme/app:1", {"User": "me"})
    backend = BuildahBackend(fake)
    assert backend.image_config("docker.io/library/alpine:latest")["config"] == {"Env": ["PATH=/bin"]}
    assert backend.image_config("docker.io/library/other:latest") is None
    fake.answers["inspect"] = lambda _words: Ending(FAILURE, error="Error: no storage\n")
    with pytest.raises(stagegraph.BackendError, match="no storage"):
        backend.image_config("docker.io/library/alpine:latest")


def test_what_is_refused_is_refused_before_buildah_is_called(fake):
    with pytest.raises(stagegraph.UnsupportedError, match="RUN --mount=type=secret,id=x true: there is no --mount"):
        _run(fake, "FROM scratch\nRUN --mount=type=secret,id=x true\n")
    assert fake.calls == []


def test_an_engine_that_fails_outside_of_steps(fake):
    fake.answers["tag"] = lambda words: (
        Ending(FAILURE, error="Error: disk full\n") if "t:latest" in words else Ending(0)
    )
    with pytest.raises(stagegraph.BackendError, match="disk full"):
        _run(fake, "FROM alpine\n", tag="t")
    assert fake.containers == {}
