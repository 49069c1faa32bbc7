"""The plain pages, each as a whole: they are for pipes, and must not change by accident."""

import pytest

import stagegraph
from stagegraph.rendering.listings import list_images, list_stages
from stagegraph.rendering.plain import PlainPages
from stagegraph.rendering.plain.layout import columns, section, text_of
from stagegraph.stages.cutting import cut

PAGES = PlainPages()

SEED_PLAN = """\
BuildKit builds stage2: 2 of 3 stages, 3 steps
frontend docker/dockerfile:1

Loads
  [internal] load metadata for docker.io/library/ubuntu:latest

Steps (id, lines, reads)
  1  2  -  [base 1/2] FROM docker.io/library/ubuntu:latest
  2  3  1  [base 2/2] RUN echo "base"
  3  9  2  [stage2 1/1] RUN echo "stage2"

Stages (line)
  runs     2  base    stage2 is built upon it (line 8)
  skipped  5  stage1  stage2 does not need it
  runs     8  stage2  it is the target

Image config
  Env  ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
"""

LEGACY_PLAN = """\
The legacy builder builds stage1: 2 of 3 stages, 4 steps

Steps (id, lines, reads)
  1  2  -  Step 1/4 : FROM ubuntu AS base
  2  3  1  Step 2/4 : RUN echo "base"
  3  5  2  Step 3/4 : FROM base AS stage1
  4  6  3  Step 4/4 : RUN echo "stage1"

Stages (line)
  runs     2  base    stage1 is built upon it (line 5)
  runs     5  stage1  it is the target
  skipped  8  stage2  it comes after the target
"""

WEB_GRAPH = """\
BuildKit, target final: 4 stages, 3 external images, 8 edges

Stages (index, line)
  0  1  needed      tools
  1  4  needed      build
  2  7  not needed  test
  3  9  target      final

Edges (line, kind)
   1  base   docker.io/library/alpine:latest -> tools  FROM alpine AS tools
   4  base   docker.io/library/golang:1.21 -> build    FROM golang:1.21 AS build
   5  copy   build context -> build                    COPY . .
   6  mount  tools -> build                            RUN --mount=from=tools,target=/t make
   7  base   build -> test                             FROM build as test
   9  base   scratch -> final                          FROM scratch AS final
  10  copy   build -> final                            COPY --from=build /app /app
  11  copy   docker.io/library/nginx:latest -> final   COPY --from=nginx /etc/nginx /etc/nginx
"""

SEED_COMPARISON = """\
BuildKit                                                       | Legacy builder
2 of 3 stages, 3 steps                                         | 3 of 3 stages, 6 steps
---------------------------------------------------------------+---------------------------------
outside the stages                                             | outside the stages
  [internal] load metadata for docker.io/library/ubuntu:latest |   -
                                                               |
base (line 2)                                                  | base (line 2)
  [base 1/2] FROM docker.io/library/ubuntu:latest              |   Step 1/6 : FROM ubuntu AS base
  [base 2/2] RUN echo "base"                                   |   Step 2/6 : RUN echo "base"
                                                               |
stage1 (line 5)                                                | stage1 (line 5), only here
  skipped: stage2 does not need it                             |   Step 3/6 : FROM base AS stage1
                                                               |   Step 4/6 : RUN echo "stage1"
                                                               |
stage2 (line 8), the target                                    | stage2 (line 8), the target
  [stage2 1/1] RUN echo "stage2"                               |   Step 5/6 : FROM base AS stage2
                                                               |   Step 6/6 : RUN echo "stage2"

Only the legacy builder runs
  stage1 (line 5)  the legacy builder runs every stage up to the target, but stage2 does not need it
"""

LONG = "x" * 90

LONG_COMPARISON = f"""\
BuildKit: 1 of 1 stage, 2 steps
Legacy builder: 1 of 1 stage, 2 steps

outside the stages
  BuildKit
    [internal] load metadata for docker.io/library/alpine:latest
  Legacy builder
    -

stage-0 (line 1)
  BuildKit, the target
    [1/2] FROM docker.io/library/alpine:latest
    [2/2] RUN {LONG}
  Legacy builder, the target
    Step 1/2 : FROM alpine
    Step 2/2 : RUN {LONG}
"""

BROKEN_COMPARISON = """\
BuildKit                                                       | Legacy builder
1 of 2 stages, 2 steps                                         | fails at line 2
---------------------------------------------------------------+--------------------------------
outside the stages                                             | outside the stages
  [internal] load metadata for docker.io/library/alpine:latest |   -
                                                               |
a (line 1)                                                     | a (line 1), fails here
  skipped: stage-1 does not need it                            |   Step 1/4 : FROM alpine AS a
                                                               |   Step 2/4 : COPY --chmod=1 x y
                                                               |
stage-1 (line 3), the target                                   | stage-1 (line 3)
  [stage-1 1/2] FROM docker.io/library/alpine:latest           |   not reached
  [stage-1 2/2] RUN x                                          |

The legacy builder fails
  Dockerfile:2:1: the --chmod option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ \
to learn how to build images with BuildKit enabled
   2 | COPY --chmod=1 x y
     | ^^^^^^^^^^^^^^^^^^
"""


def test_a_plan_of_buildkit(seed):
    assert PAGES.plan(stagegraph.plan(seed, target="stage2")) == SEED_PLAN


def test_a_plan_of_the_legacy_builder(seed):
    page = PAGES.plan(stagegraph.plan(seed, target="stage1", builder="legacy"))
    assert page.startswith(LEGACY_PLAN)


def test_a_plan_shows_warnings(web):
    page = PAGES.plan(stagegraph.plan(web))
    warning = "\nWarnings\n  line 7  FromAsCasing  'as' and 'FROM' keywords' casing do not match\n"
    assert page.endswith(warning)


