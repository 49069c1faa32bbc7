"""What a file names is what the resolution says it names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import stagegraph
from stagegraph import EdgeKind
from stagegraph.linting.uses import as_index, find_uses
from stagegraph.stages.references import StageReference
from stagegraph.stages.resolved import ResolvedStage
from stagegraph.syntax.instructions import Copy, Run

CONFORMANCE = Path(__file__).parents[2] / "conformance"


def uses_of(text: str, **options):
    resolved = stagegraph.graph(text, **options).resolved
    return find_uses(resolved.cut, [stage.base_text for stage in resolved.stages])


def test_every_use_with_its_meaning():
    text = (
        "ARG B=a\nFROM $B AS a\nFROM a\nCOPY --from=A x y\nCOPY --from=0 x y\nCOPY --from=busybox x y\nCOPY x y\n"
        "RUN --mount=from=A,target=/a --mount=type=cache,target=/c --mount=target=/d,from=d x\nADD x y\n"
    )
    assert [(one.kind, one.name, one.meaning, one.line, one.shown) for one in uses_of(text)] == [
        (EdgeKind.BASE, "a", None, 2, "FROM a"),
        (EdgeKind.BASE, "a", 0, 3, "FROM a"),
        (EdgeKind.COPY, "A", 0, 4, "--from=A"),
        (EdgeKind.COPY, "0", 0, 5, "--from=0"),
        (EdgeKind.COPY, "busybox", None, 6, "--from=busybox"),
        (EdgeKind.MOUNT, "A", 0, 8, "from=A"),
        (EdgeKind.MOUNT, "d", None, 8, "from=d"),
    ]


@pytest.mark.parametrize(
    ("line", "shown", "plain"),
    [
        ("COPY --from=b x y", "b", True),
        ("COPY --link --from=b x y", "b", True),
        ("COPY \\\n  --from=b \\\n  x y", "b", True),
        ('COPY --from="b" x y', '--from="b"', False),
        ("COPY --fr\\\nom=b x y", "--fr\\\nom=b", False),
        ("RUN --mount=from=b,target=/x y", "b", True),
        ("RUN --mount=type=bind,from=b y", "b", True),
        ("RUN --mount=id=from=b,from=b,target=/b y", "b", True),
        ('RUN --mount="type=bind,from=b" y', "b", True),
        ("RUN --mount=type=bind,FROM=b,target=/x y", "--mount=type=bind,FROM=b,target=/x", False),
    ],
)
def test_where_a_name_stands(line, shown, plain):
    text = f"FROM a AS b\nFROM c\n{line}\n"
    use = uses_of(text)[-1]
    assert use.name == "b"
    assert text[use.span.start : use.span.end] == shown
    assert use.is_spelled_plainly is plain


def test_a_base_with_a_variable_does_not_stand_there():
    text = "ARG B=b\nFROM ${B} AS x\n"
    (use,) = uses_of(text)
    assert (use.name, text[use.span.start : use.span.end], use.is_spelled_plainly) == ("b", "${B}", False)


def test_a_tree_without_a_text_has_no_places():
    tree = stagegraph.parse("FROM a AS b\nFROM b\n")
    made = stagegraph.Dockerfile(tuple(type(one)(one.keyword, (), one.arguments) for one in tree.instructions))
    use = uses_of(made)[-1]
    assert (use.meaning, use.span, use.is_spelled_plainly) == (0, None, False)


@pytest.mark.parametrize(
    ("name", "index"), [("0", 0), ("+1", 1), ("-1", -1), ("01", 1), ("1a", None), ("", None), ("9" * 30, None)]
)
def test_as_index(name, index):
    assert as_index(name) == index


def _index(reference) -> int | None:
    return reference.index if isinstance(reference, StageReference) else None


def _resolved(stage: ResolvedStage):
    yield stage.index, EdgeKind.BASE, _index(stage.base)
    for place, one in enumerate(stage.stage.instructions):
        sources = stage.sources.get(place, ())
        if isinstance(one, Copy) and one.from_:
            yield stage.index, EdgeKind.COPY, _index(sources[0])
        elif isinstance(one, Run):
            named = zip(one.mount_sources, sources, strict=bool(sources))
            yield from ((stage.index, EdgeKind.MOUNT, _index(source)) for name, source in named if name)


@pytest.mark.parametrize("kind", ["buildkit", "images"])
def test_names_mean_what_buildkit_takes_them_for(kind):
    tried = 0
    for line in (CONFORMANCE / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        try:
            graph = stagegraph.graph(case["dockerfile"], build_args=case["build_args"] or {})
        except stagegraph.StageGraphError:
            continue
        resolved = graph.resolved
        uses = find_uses(resolved.cut, [stage.base_text for stage in resolved.stages])
        ours = [(use.stage.index, use.kind, use.meaning) for use in uses]
        assert ours == [one for stage in resolved.stages for one in _resolved(stage)], case["id"]
        tried += 1
    assert tried > 300
