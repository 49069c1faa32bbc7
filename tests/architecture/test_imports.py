"""What is loaded when: nothing heavy before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

_VERSION = """
import sys
sys.argv[1:] = ["--version"]
from stagegraph.cli import main
try:
    main()
except SystemExit:
    pass
"""
HEAVY = {"attrs", "click", "docker", "graphviz", "hcl2", "lark", "networkx", "pathspec", "rich", "yaml"}


def _loaded_by(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return HEAVY & set(ran.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("code", "allowed"),
    [
        ("import stagegraph", set()),
        ("import stagegraph.cli", set()),
        ("import stagegraph; stagegraph.parse('FROM alpine')", {"attrs", "lark"}),
        ("import stagegraph; stagegraph.plan('FROM alpine')", {"attrs", "lark", "networkx"}),
        (
            "import stagegraph; stagegraph.graph('FROM alpine').to_dot()",
            {"attrs", "lark", "networkx", "graphviz"},
        ),
        (_VERSION, {"click"}),
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(code, allowed):
    assert _loaded_by(code) <= allowed
