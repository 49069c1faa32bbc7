"""What the steps of the legacy builder's plan do."""

from __future__ import annotations

import stagegraph
from stagegraph.planning.operations import (
    CopyOperation,
    DirectoryOperation,
    DownloadItem,
    ImageOperation,
    PathItem,
    RunOperation,
)
from stagegraph.planning.vertices import Step
from stagegraph.stages.references import ImageReference, StageReference


def steps_of(text: str, **options) -> tuple[Step, ...]:
    return stagegraph.plan(text, builder="legacy", **options).steps


def test_steps_that_change_no_files_do_nothing():
    steps = steps_of("ARG A\nFROM scratch\nENV A=1\nLABEL b=c\nCMD x\n")
    assert [step.operations for step in steps] == [()] * 5
    assert [step.reads for step in steps] == [(None,), (None,), (2,), (3,), (4,)]


def test_an_image_and_a_stage_as_base():
    image, _, stage, _ = steps_of("FROM alpine AS a\nENV X=1\nFROM a\nRUN x\n")
    (operation,) = image.operations
    assert isinstance(operation, ImageOperation)
    assert operation.image.name == "docker.io/library/alpine:latest"
    assert stage.operations == ()
    assert stage.reads == (2,)


def test_a_run_sees_variables_and_no_heredoc():
    text = "ARG V=1\nFROM alpine\nARG V\nENV W=2\nARG W=3\nUSER u\nWORKDIR /a/b\nRUN <<EOF\nx\nEOF\n"
    (operation,) = steps_of(text)[-1].operations
    assert isinstance(operation, RunOperation)
    assert operation.words == ("/bin/sh", "-c", "<<EOF")
    assert (operation.directory, operation.user) == ("/a/b", "u")
    assert {"V": "1", "W": "2"}.items() <= dict(operation.environment()).items()


def test_an_argument_that_loses_its_value_is_gone():
    (operation,) = steps_of("FROM alpine\nARG A=1\nARG A\nRUN x\n")[-1].operations
    assert "A" not in dict(operation.environment())


def test_a_workdir_belongs_to_root():
    assert steps_of("FROM alpine\nUSER u\nWORKDIR /a\nWORKDIR b\n")[-1].operations == (DirectoryOperation("/a/b"),)


def test_copies_read_the_context_stages_and_images():
    text = (
        "FROM alpine AS a\nRUN x\nFROM scratch\nWORKDIR /w\nCOPY --chown=1 ../x y ./\n"
        "COPY --from=a /x /\nCOPY --from=nginx /x /\nADD http://h/f.tgz a.tar /d/\n"
    )
    steps = steps_of(text)
    context, stage, image, add = (step.operations[0] for step in steps[-4:])
    assert context == CopyOperation((PathItem("/x"), PathItem("/y")), "/w/", "1")
    assert steps[-4].reads == (4, None, None)
    assert stage.source == StageReference(0)
    assert steps[-3].reads == (5, 2)
    assert image.source == ImageReference("docker.io/library/nginx:latest")
    assert steps[-2].reads == (6, None)
    assert add.items == (DownloadItem("http://h/f.tgz", "f.tgz"), PathItem("/a.tar", unpack=True))


def test_triggers_are_done_in_the_from_step():
    steps = steps_of("FROM alpine AS a\nONBUILD COPY x /y\nONBUILD RUN z\nFROM a\nENV Q=1\n")
    copy, run = steps[3].operations
    assert copy == CopyOperation((PathItem("/x"),), "/y")
    assert isinstance(run, RunOperation)
    assert steps[3].reads == (3, None)


def test_a_pattern_keeps_the_slash_with_which_nothing_matches_it():
    (operation,) = steps_of("FROM scratch\nCOPY d*/ e/ ./f*/g /x/\n")[-1].operations
    assert [item.path for item in operation.items] == ["/d*/", "/e", "/f*/g"]
