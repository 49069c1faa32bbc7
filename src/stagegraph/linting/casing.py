"""Fixes for the build checks that are about case."""

from __future__ import annotations

from stagegraph.checks import CheckWarning
from stagegraph.linting.findings import Edit, Fix
from stagegraph.linting.subject import Subject
from stagegraph.linting.written import WrittenInstruction
from stagegraph.source import Span
from stagegraph.syntax.instructions import From
from stagegraph.values.letters import lower, upper

_ABOUT_CASE = frozenset({"ConsistentInstructionCasing", "FromAsCasing", "StageNameCasing"})


def casing_fix(warning: CheckWarning, written: WrittenInstruction | None, subject: Subject) -> Fix | None:
    """The fix for a build check, if it is one about case and the words are spelled plainly."""
    if written is None or warning.rule not in _ABOUT_CASE:
        return None
    instruction = written.instruction
    if warning.rule == "ConsistentInstructionCasing":
        cased = lower if warning.message.endswith("(lowercase)") else upper
        return _replacement(subject, written.keyword, instruction.keyword, cased(instruction.keyword))
    if not isinstance(instruction, From):
        return None
    words = instruction.words
    if warning.rule == "FromAsCasing":
        cased = lower if instruction.keyword == lower(instruction.keyword) else upper
        return _replacement(subject, written.word(1), words[1], cased(words[1]))
    return _lower_name(subject, written.word(2), words[2])


def _replacement(subject: Subject, span: Span | None, written: str, wanted: str) -> Fix | None:
    if span is None or subject.source.text[span.start : span.end] != written:
        return None
    return Fix(f"write {wanted}", (Edit(span.start, span.end, wanted),))


def _lower_name(subject: Subject, span: Span | None, written: str) -> Fix | None:
    """The name in lower case where it is defined, and wherever it is used."""
    fix, name = _replacement(subject, span, written, lower(written)), lower(written)
    if fix is None:
        return None
    used = [
        Edit(use.span.start, use.span.end, name)
        for use in subject.uses_of_names.get(name, ())
        if use.name != name and use.meaning is not None and use.is_spelled_plainly and use.span
    ]
    return Fix(fix.description, (*fix.edits, *used))
