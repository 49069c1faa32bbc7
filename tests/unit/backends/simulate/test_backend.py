"""The simulation: what it tells, and what it knows of the image's files."""

from __future__ import annotations

import pytest

import stagegraph

NOT_IN_CONTEXT = "file not found in build context or excluded by .dockerignore"
SEED = """\
# syntax=docker/dockerfile:1
FROM golang:1.21 as build
WORKDIR /src
COPY <<EOF /src/main.go
package main
EOF
RUN go build -o /bin/hello ./main.go

FROM scratch
COPY --from=build /bin/hello /bin/hello
CMD ["/bin/hello"]
"""


def simulated(text, builder="buildkit", plan_options=None, **options):
    plan = stagegraph.plan(text, builder=builder, **(plan_options or {}))
    return list(stagegraph.run(plan, **options))


def image_of(text, **options):
    last = simulated(text, **options)[-1]
    assert last.succeeded, "it failed"
    return last.image


def known(image):
    return {file.path: file for file in image.files.known}


def failure_of(events):
    return next(event.message for event in events if isinstance(event, stagegraph.StepFailed))


def test_only_the_binary_is_in_the_image_of_the_seed():
    image = image_of(SEED, tag="hello")
    files = known(image)
    assert list(files) == ["/bin", "/bin/hello"]
    assert image.files.others == ()
    assert files["/bin/hello"].kind == "unknown"
    assert image.tags == ("hello:latest",)
    assert image.config["Cmd"] == ["/bin/hello"]
    names = {step.id: step.name for step in stagegraph.plan(SEED).steps}
    assert [names[step] for step in files["/bin/hello"].steps] == [
        "[build 1/4] FROM docker.io/library/golang:1.21",
        "[build 4/4] RUN go build -o /bin/hello ./main.go",
        "[stage-1 1/1] COPY --from=build /bin/hello /bin/hello",
    ]


def test_files_of_the_context_come_through_stages(tmp_path):
    (tmp_path / "a").write_text("hello")
    (tmp_path / "b.log").write_text("")
    (tmp_path / ".dockerignore").write_text("*.log\n.dockerignore\n")
    text = "FROM scratch AS one\nCOPY --chmod=600 . /in/\nFROM scratch\nCOPY --from=one --chown=5 /in /out\n"
    files = known(image_of(text, context=tmp_path))
    assert list(files) == ["/out", "/out/a"]
    assert (files["/out/a"].mode, files["/out/a"].owner, files["/out/a"].size) == (0o600, "5:5", 5)
    assert files["/out/a"].steps == (2, 3)


def test_what_a_run_leaves_is_not_certain(tmp_path):
    (tmp_path / "a").write_text("")
    image = image_of("FROM scratch\nCOPY a /a\nRUN x\nCOPY a /b\n", context=tmp_path)
    assert {path: file.uncertain for path, file in known(image).items()} == {"/a": (3,), "/b": (3,)}
    assert image.files.others == (3,)


def test_a_base_image_may_hold_anything():
    image = image_of("FROM alpine\nWORKDIR /w\n")
    assert image.files.others == (1,)
    assert known(image)["/w"].uncertain == (1,)


def test_an_image_that_is_copied_from():
    for builder in ("buildkit", "legacy"):
        image = image_of("FROM scratch\nCOPY --from=nginx /etc/nginx.conf /c\n", builder=builder)
        assert known(image)["/c"].kind == "unknown"


def test_a_named_context(tmp_path):
    (tmp_path / "f").write_text("x")
    text = "FROM scratch\nCOPY --from=other f /f\n"
    assert list(known(image_of(text, plan_options={"contexts": {"other": str(tmp_path)}}))) == ["/f"]
    image = image_of(text, plan_options={"contexts": {"other": "docker-image://alpine"}})
    assert known(image)["/f"].kind == "unknown"
    events = simulated(text, plan_options={"contexts": {"other": "docker-image://scratch"}})
    assert failure_of(events) == '"/f": not found'


def test_downloads_and_scripts():
    image = image_of("FROM scratch\nADD https://example.com/f.txt /d/\nCOPY --link <<A /a\nx\nA\n")
    assert {path: file.kind for path, file in known(image).items()} == {
        "/a": "file",
        "/d": "folder",
        "/d/f.txt": "unknown",
    }


