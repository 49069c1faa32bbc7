import json
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import stagegraph
from stagegraph import Builder, Found, ScanFault, ScannedBuild, ScannedEdge, ScannedStage, StageGraphError
from stagegraph.scanning import reading
from stagegraph.scanning.reading import MAX_BYTES, lost_record, read_record, read_records

SCHEMA = Draft202012Validator(json.loads(files("stagegraph").joinpath("scan.schema.json").read_text(encoding="utf-8")))
CONFORMANCE = Path(__file__).parents[2] / "conformance"


@pytest.fixture
def read(tmp_path):
    """The record of a Dockerfile with this content; it is what the schema describes."""

    def read(content, name="Dockerfile"):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        record = read_record(Found(str(tmp_path / name)))
        SCHEMA.validate(json.loads(json.dumps(record.to_dict())))
        return record

    return read


def conformance_texts():
    lines = [line for path in sorted(CONFORMANCE.glob("*.jsonl")) for line in path.read_text().splitlines()]
    cases = map(json.loads, lines)
    return list(dict.fromkeys(case["dockerfile"] for case in cases if "dockerfile" in case))


def test_a_record(read, tmp_path):
    record = read(
        "# syntax=docker/dockerfile:1 extra\n"
        "FROM golang AS Build\nRUN make\n"
        "FROM build AS test\nRUN make test\n"
        "FROM scratch\nCOPY --from=build /x /\nCOPY --from=nginx:1 /y /\nCOPY . .\n"
    )
    assert record.path == str(tmp_path / "Dockerfile")
    assert (record.error, record.size, record.lines) == (None, 168, 9)
    assert record.frontend == "docker/dockerfile:1"
    assert record.stages == (
        ScannedStage(0, "build", "golang", 2),
        ScannedStage(1, "test", "build", 4),
        ScannedStage(2, None, "scratch", 6),
    )
    assert record.resolved_by == "buildkit"
    assert record.edges == (
        ScannedEdge("docker.io/library/golang:latest", 0, "base", 2),
        ScannedEdge(0, 1, "base", 4),
        ScannedEdge("scratch", 2, "base", 6),
        ScannedEdge(0, 2, "copy", 7),
        ScannedEdge("docker.io/library/nginx:1", 2, "copy", 8),
        ScannedEdge("context", 2, "copy", 9),
    )
    images = ("docker.io/library/golang:latest", "docker.io/library/nginx:1")
    assert record.images == images
    assert record.dead_stages == (1,)
    assert record.buildkit == ScannedBuild((0, 2), 7, images)
    assert record.legacy == ScannedBuild((0, 1, 2), 8, images)
    assert record.failures == ()


def test_images_of_dead_stages_are_not_asked_for(read):
    record = read("FROM golang\nFROM alpine\nRUN --mount=from=nginx,target=/n ls\n")
    golang, alpine, nginx = (f"docker.io/library/{name}:latest" for name in ("golang", "alpine", "nginx"))
    assert record.images == (golang, alpine, nginx)
    assert record.buildkit.images == (alpine, nginx)
    assert record.legacy.images == (golang, alpine)
    assert record.failures == ("legacy",)


def test_an_error_that_both_builders_have(read):
    record = read("FROM alpine\nXYZ\n")
    error = ScanFault("InstructionError", "unknown instruction: XYZ", 2)
    assert record.buildkit == record.legacy == ScannedBuild(error=error)
    assert (record.stages, record.resolved_by, record.failures) == ((), None, ("buildkit", "legacy"))


def test_an_error_of_the_first_layer(read):
    record = read("FROM alpine\nRUN <<EOF\n")
    assert {record.buildkit.error.kind, record.legacy.error.kind} == {"DockerfileSyntaxError"}


def test_an_error_that_one_builder_has(read):
    record = read("FROM alpine\nRUN echo 1\nRUN --mount=type=cache,target=/c ls\n")
    assert record.buildkit == ScannedBuild((0,), 3, ("docker.io/library/alpine:latest",))
    assert record.legacy.error.kind == "PlanningError"
    assert (record.legacy.execution_set, record.legacy.steps) == ((), 3)
    assert record.resolved_by == "buildkit"


def test_a_file_that_buildkit_alone_refuses(read):
    record = read("# check=nonsense\nFROM alpine AS a\nFROM alpine AS b\n")
    assert record.failures == ("buildkit",)
    assert (record.resolved_by, record.dead_stages, len(record.edges)) == ("legacy", (0,), 2)


