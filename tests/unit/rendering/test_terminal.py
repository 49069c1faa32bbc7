"""The pages for terminals: laid out for a width, coloured only where colour is wanted."""

import re

import pytest
from rich.text import Text

import stagegraph
from stagegraph.rendering.listings import list_images, list_stages
from stagegraph.rendering.terminal import Paper, TerminalPages
from stagegraph.rendering.terminal.comparison import _widths
from stagegraph.stages.cutting import cut

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")

WIDE = """\
╭──────────────────────────────────────────────────────────────┬────────────────────────────────────────╮
│ BuildKit  2 of 3 stages, 3 steps                             │ Legacy builder  3 of 3 stages, 6 steps │
├──────────────────────────────────────────────────────────────┼────────────────────────────────────────┤
│ [internal] load metadata for docker.io/library/ubuntu:latest │                                        │
├──────────────────────────────────────────────────────────────┼────────────────────────────────────────┤
│ ● base  line 2                                               │ ● base  line 2                         │
│   [base 1/2] FROM docker.io/library/ubuntu:latest            │   Step 1/6 : FROM ubuntu AS base       │
│   [base 2/2] RUN echo "base"                                 │   Step 2/6 : RUN echo "base"           │
├──────────────────────────────────────────────────────────────┼────────────────────────────────────────┤
│ ○ stage1  line 5  skipped: stage2 does not need it           │ ● stage1  line 5  only here            │
│                                                              │   Step 3/6 : FROM base AS stage1       │
│                                                              │   Step 4/6 : RUN echo "stage1"         │
├──────────────────────────────────────────────────────────────┼────────────────────────────────────────┤
│ ● stage2  line 8  the target                                 │ ● stage2  line 8  the target           │
│   [stage2 1/1] RUN echo "stage2"                             │   Step 5/6 : FROM base AS stage2       │
│                                                              │   Step 6/6 : RUN echo "stage2"         │
╰──────────────────────────────────────────────────────────────┴────────────────────────────────────────╯

Only the legacy builder runs
  stage1 (line 5): the legacy builder runs every stage up to the target, but stage2 does not need it
"""

NARROW = """\
BuildKit  2 of 3 stages, 3 steps

  [internal] load metadata for docker.io/library/ubuntu:latest
  ● base  line 2
    [base 1/2] FROM docker.io/library/ubuntu:latest
    [base 2/2] RUN echo "base"
  ○ stage1  line 5  skipped: stage2 does not need it
  ● stage2  line 8  the target
    [stage2 1/1] RUN echo "stage2"

Legacy builder  3 of 3 stages, 6 steps

  ● base  line 2
    Step 1/6 : FROM ubuntu AS base
    Step 2/6 : RUN echo "base"
  ● stage1  line 5  only here
    Step 3/6 : FROM base AS stage1
    Step 4/6 : RUN echo "stage1"
  ● stage2  line 8  the target
    Step 5/6 : FROM base AS stage2
    Step 6/6 : RUN echo "stage2"

Only the legacy builder runs
  stage1 (line 5): the legacy builder runs every stage up to the target, but
  stage2 does not need it
"""

PLAN = """\
BuildKit builds stage2  2 of 3 stages, 3 steps, frontend docker/dockerfile:1

outside the stages
└──    [internal] load metadata for docker.io/library/ubuntu:latest
● base  line 2  stage2 is built upon it (line 8)
├── 1  [base 1/2] FROM docker.io/library/ubuntu:latest
└── 2  [base 2/2] RUN echo "base"
○ stage1  line 5  skipped: stage2 does not need it
● stage2  line 8  it is the target
└── 3  [stage2 1/1] RUN echo "stage2"

Image config
  Env  ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
"""

GRAPH = """\
BuildKit, target final  4 stages, 3 external images, 8 edges

● tools  line 1
└── is built upon docker.io/library/alpine:latest  line 1
● build  line 4
├── is built upon docker.io/library/golang:1.21  line 4
├── copies from build context  line 5
└── mounts tools  line 6
○ test  line 7  not needed
└── is built upon build  line 7
● final  line 9  the target
├── is built upon scratch  line 9
├── copies from build  line 10
└── copies from docker.io/library/nginx:latest  line 11
"""


def pages(width=80, encoding="utf-8", *, colour=False):
    return TerminalPages(Paper(width, encoding, colour=colour))


def test_a_comparison_on_a_wide_terminal(seed):
    assert pages(120).comparison(stagegraph.compare(seed, target="stage2")) == WIDE


def test_a_comparison_on_a_narrow_terminal(seed):
    assert pages(80).comparison(stagegraph.compare(seed, target="stage2")) == NARROW


def test_a_plan_is_a_tree(seed):
    assert pages().plan(stagegraph.plan(seed, target="stage2")) == PLAN


def test_a_graph_is_a_tree(web):
    assert pages().graph(stagegraph.graph(web)) == GRAPH


def test_warnings_of_a_plan(web):
    page = pages().plan(stagegraph.plan(web))
    assert page.endswith("\nWarnings\n  line 7  FromAsCasing: 'as' and 'FROM' keywords' casing do not match\n")


def test_why(web):
    plan = stagegraph.plan(web)
    assert pages().why(plan, plan.why("tools")) == (
        "BuildKit runs tools\n"
        "\n"
        "  ● tools  line 1  build mounts it\n"
        "  ↓  line 6  RUN --mount=from=tools,target=/t make\n"
        "  ● build  line 4  final copies from it\n"
        "  ↓  line 10  COPY --from=build /app /app\n"
        "  ● final  line 9  it is the target\n"
    )


