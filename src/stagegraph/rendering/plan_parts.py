"""Parts of a plan that every kind of text shows alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from stagegraph.rendering.spelling import visible

if TYPE_CHECKING:
    from stagegraph.planning.plan import Plan


def config_members(plan: Plan) -> list[tuple[str, str]]:
    """The members of the image config and their values; a list or an object as JSON."""
    return [(visible(name), visible(_value(value))) for name, value in plan.config.items()]


def warning_parts(plan: Plan) -> list[tuple[str, str, str]]:
    """Line, rule and message of every warning."""
    return [
        (f"line {warning.line}" if warning.line else "-", warning.rule, visible(warning.message))
        for warning in plan.warnings
    ]


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
