import re
import subprocess
import sys

import pytest

import stagegraph
from stagegraph.cli import main
from stagegraph.cli.exit_codes import ExitCode

HEAVY = {"attr", "click", "graphviz", "lark", "networkx", "rich"}
COMMANDS = [
    "plan",
    "graph",
    "compare",
    "why",
    "stages",
    "images",
    "targets",
    "dead",
    "lint",
    "explain",
    "build",
    "scan",
]


def test_version(run):
    assert run("--version").stdout == f"stagegraph, version {stagegraph.__version__}\n"


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_the_commands_and_the_exit_codes(run, flag):
    page = run(flag).stdout
    assert re.findall(r"^  ([a-z]+)  +[A-Z]", page, re.MULTILINE) == COMMANDS
    assert [int(code) for code in re.findall(r"^    (\d+) ", page, re.MULTILINE)] == list(ExitCode)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_list_is_the_first_of_the_help(run, name):
    summary = " ".join(re.search(rf"^  {name}  +(.*(\n   +.*)*)", run("--help").stdout, re.MULTILINE)[1].split())
    assert summary == " ".join(run(name, "--help").stdout.split("\n\n")[1].split())


def test_an_unknown_command(run):
    result = run("paln")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "No such command 'paln'" in result.stderr


def test_an_unknown_option(run):
    assert run("plan", "--traget", "x").exit_code == 2


def imported_by(*arguments):
    """The modules that a command line imports, of those that cost something."""
    code = (
        "import sys; sys.argv[0] = 'stagegraph'\n"
        "from stagegraph.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('\\n', *sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], input=b"FROM a\n", capture_output=True, check=True)
    modules = {name.partition(".")[0] for name in done.stderr.decode().rsplit("\n ", 1)[1].split()}
    return modules & HEAVY


@pytest.mark.parametrize("flag", ["--version", "--help"])
def test_what_needs_no_dockerfile_needs_click_alone(flag):
    assert imported_by(flag) == {"click"}


@pytest.mark.parametrize(
    ("arguments", "needed", "unneeded"),
    [
        (["plan", "--help"], {"click"}, {"graphviz", "networkx", "rich"}),
        (["stages", "-f", "-"], {"lark"}, {"graphviz", "networkx", "rich"}),
        (["plan", "-f", "-"], {"lark"}, {"graphviz", "rich"}),
        (["compare", "-f", "-"], {"lark"}, {"graphviz", "rich"}),
        (["graph", "-f", "-"], {"networkx"}, {"graphviz", "rich"}),
        (["plan", "-f", "-", "--format", "json"], {"lark"}, {"graphviz", "rich"}),
        (["plan", "-f", "-", "--format", "mermaid"], {"lark"}, {"graphviz", "rich"}),
        (["plan", "-f", "-", "--format", "dot"], {"graphviz"}, {"rich"}),
        (["plan", "-f", "-", "--color", "always"], {"rich"}, {"graphviz"}),
    ],
)
def test_nothing_is_imported_that_is_not_needed(arguments, needed, unneeded):
    modules = imported_by(*arguments)
    assert modules >= needed
    assert not modules & unneeded


def test_the_application_is_the_entry_point(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["whatever", "--version"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("stagegraph, version ")
