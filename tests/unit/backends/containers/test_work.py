"""Plans of either builder, carried out on an engine of trees."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.backends import conformance
from stagegraph.backends.files.nodes import Bytes, Entry, File
from stagegraph.backends.laws import violations

from .fake import FakeEngine, TreeBackend

NOT_IN_CONTEXT = "file not found in build context or excluded by .dockerignore: "
CASES = (*conformance.CASES, *(case for case in conformance.RUN_CASES if case.name != "cancelled-run"))


def shell(run, tree, tell):
    """As much of a shell as the kit needs."""
    text = run.words[-1]
    if "exit" in text:
        tell("before", "stdout")
        return {}, int(text.rpartition(" ")[2])
    if ">" in text:
        said, path = (part.strip() for part in text.removeprefix("echo ").split(">"))
        return {path: Entry(File(Bytes(f"{said}\n".encode())))}, 0
    if text.startswith("cat "):
        tell(tree.get(text.removeprefix("cat ")).node.content.data.decode().strip(), "stdout")
    return {}, 0


def built(text, context=None, builder="buildkit", engine=None, **options):
    backend = TreeBackend(engine or FakeEngine(shell))
    plan = stagegraph.plan(text, builder=builder, **options)
    events = list(stagegraph.run(plan, backend=backend, context=context))
    assert violations(events) == []
    assert backend.engine.open == 0
    return backend.files, [(event.name, event.message) for event in events if isinstance(event, stagegraph.StepFailed)]


@pytest.fixture
def context(tmp_path):
    (tmp_path / "a").write_text("1\n")
    (tmp_path / "a").chmod(0o640)
    (tmp_path / "d").mkdir()
    (tmp_path / "d/b").write_text("2\n")
    return tmp_path


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_kit(case, tmp_path):
    engine = FakeEngine(shell)
    conformance.check(TreeBackend(engine), case, tmp_path)
    assert engine.open == 0


@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
def test_owners_and_modes(builder, context):
    files, failed = built("FROM alpine\nCOPY --chown=app a /x/\nCOPY d /d\n", context, builder)
    assert failed == []
    assert (files.get("/x/a").node.mode, files.get("/x/a").node.owner.numbers()) == (0o640, (1000, 1001))
    assert files.get("/d/b").node.owner.numbers() == (0, 0)


def test_what_one_builder_makes_of_an_owner_that_nobody_knows(context):
    text = "FROM alpine\nCOPY --chown=nobody a /x\n"
    files, failed = built(text, context)
    assert (failed, files.get("/x").node.owner.numbers()) == ([], (0, 0))
    _, ((name, message),) = built(text, context, "legacy")
    assert name == "Step 2/2 : COPY --chown=nobody a /x"
    assert "can't find uid for user nobody" in message


@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
def test_owners_stay_with_what_is_copied_between_stages(builder, context):
    text = "FROM alpine AS a\nCOPY --chown=app a /x\nFROM alpine\nCOPY --from=a /x /y\n"
    files, failed = built(text, context, builder)
    assert (failed, files.get("/y").node.owner.numbers()) == ([], (1000, 1001))


def test_a_link_stands_on_nothing_until_it_is_put_on_the_stage(context):
    files, failed = built("FROM alpine\nCOPY --link --chmod=700 a /etc/a\n", context)
    assert failed == []
    assert files.get("/etc/a").node.mode == 0o700
    assert files.get("/etc/passwd") is not None


def test_a_link_that_finds_nothing_fails_where_it_copies(context):
    _, ((name, message),) = built("FROM alpine\nCOPY --link none /x\n", context)
    assert (name, message) == ("[2/2] COPY --link none /x", '"/none": not found')


@pytest.mark.parametrize(
    ("builder", "message"),
    [
        ("buildkit", 'process "/bin/sh -c exit 4" did not complete successfully: exit code: 4'),
        ("legacy", "The command '/bin/sh -c exit 4' returned a non-zero code: 4"),
    ],
)
def test_each_builder_has_its_words_for_a_command_that_fails(builder, message):
    _, ((_, said),) = built("FROM alpine\nRUN exit 4\n", builder=builder)
    assert said == message


@pytest.mark.parametrize(
    ("builder", "message"),
    [
        ("buildkit", '"/none": not found'),
        (
            "legacy",
            "COPY failed: file not found in build context or excluded by .dockerignore: stat none: file does not exist",
        ),
    ],
)
def test_each_builder_has_its_words_for_a_source_that_is_not_there(builder, message, context):
    _, ((_, said),) = built("FROM alpine\nCOPY none /x\n", context, builder)
    assert said == message


def test_a_source_that_no_stage_has_is_in_no_context():
    _, ((_, said),) = built("FROM alpine AS a\nFROM alpine\nCOPY --from=a /none /x\n", builder="legacy")
    assert said == "COPY failed: stat none: file does not exist"


@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
def test_an_image_that_is_not_there(builder):
    _, ((name, message),) = built("FROM nowhere:1\n", builder=builder)
    assert "nowhere" in name
    assert message.endswith("docker.io/library/nowhere:1: not found")


@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
def test_an_engine_that_has_no_room(builder, context):
    engine = FakeEngine(shell)
    engine.room = False
    _, ((_, message),) = built("FROM alpine\nCOPY a /x\n", context, builder, engine)
    assert message.endswith("no space left on device")


def test_a_named_context_is_a_folder_or_an_image(context):
    text = "FROM scratch\nCOPY --from=x b /b\n"
    files, failed = built(text, contexts={"x": str(context / "d")})
    assert (failed, files.get("/b").node.content.size) == ([], 2)
    files, failed = built("FROM scratch\nCOPY --from=x /etc/passwd /p\n", contexts={"x": "docker-image://alpine"})
    assert failed == []
    assert files.get("/p") is not None


def test_a_plan_without_files_has_no_image():
    files, failed = built("FROM scratch\nLABEL a=b\n")
    assert (failed, dict(files.entries)) == ([], {})
