"""The list of rules, and their pages."""

import stagegraph
from stagegraph.rendering.rules import page_text, rules_text


def test_the_list():
    rules = [
        stagegraph.Rule("b", "What b finds", stagegraph.Severity.ERROR),
        stagegraph.Rule("A-long", "What a finds"),
    ]
    assert rules_text(rules).splitlines() == [
        "RULE    SEVERITY  FINDS",
        "A-long  warning   What a finds",
        "b       error     What b finds",
    ]


def test_a_page_ends_with_a_line_feed():
    assert page_text(stagegraph.Rule("x", "What", page=lambda: "# x")) == "# x\n"
    assert page_text(stagegraph.Rule("x", "What", page=lambda: "# x\n")) == "# x\n"


def test_a_rule_without_a_page():
    assert page_text(stagegraph.Rule("x", "What it finds")) == "# x\n\nWhat it finds.\n"
