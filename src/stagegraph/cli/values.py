"""The values of options: `NAME=VALUE` pairs and platforms, in the words of Docker's own command line."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from stagegraph.cli.failures import reported
from stagegraph.errors import Complaint
from stagegraph.platforms import Platform, parse_platform
from stagegraph.quoting import go_quote
from stagegraph.reference import normalise


def build_args(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """`NAME=VALUE`, or `NAME` for the value in the environment; without one it is not given. The last one wins."""
    pairs: dict[str, str] = {}
    for text in given:
        name, equals, value = _named(text)
        if equals:
            pairs[name] = value
        elif name in os.environ:
            pairs[name] = os.environ[name]
    return pairs


def rules(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> tuple[str, ...]:
    """Names of rules, with commas between them."""
    names = [name.strip() for text in given for name in text.split(",") if name.strip()]
    with reported(""):
        faults = [fault for name in names if (fault := _fault_of_rule(name)) is not None]
    if faults:
        raise click.BadParameter(faults[0])
    return tuple(names)


def _fault_of_rule(name: str) -> str | None:
    from stagegraph.linting.configuration import fault_of_rule  # no other command needs it

    return fault_of_rule(name)


def labels(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """`NAME=VALUE`; a name alone is an empty label. The last one wins."""
    return {name: value for name, _, value in map(_named, given)}


def contexts(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """`NAME=VALUE`. The last one wins."""
    pairs: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise click.BadParameter(f"invalid context value: {text}, expected key=value")
        pairs[name] = value
    return pairs


def image_files(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """`REF=FILE`: files by normalised reference. The last one wins."""
    files: dict[str, str] = {}
    for text in given:
        reference, equals, path = text.partition("=")
        if not (equals and path):
            raise click.BadParameter(f"{go_quote(text)} is not of the form REF=FILE")
        try:
            files[normalise(reference)] = path
        except Complaint as complaint:
            raise click.BadParameter(f"{go_quote(reference)}: {complaint.message}") from None
    return files


def platform(_context: click.Context, _option: click.Parameter, given: str | None) -> Platform | None:
    """`os[/architecture[/variant]]`."""
    try:
        return parse_platform(given) if given else None
    except Complaint as complaint:
        raise click.BadParameter(complaint.message) from None


def _named(text: str) -> tuple[str, str, str]:
    name, equals, value = text.partition("=")
    if not name:
        raise click.BadParameter(f"invalid key-value pair {go_quote(text)}: empty key")
    return name, equals, value
