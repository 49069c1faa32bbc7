"""Dockerfiles that stand in compose and bake files: findings have their place there."""

import pytest

import stagegraph

HEAD = "services:\n  web:\n    build:\n      target: app\n"
DOCKERFILE = """\
FROM alpine:3 AS builder
FROM alpine:3 AS build
RUN echo "$${HOME}" > /out
FROM alpine:3 AS app
COPY --from=1 /$$NOWHERE /
"""


def block(text, indent="        "):
    return "".join(f"{indent}{line}\n" for line in text.splitlines())


@pytest.fixture
def lint(tmp_path):
    """What is found in the one inline Dockerfile of a file."""

    def linted(text, name="compose.yaml", **keywords):
        (tmp_path / name).write_text(text)
        project = stagegraph.project(tmp_path)
        (dockerfile,) = project.inline_dockerfiles
        return stagegraph.lint(dockerfile, project=project, **keywords)

    return linted


def shown(findings):
    """The findings with the text that each is about."""
    text = findings.source.text
    return [(one.rule, one.line, text[one.span.start : one.span.end] if one.span else None) for one in findings]


def test_a_block_of_compose(lint):
    found = lint(f"{HEAD}      dockerfile_inline: |\n{block(DOCKERFILE)}")
    assert shown(found) == [
        ("dead-stage", 6, "FROM alpine:3 AS builder"),
        ("index-reference", 10, "1"),
        ("UndefinedVar", 10, "$$NOWHERE"),
    ]
    index = found[1]
    assert (index.span.first_line, index.related[0].span.first_line) == (10, 7)
    assert all(one.fix is None for one in found)
    assert found.source.name == "compose.yaml"


def test_a_heredoc_of_bake(lint):
    body = block(DOCKERFILE.replace("$$N", "$N"), "    ")
    found = lint(f'target "x" {{\n  dockerfile-inline = <<-EOT\n{body}  EOT\n}}\n', "docker-bake.hcl")
    assert shown(found) == [
        ("dead-stage", 3, "FROM alpine:3 AS builder"),
        ("index-reference", 7, "1"),
        ("UndefinedVar", 7, "$NOWHERE"),
    ]


def test_messages_count_lines_as_the_file_does(lint):
    text = "FROM alpine:3 AS app\nCOPY --from=builder /a /\nFROM alpine:3 AS builder\n"
    found = lint(
        f"{HEAD}      dockerfile_inline: |\n{block(text)}",
        configuration=stagegraph.LintConfiguration(select=("forward-reference",)),
    )
    assert [one.message for one in found] == [
        '--from=builder is stage "builder" (line 8), which is defined later: no builder can read it here'
    ]
    assert [one.span.first_line for one in found[0].related] == [8]


def test_without_an_exact_place_the_message_says_the_line(lint):
    quoted = DOCKERFILE.replace("\n", "\\n").replace('"', '\\"')
    found = lint(f'{HEAD}      dockerfile_inline: "{quoted}"\n')
    assert shown(found) == [("dead-stage", 5, None), ("index-reference", 5, None), ("UndefinedVar", 5, None)]
    assert [one.message.rpartition("(")[2] for one in found] == [
        "line 1 of dockerfile_inline)",
        "line 5 of dockerfile_inline)",
        "line 5 of dockerfile_inline)",
    ]
    (related,) = found[1].related
    assert (related.message, related.span.first_line) == ("stage 1 (line 2 of dockerfile_inline)", 5)
    assert all(one.fix is None for one in found)


def test_what_would_fail_the_build(lint):
    found = lint(f"{HEAD}      dockerfile_inline: |\n{block('FROM alpine:3 AS app')}        NOTHING x\n")
    assert shown(found) == [("build-error", 7, "NOTHING x")]
    found = lint(f"{HEAD}      dockerfile_inline: NOTHING\n")
    assert shown(found) == [("build-error", 5, None)] * 2
    assert [one.message for one in found] == [
        "dockerfile contains no stages to build",
        "unknown instruction: NOTHING (line 1 of dockerfile_inline)",
    ]


def test_comments_in_it_count(lint):
    text = DOCKERFILE.replace("COPY", "# stagegraph: ignore=index-reference,UndefinedVar why\nCOPY")
    assert [one.rule for one in lint(f"{HEAD}      dockerfile_inline: |\n{block(text)}")] == ["dead-stage"]
    text = f"# check=skip=UndefinedVar\n{DOCKERFILE}"
    assert "UndefinedVar" not in [one.rule for one in lint(f"{HEAD}      dockerfile_inline: |\n{block(text)}")]


def test_an_unused_suppression_is_found_at_its_place(lint):
    text = DOCKERFILE.replace("RUN", "# stagegraph: ignore=cycle why\nRUN")
    found = lint(f"{HEAD}      dockerfile_inline: |\n{block(text)}")
    assert ("unused-suppression", 8, "# stagegraph: ignore=cycle why") in shown(found)


def test_builds_that_share_a_text_share_what_is_dead(lint):
    shared = "x-text: &text |\n  FROM alpine:3 AS a\n  FROM alpine:3 AS b\n  FROM alpine:3 AS c\n"
    services = "".join(f"  {one}: {{build: {{target: {one}, dockerfile_inline: *text}}}}\n" for one in "ac")
    assert shown(lint(f"{shared}services:\n{services}")) == [("dead-stage", 3, "FROM alpine:3 AS b")]


def test_a_target_from_outside_makes_silent(lint):
    text = f"{HEAD.replace('app', '${TARGET:-app}')}      dockerfile_inline: |\n{block(DOCKERFILE)}"
    found = lint(text)
    assert "dead-stage" not in [one.rule for one in found]
    assert "TARGET, which can be set from outside (compose.yaml:4)" in found.silences["dead-stage"]
    assert "dead-stage" in [one.rule for one in lint(text, targets=["app"])]


def test_a_text_that_is_put_together_makes_silent(lint):
    found = lint(f"{HEAD}      dockerfile_inline: |\n{block(DOCKERFILE)}        RUN ${{X:-true}}\n")
    assert "dead-stage" not in [one.rule for one in found]
    assert "the inline Dockerfile depends on X" in found.silences["dead-stage"]


def test_a_file_that_cannot_be_read_makes_silent(lint, tmp_path):
    (tmp_path / "docker-bake.hcl").write_text("{")
    found = lint(f"{HEAD}      dockerfile_inline: |\n{block(DOCKERFILE)}")
    assert "dead-stage" in found.silences


def test_it_needs_its_project():
    dockerfile = stagegraph.InlineDockerfile("FROM a", stagegraph.Place("compose.yaml", 3))
    with pytest.raises(stagegraph.InputError, match=r"the Dockerfile in compose\.yaml:3 needs the project"):
        stagegraph.lint(dockerfile)


def test_what_is_about_no_line_stands_at_the_value(lint):
    text = f"{HEAD.replace('app', 'ap')}      dockerfile_inline: |\n{block(DOCKERFILE)}"
    found = [one for one in lint(text) if one.rule == "target-not-found"]
    assert [(one.line, one.span) for one in found] == [(5, None)]


def test_a_doubled_dollar_belongs_to_the_place_whole(lint):
    found = lint(f"{HEAD}      dockerfile_inline: |\n{block('FROM alpine:3 AS app')}        $$\n")
    assert shown(found) == [("build-error", 7, "$$")]