def test_stages_are_told_where_their_names_mean_nothing(read):
    record = read("FROM a AS b\nFROM UPPER\n")
    assert record.failures == ("buildkit", "legacy")
    assert [stage.base for stage in record.stages] == ["a", "UPPER"]


@pytest.mark.parametrize(
    ("content", "size", "lines"),
    [("", 0, 0), ("FROM a", 6, 1), ("FROM a\n", 7, 1), ("FROM a\n\n# é\n", 13, 3), (b"\xff\xfeF\0R\0O\0M\0", 10, 1)],
)
def test_odd_files(read, content, size, lines):
    record = read(content)
    assert (record.error, record.size, record.lines) == (None, size, lines)


def test_the_empty_file_is_refused_by_each_in_its_own_words(read):
    record = read("", "x.Dockerfile")
    assert record.buildkit.error.message == "the Dockerfile cannot be empty"
    assert record.legacy.error.message == "the Dockerfile (x.Dockerfile) cannot be empty"


def test_bytes_that_are_no_utf8(read):
    record = read(b"# syntax=a\xff\nFROM b\xff AS c\nFROM alpine\nCOPY --from=d\xff /a /b\n", "\udcff.Dockerfile")
    assert record.stages[0].base == "b\ufffd"
    assert record.frontend == "a\ufffd"
    assert record.path.endswith("\udcff.Dockerfile")
    json.dumps(record.to_dict(), ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nothing", "no such file or directory"),
        (".", "is a directory"),
        ("a\0b", "embedded null byte"),
        ("x" * 300, "file name too long"),
    ],
)
def test_what_cannot_be_read_is_a_record(path, message):
    record = read_record(Found(path))
    assert record.error == ScanFault("InputError", message)
    assert record.failures == ("file",)
    assert (record.buildkit, record.stages, record.size) == (None, (), None)
    SCHEMA.validate(record.to_dict())


def test_what_could_not_be_looked_through_is_a_record():
    record = read_record(Found("a", "permission denied"))
    assert (record.path, record.error) == ("a", ScanFault("InputError", "permission denied"))


def test_a_file_beyond_the_limit(tmp_path):
    path = tmp_path / "Dockerfile"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert read_record(Found(str(path))).error.kind == "LimitError"


@pytest.mark.parametrize("fault", [RecursionError("deep"), MemoryError(), AssertionError("a mistake")])
def test_a_mistake_of_ours_is_a_record(read, monkeypatch, fault):
    def fail(*_, **__):
        raise fault

    monkeypatch.setattr(reading, "plan_graph", fail)
    assert read("FROM a\n").error == ScanFault(type(fault).__name__, f"stagegraph fails: {fault}")


def test_the_record_of_a_file_that_kills():
    record = lost_record(Found("a"))
    assert (record.path, record.error.kind) == ("a", "WorkerDied")
    SCHEMA.validate(record.to_dict())


def test_a_chunk(read):
    paths = [read(f"FROM a{number}\n", f"{number}").path for number in range(3)]
    assert [record.path for record in read_records([Found(path) for path in paths])] == paths


def test_records_say_what_the_verbs_say(tmp_path):
    """On every Dockerfile of the conformance sets; the schema of one in ten."""
    path = tmp_path / "Dockerfile"
    for number, text in enumerate(conformance_texts()):
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        record = read_record(Found(str(path)))
        for builder in Builder:
            build = record.buildkit if builder is Builder.BUILDKIT else record.legacy
            _agrees(record, build, builder, text)
        if number % 10 == 0:
            SCHEMA.validate(json.loads(json.dumps(record.to_dict())))


def _agrees(record, build, builder, text):
    graph = _outcome(stagegraph.graph, text, builder)
    if isinstance(graph, StageGraphError):
        assert build.error.message == graph.message
        return
    assert set(build.images) == set(graph.images())
    if record.resolved_by == builder.value:
        assert record.dead_stages == tuple(stage.index for stage in graph.dead_stages())
        assert len(record.edges) == len(graph.edges)
    plan = _outcome(stagegraph.plan, text, builder)
    if isinstance(plan, StageGraphError):
        assert (build.error.message, build.error.line, build.steps) == (plan.message, plan.line, len(plan.steps))
    else:
        assert build.execution_set == tuple(stage.index for stage in plan.execution_set)
        assert (build.steps, build.error) == (len(plan.steps), None)


def _outcome(verb, text, builder):
    try:
        return verb(text, builder=builder)
    except StageGraphError as error:
        return error
