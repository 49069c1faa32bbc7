"""Where exactly a build check found something: BuildKit tells the line, this the word."""

from __future__ import annotations

import re

from stagegraph.checks import CheckWarning
from stagegraph.linting.written import WrittenInstruction
from stagegraph.source import SourceFile, Span
from stagegraph.syntax.instructions import From

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
_VARIABLE = re.compile(r"\$(?:\{(\w+)\b[^}]*\}?|(\w+))")
_OF_A_VARIABLE = frozenset({"UndefinedVar", "UndefinedArgInFrom"})


def trimmed(source: SourceFile, span: Span) -> Span:
    """The span without the white space at both ends."""
    whole = source.text
    if span.end > span.start and not (whole[span.start].isspace() or whole[span.end - 1].isspace()):
        return span
    text = whole[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    end = max(start, span.start + len(text.rstrip()))
    if span.first_line == span.last_line and end > start:
        return Span(start, end, span.first_line, span.last_line)
    return source.span(start, end)


def place_of_warning(source: SourceFile, warning: CheckWarning, written: WrittenInstruction | None) -> Span | None:
    """The words that a build check is about; all of the instruction where they cannot be told apart."""
    if warning.span is None:
        return None
    if warning.rule == "NoEmptyContinuation":
        return _empty_line(source, warning.span)
    found = None
    if written is not None:
        is_from = isinstance(written.instruction, From)
        found = _of_from(warning, written) if is_from else _of_another(warning.rule, written)
        found = found or _named(source, warning, written)
    return trimmed(source, found or warning.span)


def _of_from(warning: CheckWarning, written: WrittenInstruction) -> Span | None:
    """The part of a `FROM`; what its triggers are blamed for has no place in it."""
    rule = warning.rule
    if rule in _WITH_A_PLATFORM_TO_BLAME:
        return written.flag(0)
    if rule == "ConsistentInstructionCasing":
        return written.keyword
    word = _WORDS_OF_FROM.get(rule)
    return written.word(word) if word is not None else None


def _of_another(rule: str, written: WrittenInstruction) -> Span | None:
    if rule in _WITH_A_KEYWORD_TO_BLAME:
        return written.keyword
    return written.arguments if rule in _WITH_ARGUMENTS_TO_BLAME else None


def _named(source: SourceFile, warning: CheckWarning, written: WrittenInstruction) -> Span | None:
    """Where the name in the message stands in the instruction, if it does."""
    pattern = _NAMING.get(warning.rule)
    name = pattern.search(warning.message) if pattern is not None else None
    keyword = written.keyword if name is not None else None
    if name is None or keyword is None or warning.span is None:
        return None
    start = keyword.end
    text = source.text[start : warning.span.end]
    found = _variable(text, name[1]) if warning.rule in _OF_A_VARIABLE else _standing_alone(text, name[1])
    return source.span(start + found[0], start + found[1]) if found is not None else None


def _variable(text: str, name: str) -> tuple[int, int] | None:
    """Where a variable is used for the first time: from its dollar to the first brace that may close it."""
    dollar = text.find("$")
    while dollar >= 0:
        found = _VARIABLE.match(text, dollar)
        if found is not None and name in found.groups():
            return found.span()
        dollar = text.find("$", dollar + 1)
    return None


def _standing_alone(text: str, name: str) -> tuple[int, int] | None:
    """Where a name stands for the first time that is no part of a longer one."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        if not (_is_of_a_word(before) or before in (".", "/", "-") or _is_of_a_word(after) or after in ("/", "-")):
            return start, end
        start = text.find(name, start + 1)
    return None


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _empty_line(source: SourceFile, end: Span) -> Span:
    """The last line of white space before the end of a continued instruction."""
    number = max(1, min(end.first_line, len(source.line_starts)))
    while number > 1 and source.line(number).strip():
        number -= 1
    start = source.line_starts[number - 1]
    return Span(start, start + len(source.line(number)), number, number)