def test_a_plan_of_an_empty_image():
    page = PAGES.plan(stagegraph.plan("FROM scratch\n"))
    assert "  none: the image is empty\n" in page
    assert "Loads" not in page


def test_a_graph(web):
    assert PAGES.graph(stagegraph.graph(web)) == WEB_GRAPH


def test_a_graph_shows_what_can_run_together():
    graph = stagegraph.graph("FROM a AS x\nFROM b AS y\nFROM x\nCOPY --from=y / /\n")
    assert PAGES.graph(graph).endswith("\nCan run together\n  1  x, y\n  2  stage-2\n")


def test_a_comparison_in_two_columns(seed):
    assert PAGES.comparison(stagegraph.compare(seed, target="stage2")) == SEED_COMPARISON


def test_a_comparison_that_is_too_wide_for_two_columns():
    assert PAGES.comparison(stagegraph.compare(f"FROM alpine\nRUN {LONG}\n")) == LONG_COMPARISON


def test_a_comparison_where_one_builder_fails():
    both = stagegraph.compare("FROM alpine AS a\nCOPY --chmod=1 x y\nFROM alpine\nRUN x\n")
    assert PAGES.comparison(both) == BROKEN_COMPARISON


def test_a_comparison_where_both_fail_over_the_same():
    assert PAGES.comparison(stagegraph.compare("FROM alpine\nRUNN x\n")) == (
        "BuildKit: fails at line 2\n"
        "Legacy builder: fails at line 2\n"
        "\n"
        "Both builders fail\n"
        "  Dockerfile:2:1: unknown instruction: RUNN (did you mean RUN?)\n"
        "   2 | RUNN x\n"
        "     | ^^^^^^\n"
    )


def test_a_comparison_where_both_fail_at_different_places():
    page = PAGES.comparison(stagegraph.compare("FROM alpine AS a\nCOPY --chmod=1 x y\nFROM a\nCOPY --from=9 / /\n"))
    assert "BuildKit fails\n  Dockerfile:4:1: invalid stage index 9\n" in page
    assert page.endswith(
        "The legacy builder announces before it fails\n  Step 1/4 : FROM alpine AS a\n  Step 2/4 : COPY --chmod=1 x y\n"
    )


def test_a_comparison_shows_disagreements():
    page = PAGES.comparison(stagegraph.compare("FROM alpine:${TARGETARCH:-3}\n"))
    assert page.endswith(
        "\n"
        "Disagreements\n"
        "  line 1  FROM alpine:amd64 is image docker.io/library/alpine:amd64 to BuildKit, "
        "and image docker.io/library/alpine:3 to the legacy builder\n"
    )


@pytest.mark.parametrize(
    ("stage", "page"),
    [
        (
            "tools",
            (
                "BuildKit runs tools (line 1) for final\n"
                "  line 6   build mounts it       RUN --mount=from=tools,target=/t make\n"
                "  line 10  final copies from it  COPY --from=build /app /app\n"
                "  -        it is the target\n"
            ),
        ),
        ("test", "BuildKit skips test (line 7) for final\n  -  final does not need it\n"),
        ("final", "BuildKit runs final (line 9) for final\n  -  it is the target\n"),
    ],
)
def test_why(web, stage, page):
    plan = stagegraph.plan(web)
    assert PAGES.why(plan, plan.why(stage)) == page


def test_stages():
    text = "# a does it\nFROM --platform=$BUILDPLATFORM alpine AS a\nFROM a\n"
    assert PAGES.stages(list_stages(cut(stagegraph.parse(text)))) == (
        "LINE  NAME               BASE    PLATFORM        DESCRIPTION\n"
        "2     a                  alpine  $BUILDPLATFORM  does it\n"
        "3     stage-1 (default)  a       -\n"
    )


def test_images(web):
    graph = stagegraph.graph(web)
    assert PAGES.images(graph, list_images(graph)) == (
        "IMAGE                            LINE  KIND  STAGE\n"
        "docker.io/library/alpine:latest  1     base  tools\n"
        "docker.io/library/golang:1.21    4     base  build\n"
        "docker.io/library/nginx:latest   11    copy  final\n"
    )


def test_no_images():
    graph = stagegraph.graph("FROM scratch AS x\nCOPY . .\n")
    assert PAGES.images(graph, list_images(graph)) == "x needs no external image\n"


def test_named_contexts_stand_among_the_images():
    graph = stagegraph.graph("FROM scratch AS x\nCOPY --from=other / /\n", contexts={"other": "."})
    assert PAGES.images(graph, list_images(graph)) == (
        "IMAGE                LINE  KIND  STAGE\nnamed context other  2     copy  x\n"
    )


def test_dead_stages(seed):
    stages = stagegraph.graph(seed).stages
    assert PAGES.dead(stages[1:2], ["base", "stage2"]) == "not needed for base, stage2:\n  line 5  stage1\n"
    assert PAGES.dead((), ["stage2"]) == "no dead stages: every stage is needed for stage2\n"


def test_columns_line_up_and_the_last_is_not_padded():
    assert columns([("1", "a", "x"), ("10", "bcd", "")], right=(0,)) == ["   1  a    x", "  10  bcd  "]


def test_a_very_wide_cell_does_not_widen_its_column():
    assert columns([("a", "x"), ("b" * 61, "y")]) == ["  a  x", f"  {'b' * 61}  y"]


def test_columns_of_nothing():
    assert columns([]) == []


def test_a_section_without_lines_has_no_title():
    assert section("Steps", []) == []
    assert section("Steps", ["  x"]) == ["", "Steps", "  x"]


def test_no_line_ends_with_blanks():
    assert text_of(["a  ", "", "b"]) == "a\n\nb\n"
