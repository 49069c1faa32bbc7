"""`stagegraph explain`."""

from __future__ import annotations

import click

from stagegraph.cli.failures import reported
from stagegraph.cli.output import Output
from stagegraph.linting.configuration import fault_of_rule
from stagegraph.linting.registry import all_rules
from stagegraph.rendering.rules import page_text, rules_text


@click.command("explain")
@click.argument("name", metavar="[RULE]", required=False)
def command(name: str | None) -> None:
    """What a rule of lint is about: its page.

    Without a RULE, the list of all rules.
    """
    with reported(""):
        rules = all_rules()
        fault = fault_of_rule(name, ()) if name is not None else None
    if fault is not None:
        raise click.UsageError(fault)
    Output().write(page_text(rules[name]) if name is not None else rules_text(rules.values()))