def test_why_not(web):
    plan = stagegraph.plan(web)
    assert pages().why(plan, plan.why("test")) == "BuildKit skips test\n\n  ○ test  line 7  final does not need it\n"


def test_stages(web):
    assert pages().stages(list_stages(cut(stagegraph.parse(web)))).splitlines() == [
        "line  name            base         platform  description",
        "1     tools           alpine",
        "4     build           golang:1.21            compiles the program",
        "7     test            build",
        "9     final  default  scratch",
    ]


def test_images(web):
    graph = stagegraph.graph(web + "COPY --from=nginx /x /x\n")
    assert pages().images(graph, list_images(graph)).splitlines() == [
        "image                            line  kind  stage",
        "docker.io/library/alpine:latest  1     base  tools",
        "docker.io/library/golang:1.21    4     base  build",
        "docker.io/library/nginx:latest   11    copy  final",
        "                                 13    copy  final",
    ]


def test_no_images():
    graph = stagegraph.graph("FROM scratch AS x\n")
    assert pages().images(graph, list_images(graph)) == "x needs no external image\n"


def test_dead_stages(seed):
    stages = stagegraph.graph(seed).stages
    assert pages().dead(stages[1:2], ["stage2"]) == "Not needed for stage2\n  ● stage1  line 5\n"
    assert pages().dead((), ["stage2"]) == "No dead stages: every stage is needed for stage2\n"


def every_page(pages, text):
    plan, both = stagegraph.plan(text), stagegraph.compare(text)
    return [
        pages.plan(plan),
        pages.graph(plan.graph),
        pages.comparison(both),
        pages.why(plan, plan.why(0)),
        pages.stages(list_stages(plan.graph.resolved.cut)),
        pages.images(plan.graph, list_images(plan.graph)),
        pages.dead(plan.graph.dead_stages(), ["x"]),
    ]


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_colour_changes_nothing_but_colour(web, width):
    coloured = every_page(pages(width, colour=True), web)
    assert all(ESCAPE.search(page) for page in coloured)
    plain = [[line.rstrip() for line in ESCAPE.sub("", page).splitlines()] for page in coloured]
    assert plain == [page.splitlines() for page in every_page(pages(width), web)]


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(web, width):
    lines = [line for page in every_page(pages(width), web) for line in page.splitlines()]
    assert max(map(len, lines)) <= width


def test_a_skipped_stage_is_greyed_and_the_target_green(seed):
    page = pages(colour=True).plan(stagegraph.plan(seed, target="stage2"))
    assert "\x1b[2m○ stage1\x1b[0m" in page
    assert "\x1b[1;32m● stage2\x1b[0m" in page
    assert "\x1b[36mRUN\x1b[0m" in page


def test_a_stage_of_one_builder_is_yellow(seed):
    page = pages(120, colour=True).comparison(stagegraph.compare(seed, target="stage2"))
    assert "\x1b[1;33m● stage1\x1b[0m" in page


def test_a_failure_is_red():
    page = pages(120, colour=True).comparison(stagegraph.compare("FROM a\nCOPY --chmod=1 x y\n"))
    assert "\x1b[1;31m● stage-0\x1b[0m" in page
    assert "\x1b[1;31mThe legacy builder fails\x1b[0m" in page


def test_without_a_plan_there_is_no_table():
    both = stagegraph.compare("FROM alpine AS a\nCOPY --chmod=1 x y\nFROM a\nCOPY --from=9 / /\n")
    page = pages(120).comparison(both)
    assert page.startswith("BuildKit  fails at line 4\nLegacy builder  fails at line 2\n\nBuildKit fails\n")
    assert page.endswith(
        "\nThe legacy builder announces before it fails\n"
        "  Step 1/4 : FROM alpine AS a\n"
        "  Step 2/4 : COPY --chmod=1 x y\n"
    )


def test_disagreements_are_shown():
    page = pages(200).comparison(stagegraph.compare("FROM alpine:${TARGETARCH:-3}\n"))
    assert page.endswith(
        "\nDisagreements\n  line 1  FROM alpine:amd64 is image docker.io/library/alpine:amd64 to BuildKit, "
        "and image docker.io/library/alpine:3 to the legacy builder\n"
    )


@pytest.mark.parametrize("width", [60, 120])
def test_a_terminal_without_unicode_gets_ascii(web, width):
    for page in every_page(pages(width, "ascii"), web):
        assert page.isascii()
        assert "\\u" not in page


def test_what_ascii_cannot_say_is_escaped():
    plan = stagegraph.plan("FROM alpine\nRUN echo café\n")
    assert "RUN echo caf\\xe9" in pages(80, "ascii").plan(plan)


def test_escape_sequences_of_a_dockerfile_do_not_reach_the_terminal():
    plan = stagegraph.plan("FROM alpine\nRUN echo \x1b[31mred\n", builder="legacy")
    assert "echo \\x1b[31mred" in pages(80, colour=True).plan(plan)


def test_what_looks_like_markup_is_text():
    plan = stagegraph.plan("FROM alpine\nRUN echo [bold]x[/bold] :smile:\n")
    assert "RUN echo [bold]x[/bold] :smile:" in pages(80, colour=True).plan(plan).replace("\x1b[0m", "")


@pytest.mark.parametrize(("width", "columns"), [(103, (60, 36)), (101, (58, 36)), (80, (37, 36))])
def test_the_wider_column_gives_way(width, columns):
    heads = [Text("x" * 60), Text("y" * 36)]
    assert _widths(heads, [], width - 7) == columns