def test_a_linked_copy_keeps_what_is_below(tmp_path):
    (tmp_path / "a").write_text("")
    assert set(known(image_of("FROM scratch\nCOPY a /x/\nCOPY --link a /x/b\n", context=tmp_path))) == {
        "/x",
        "/x/a",
        "/x/b",
    }


def test_triggers_of_a_stage(tmp_path):
    (tmp_path / "a").write_text("")
    text = "FROM scratch AS base\nONBUILD COPY a /t\nFROM base\nCOPY a /b\n"
    for builder in ("buildkit", "legacy"):
        assert set(known(image_of(text, builder=builder, context=tmp_path))) == {"/t", "/b"}


def test_an_empty_image():
    image = image_of("FROM scratch\nLABEL a=b\n")
    assert image.files == stagegraph.ImageFiles(())
    assert image.config["Labels"] == {"a": "b"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "FROM scratch\nCOPY nothing /x\n",
            f"COPY failed: {NOT_IN_CONTEXT}: stat nothing: file does not exist",
        ),
        (
            "FROM scratch\nADD d/no.tar /x\n",
            f"ADD failed: {NOT_IN_CONTEXT}: stat d/no.tar: file does not exist",
        ),
        (
            "FROM scratch AS a\nCOPY a /a\nFROM scratch\nCOPY --from=a /z /\n",
            "COPY failed: stat z: file does not exist",
        ),
        ("FROM scratch\nCOPY z* /\n", "COPY failed: no source files were specified"),
    ],
)
def test_what_the_legacy_builder_says_of_a_missing_file(text, message, tmp_path):
    (tmp_path / "a").write_text("")
    assert failure_of(simulated(text, "legacy", context=tmp_path)) == message


def test_ids_are_the_same_on_every_run_and_differ_with_what_is_done(tmp_path):
    (tmp_path / "a").write_text("1")
    text = "FROM alpine\nARG V=1\nCOPY a /a\nRUN echo $V\n"

    def ids(**options):
        return [event.image for event in simulated(text, context=tmp_path, **options) if event.KIND == "step-finished"]

    first = ids()
    assert ids() == first
    assert ids(jobs=4) == first
    assert ids(plan_options={"build_args": {"V": "2"}})[:-3] == first[:-3]
    assert ids(plan_options={"build_args": {"V": "2"}}) != first
    (tmp_path / "a").write_text("2")
    assert ids() != first


def test_a_stage_built_upon_another_begins_with_its_image():
    events = simulated("FROM alpine AS a\nRUN x\nFROM a\nRUN x\n", "legacy")
    images = [event.image for event in events if event.KIND == "step-finished"]
    assert images[2] == images[1]


def test_the_legacy_builder_finds_what_it_has_made_before():
    events = simulated("FROM alpine AS a\nRUN x\nFROM alpine\nRUN x\nRUN y\n", "legacy")
    assert [event.step.id for event in events if isinstance(event, stagegraph.StepCached)] == [4]


def test_a_missing_context(tmp_path):
    with pytest.raises(stagegraph.InputError, match="no such file or directory"):
        simulated("FROM scratch\n", context=tmp_path / "nothing")


def test_a_file_that_cannot_be_read_fails_its_step(tmp_path, monkeypatch):
    (tmp_path / "a").write_text("x")

    def refuse(self):
        raise stagegraph.InputError(f"{self.path}: permission denied")

    monkeypatch.setattr("stagegraph.backends.files.nodes.OnDisk.digest", property(refuse))
    events = simulated("FROM scratch\nCOPY a /a\n", context=tmp_path)
    assert failure_of(events).endswith("a: permission denied")


def test_the_ignore_file_of_the_dockerfile_is_buildkits(tmp_path):
    (tmp_path / "a").write_text("")
    (tmp_path / "x.dockerignore").write_text("a\n")
    options = {"context": tmp_path, "dockerfile": tmp_path / "x"}
    assert not simulated("FROM scratch\nCOPY a /\n", **options)[-1].succeeded
    assert simulated("FROM scratch\nCOPY a /\n", "legacy", **options)[-1].succeeded
