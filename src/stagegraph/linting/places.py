"""Where exactly a build check found something: BuildKit tells the line, this the word."""

from __future__ import annotations

import re

from stagegraph.checks import CheckWarning
from stagegraph.source import SourceFile, Span
from stagegraph.syntax.instructions import From, Instruction
from stagegraph.syntax.places import Places

_WITH_A_KEYWORD_TO_BLAME = frozenset(
    {"ConsistentInstructionCasing", "MaintainerDeprecated", "MultipleInstructionsDisallowed"}
)
_WITH_ARGUMENTS_TO_BLAME = frozenset({"JSONArgsRecommended", "LegacyKeyValueFormat", "WorkdirRelativePath"})
_WORDS_OF_FROM = {
    "InvalidDefaultArgInFrom": 0,
    "InvalidBaseImagePlatform": 0,
    "FromAsCasing": 1,
    "StageNameCasing": 2,
    "DuplicateStageName": 2,
    "ReservedStageName": 2,
}
_WITH_A_PLATFORM_TO_BLAME = frozenset({"RedundantTargetPlatform", "FromPlatformFlagConstDisallowed"})
_NAMING = {
    "UndefinedVar": re.compile(r"variable '\$(\w+)'"),
    "UndefinedArgInFrom": re.compile(r"argument '(\w+)'"),
    "SecretsUsedInArgOrEnv": re.compile(r"\((?:ARG|ENV) \"(\w+)\"\)"),
    "ExposeProtoCasing": re.compile(r"protocol '(\S+)'"),
    "ExposeInvalidFormat": re.compile(r"found '(\S+)'"),
    "CopyIgnoredFile": re.compile(r"file \"(\S+)\""),
}
_OF_A_VARIABLE = frozenset({"UndefinedVar", "UndefinedArgInFrom"})


def trimmed(source: SourceFile, span: Span) -> Span:
    """The span without the white space at both ends."""
    text = source.text[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    return source.span(start, max(start, span.start + len(text.rstrip())))


def place_of_warning(source: SourceFile, warning: CheckWarning, instruction: Instruction | None) -> Span | None:
    """The words that a build check is about; all of the instruction where they cannot be told apart."""
    if warning.span is None:
        return None
    if warning.rule == "NoEmptyContinuation":
        return _empty_line(source, warning.span)
    places = instruction.places if instruction is not None else None
    found = None
    if places is not None:
        is_from = isinstance(instruction, From)
        found = _of_from(warning, places) if is_from else _of_another(warning.rule, places)
        found = found or _named(source, warning, places)
    return trimmed(source, found or warning.span)


def _of_from(warning: CheckWarning, places: Places) -> Span | None:
    """The part of a `FROM`; what its triggers are blamed for has no place in it."""
    rule = warning.rule
    if rule in _WITH_A_PLATFORM_TO_BLAME:
        return places.flags[0] if places.flags else None
    if rule == "ConsistentInstructionCasing":
        return places.keyword
    word = _WORDS_OF_FROM.get(rule)
    return places.words[word] if word is not None and word < len(places.words) else None


def _of_another(rule: str, places: Places) -> Span | None:
    if rule in _WITH_A_KEYWORD_TO_BLAME:
        return places.keyword
    return places.arguments if rule in _WITH_ARGUMENTS_TO_BLAME else None


def _named(source: SourceFile, warning: CheckWarning, places: Places) -> Span | None:
    """Where the name in the message stands in the instruction, if it does."""
    pattern = _NAMING.get(warning.rule)
    name = pattern.search(warning.message) if pattern is not None else None
    if name is None or warning.span is None:
        return None
    start = places.keyword.end
    text = source.text[start : warning.span.end]
    if warning.rule in _OF_A_VARIABLE:
        found = re.search(rf"\$(?:\{{{re.escape(name[1])}\b[^}}]*\}}?|{re.escape(name[1])}\b)", text)
    else:
        found = re.search(rf"(?<![\w./-]){re.escape(name[1])}(?![\w/-])", text)
    return source.span(start + found.start(), start + found.end()) if found else None


def _empty_line(source: SourceFile, end: Span) -> Span:
    """The last line of white space before the end of a continued instruction."""
    number = max(1, min(end.first_line, len(source.line_starts)))
    while number > 1 and source.line(number).strip():
        number -= 1
    start = source.line_starts[number - 1]
    return Span(start, start + len(source.line(number)), number, number)
