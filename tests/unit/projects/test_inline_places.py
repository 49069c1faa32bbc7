"""Inline Dockerfiles: each character has its place in the file, or none has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stagegraph
from stagegraph.projects.declared import InlineDockerfile, Place
from stagegraph.projects.inline_places import field_of, inline_places

HEAD = "services:\n  w:\n    build:\n"
LINES = st.lists(st.text("aF$ \t{}\\#", max_size=8), min_size=1, max_size=6)


def found(project, files):
    read = project(files)
    (dockerfile,) = read.inline_dockerfiles
    file = stagegraph.SourceFile((read.root / dockerfile.place.file).read_bytes().decode())
    return dockerfile, file, inline_places(dockerfile, file)


def assert_exact(dockerfile, file, places):
    assert places is not None
    for position, character in enumerate(dockerfile.text):
        at = places.offset(position)
        assert file.text[at] in (character, "\r"), (position, character)
        number = dockerfile.text.count("\n", 0, position) + 1
        assert places.line(number) == file.text.count("\n", 0, at) + 1
    assert places.offset(len(dockerfile.text)) <= len(file.text)


@pytest.mark.parametrize(
    "value",
    [
        "|\n        FROM a\n        RUN b\n",
        "|-\n        FROM a\n        RUN b\n",
        "|+\n        FROM a\n\n        RUN b\n\n\n",
        "|2 # why\n          FROM a\n        RUN b\n",
        "|\n\n\n        FROM a\n          RUN b\n      target: x\n",
        '|\n        FROM a\n        RUN echo $$A $$$$B "$${C:-$$}"\n        RUN x\n',
        "&shared |\n        FROM a\n",
        "|\n        FROM a",
        ">\n        FROM a\n",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_block_of_yaml_is_exact(project, value, line_end):
    text = f"{HEAD}      dockerfile_inline: {value}"
    assert_exact(*found(project, {"compose.yaml": text.replace("\n", line_end)}))


@pytest.mark.parametrize(
    "value",
    [
        "FROM a",
        '"FROM a\\nRUN b"',
        '"FROM a\n\n        RUN b"',
        ">\n        FROM a\n\n        RUN b\n",
        "|\n        FROM a\n        RUN ${B:-b}\n",
        "|\n        FROM a\n        RUN $A\n",
    ],
)
def test_what_is_folded_quoted_or_put_together_has_no_exact_place(project, value):
    dockerfile, _, places = found(project, {"compose.yaml": f"{HEAD}      dockerfile_inline: {value}\n"})
    assert places is None
    assert dockerfile.place == Place("compose.yaml", 4)


def test_an_anchor_is_where_it_stands(project):
    text = f"x-text: &text |\n  FROM a\n  RUN b\n{HEAD}      dockerfile_inline: *text\n"
    dockerfile, file, places = found(project, {"compose.yaml": text})
    assert_exact(dockerfile, file, places)
    assert places.line(1) == 2


@pytest.mark.parametrize(
    "value",
    [
        "<<EOT\nFROM a\n  RUN b\nEOT",
        "<<-EOT\n    FROM a\n\n      RUN b\n  EOT",
        "<<-EOT\n\tFROM a\n\tRUN $${b} %%{c} $${d}$e \\\\\n\tRUN c\n\tEOT",
    ],
)
def test_a_heredoc_of_hcl_is_exact(project, value):
    assert_exact(*found(project, {"docker-bake.hcl": f'target "x" {{\n  dockerfile-inline = {value}\n}}\n'}))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("docker-bake.hcl", 'target "x" {\n  dockerfile-inline = "FROM a\\nRUN b"\n}\n'),
        ("docker-bake.hcl", 'target "x" {\n  dockerfile-inline = <<EOT\nFROM ${"a"}b\nEOT\n}\n'),
        (
            "docker-bake.hcl",
            'variable "V" {\n  default = <<EOT\nFROM a\nEOT\n}\ntarget "x" {\n  dockerfile-inline = V\n}\n',
        ),
        ("docker-bake.json", '{"target": {"x": {"dockerfile-inline":\n"FROM a\\nRUN b"}}}\n'),
    ],
)
def test_other_values_of_bake_have_no_exact_place(project, name, text):
    dockerfile, _, places = found(project, {name: text})
    assert places is None
    assert field_of(dockerfile) == "dockerfile-inline"


@pytest.mark.parametrize("text", ["", "services:\n", f"{HEAD}      dockerfile_inline: |\n        FROM b\n"])
def test_a_file_that_has_changed_gives_no_place(text):
    dockerfile = InlineDockerfile("FROM a\n", Place("compose.yaml", 4))
    assert inline_places(dockerfile, stagegraph.SourceFile(text)) is None


@given(LINES, st.integers(0, 3))
def test_what_is_indented_and_doubled_is_found_again(lines, indent):
    """Law: a text that is written down as a block has the place of every character."""
    text = "".join(f"{line}\n" for line in lines)
    written = "".join(f"{' ' * indent}{line.replace('$', '$$')}\n" for line in lines)
    dockerfile = InlineDockerfile(text, Place("compose.yaml", 1))
    file = stagegraph.SourceFile(f"dockerfile_inline: |\n{written}")
    assert_exact(dockerfile, file, inline_places(dockerfile, file))
