"""The documents leave nothing out: public names, commands, flags, exit codes, limits, checks."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import click
import pytest

import stagegraph
from stagegraph.cli.application import application
from stagegraph.cli.exit_codes import ExitCode
from stagegraph.projects.bake.functions import FUNCTIONS

DOCS = Path(__file__).parents[2] / "docs"
COMMANDS = application.list_commands(click.Context(application))
LIMITS = (
    ("stagegraph.words", "MAX_EXPANSION"),
    ("stagegraph.budget", "MAX_TEXT"),
    ("stagegraph.word_lexer", "MAX_MATCHING"),
    ("stagegraph.syntax.lexemes", "MAX_LINE_BYTES"),
    ("stagegraph.projects.limits", "MAX_FILE_BYTES"),
    ("stagegraph.projects.limits", "MAX_BAKE_BYTES"),
    ("stagegraph.projects.limits", "MAX_BLANK_LINES"),
    ("stagegraph.projects.limits", "MAX_FILES"),
    ("stagegraph.projects.limits", "MAX_NESTING"),
    ("stagegraph.projects.limits", "MAX_MATRIX"),
    ("stagegraph.projects.limits", "MAX_WORK"),
    ("stagegraph.scanning.reading", "MAX_BYTES"),
)


def _command(name: str) -> click.Command:
    command = application.get_command(click.Context(application), name)
    assert command is not None
    return command


def _section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level."""
    level = heading.split(" ", 1)[0]
    match = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^{level} |\Z)", text, re.DOTALL | re.MULTILINE)
    assert match is not None, heading
    return match[1]


@pytest.mark.parametrize("name", stagegraph.__all__)
def test_every_public_name_is_in_the_library_reference(name):
    assert re.search(rf"`(stagegraph\.)?{name}\b", (DOCS / "library.md").read_text())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_section_with_an_example(name):
    section = _section((DOCS / "command-line.md").read_text(), f"## {name}")
    assert f"$ stagegraph {name}" in section


@pytest.mark.parametrize("name", COMMANDS)
def test_every_flag_is_described(name):
    text = (DOCS / "command-line.md").read_text()
    section = _section(text, f"## {name}") + _section(text, "## Options")
    flags = [flag for option in _command(name).params if isinstance(option, click.Option) for flag in option.opts]
    assert [flag for flag in flags if f"`{flag}" not in section] == []


@pytest.mark.parametrize("code", list(ExitCode), ids=lambda code: code.name)
def test_every_exit_code_is_described(code):
    section = _section((DOCS / "command-line.md").read_text(), "## Exit codes")
    assert f"| {code.value} | `{code.name}` |" in section


@pytest.mark.parametrize(("module", "name"), LIMITS, ids=lambda value: value)
def test_every_limit_is_described_with_its_value(module, name):
    value = getattr(import_module(module), name)
    assert f"| `{module}.{name}` | {value:,} |" in (DOCS / "limits.md").read_text()


@pytest.mark.parametrize("name", [*FUNCTIONS, "try", "can"])
def test_every_function_of_bake_files_is_listed(name):
    assert f"`{name}`" in _section((DOCS / "targets.md").read_text(), "## Bake")
