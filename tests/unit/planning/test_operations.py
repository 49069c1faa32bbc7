"""What the steps of BuildKit's plan do, with every word expanded."""

from __future__ import annotations

import stagegraph
from stagegraph.planning.operations import (
    ContextOperation,
    CopyOperation,
    DirectoryOperation,
    DownloadItem,
    DownloadOperation,
    FileOperation,
    ImageOperation,
    InlineItem,
    MergeOperation,
    Operation,
    PathItem,
    RunOperation,
)
from stagegraph.planning.vertices import Step
from stagegraph.stages.references import BUILD_CONTEXT, ImageReference, NamedContext, StageReference
from stagegraph.syntax.mounts import MountType


def steps_of(text: str, **options) -> tuple[Step, ...]:
    return stagegraph.plan(text, **options).steps


def operation_of(step: Step) -> Operation:
    (operation,) = step.operations
    return operation


def test_an_image():
    (step,) = steps_of("FROM alpine:3\n", platform="linux/arm64")
    operation = operation_of(step)
    assert isinstance(operation, ImageOperation)
    assert operation.image == ImageReference("docker.io/library/alpine:3")
    assert operation.platform.text == "linux/arm64"
    assert step.reads == (None,)


def test_a_run_knows_its_words_its_variables_and_where_it_runs():
    text = 'FROM alpine\nARG A=1\nENV B="$A two" PATH=/bin\nSHELL ["/bin/bash", "-ec"]\nUSER u\nWORKDIR w\nRUN x $A\n'
    *_, folder, run = steps_of(text)
    operation = operation_of(run)
    assert isinstance(operation, RunOperation)
    assert operation.words == ("/bin/bash", "-ec", "x $A")
    assert (operation.directory, operation.user) == ("/w", "u")
    assert operation.environment() == (("A", "1"), ("B", "1 two"), ("PATH", "/bin"))
    assert run.reads == (folder.id,)
    assert operation_of(folder) == DirectoryOperation("/w", "u")


def test_variables_of_a_run_are_those_of_its_moment():
    *_, first, second = steps_of("FROM alpine\nENV A=1\nRUN x\nENV A=2\nRUN x\n")
    values = [dict(operation_of(step).environment())["A"] for step in (first, second)]
    assert values == ["1", "2"]


def test_a_script_that_names_its_interpreter():
    _, document, run = steps_of("FROM alpine\nRUN <<-EOF\n\t#!/bin/awk -f\n\tBEGIN {}\nEOF\n")
    script = InlineItem("EOF", "#!/bin/awk -f\nBEGIN {}\n", 0o755)
    assert operation_of(document) == FileOperation(script)
    operation = operation_of(run)
    assert isinstance(operation, RunOperation)
    assert operation.script == script
    assert operation.words == ("/bin/sh", "-c", "/dev/pipes/EOF")
    assert run.reads == (1,)


def test_each_item_of_a_copy_has_what_it_reads():
    text = "FROM alpine\nWORKDIR /w\nARG D=d\nCOPY --chown=1:2 --chmod=640 $D/*.txt <<E ./\nhello\nE\n"
    image, folder, document, context, copy = steps_of(text)
    assert operation_of(context) == ContextOperation()
    assert operation_of(copy) == CopyOperation(
        items=(PathItem("/d/*.txt"), InlineItem("E", "hello\n")),
        destination="/w/",
        chown="1:2",
        mode=0o640,
        source=BUILD_CONTEXT,
    )
    assert copy.reads == (folder.id, context.id, document.id)
    assert image.reads == (None,)


def test_a_copy_from_a_stage_onto_nothing():
    *_, made, copy = steps_of("FROM alpine AS a\nRUN x\nFROM scratch\nCOPY --from=a --exclude=*.o /x /y /z/\n")
    operation = operation_of(copy)
    assert isinstance(operation, CopyOperation)
    assert operation.source == StageReference(0)
    assert operation.excludes == ("*.o",)
    assert copy.reads == (None, made.id, made.id)
    assert copy.inputs == (made.id,)


def test_parents_have_a_pivot():
    *_, copy = steps_of("FROM alpine\nCOPY --parents src/./lib/*.c /out/\n")
    assert operation_of(copy).items == (PathItem("/src", "/lib/*.c"),)


def test_a_linked_copy_is_merged():
    *_, copy, merge = steps_of("FROM alpine\nCOPY --link a b\n")
    assert operation_of(copy).linked
    assert copy.reads[0] is None
    assert operation_of(merge) == MergeOperation()
    assert merge.reads == (1, copy.id)


def test_archives_are_unpacked_and_urls_fetched():
    *_, first, _, second = steps_of("FROM alpine\nADD a.tar /a/\nADD https://example.com/b.tar /b/\n")
    assert operation_of(first).items == (PathItem("/a.tar", unpack=True),)
    item = DownloadItem("https://example.com/b.tar", "b.tar")
    assert operation_of(second).items == (item,)
    steps = steps_of("FROM scratch\nADD https://example.com/b.tar /b/\n")
    assert operation_of(steps[0]) == DownloadOperation(item)
    assert steps[1].reads == (None, 1)


def test_mounts_stand_in_the_order_of_their_targets():
    text = (
        "FROM golang AS go\nFROM alpine\nWORKDIR /w\n"
        "RUN --mount=type=cache,target=z,id=$X --mount=type=secret,id=key,env=KEY "
        "--mount=from=go,source=/bin,target=a x\n"
    )
    *_, run = steps_of(text)
    mounts = [(mount.type, mount.target, mount.source) for mount in operation_of(run).mounts]
    assert mounts == [
        (MountType.SECRET, "", "/"),
        (MountType.BIND, "/w/a", "/bin"),
        (MountType.CACHE, "/w/z", "/"),
    ]
    assert operation_of(run).mounts[0].variable == "KEY"
    assert operation_of(run).mounts[2].id == "z"
    golang = next(step for step in steps_of(text) if "golang" in step.name)
    assert run.reads[1:] == (None, golang.id, None)


def test_a_named_context():
    step, _ = steps_of("FROM base\nRUN x\n", contexts={"base": "./dir"})
    assert operation_of(step) == ContextOperation(NamedContext("base", "./dir"))
