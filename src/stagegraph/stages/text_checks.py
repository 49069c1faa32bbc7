"""The build checks that BuildKit makes of the text alone, before names mean anything.

From `instructions/parse.go` and `dockerfile2llb/validations.go`.
"""

from __future__ import annotations

from collections import Counter

from stagegraph.checks import Checks
from stagegraph.quoting import go_quote
from stagegraph.stages.cutting import CutDockerfile
from stagegraph.syntax.instructions import Arg, From, Instruction, Maintainer
from stagegraph.syntax.nodes import Dockerfile
from stagegraph.values.letters import lower, upper

RESERVED_NAMES = ("context", "scratch")
_THREE = 3


def check_instructions(dockerfile: Dockerfile, checks: Checks) -> None:
    """Reports, in the order of the file, what is odd about single instructions."""
    for continuation in dockerfile.empty_continuations:
        checks.report("NoEmptyContinuation", "Empty continuation line", continuation.span)
    for instruction in dockerfile.instructions:
        comments = dockerfile.comments_of(instruction)
        if isinstance(instruction, Maintainer):
            message = "Maintainer instruction is deprecated in favor of using label"
            checks.report("MaintainerDeprecated", message, instruction.span, comments)
        elif isinstance(instruction, From):
            _check_from(instruction, comments, checks)
        elif isinstance(instruction, Arg):
            names = [argument.name for argument in instruction.declared]
            _check_description("ARG", names, instruction, comments, checks)


def _check_from(from_: From, comments: tuple[str, ...], checks: Checks) -> None:
    words = from_.words
    if len(words) == _THREE and words[2] != lower(words[2]):
        checks.report("StageNameCasing", f"Stage name '{words[2]}' should be lowercase", from_.span, comments)
    if len(words) == _THREE and not _has_case_of(from_.keyword, words[1]):
        message = f"'{words[1]}' and '{from_.keyword}' keywords' casing do not match"
        checks.report("FromAsCasing", message, from_.span, comments)
    if from_.stage_name is not None:
        _check_description("FROM", [from_.stage_name], from_, comments, checks)


def _has_case_of(keyword: str, word: str) -> bool:
    """Whether `word` is spelled like `keyword`, where that is in one case at all."""
    if keyword == lower(keyword):
        return word == lower(word)
    return keyword != upper(keyword) or word == upper(word)


def _check_description(
    keyword: str, names: list[str], instruction: Instruction, comments: tuple[str, ...], checks: Checks
) -> None:
    if not comments or comments[-1].split(" ")[0] in names:
        return
    example = names[0] if len(names) == 1 else "<arg_key>"
    message = f"Comment for {keyword} should follow the format: `# {example} <description>`"
    checks.report("InvalidDefinitionDescription", message, instruction.span, comments)


def check_stages(cut: CutDockerfile, checks: Checks) -> None:
    """Reports names that are reserved or used twice, and keywords in different cases."""
    seen: set[str] = set()
    for stage in cut.stages:
        if stage.name in RESERVED_NAMES:
            message = f"Stage name should not use the same name as reserved stage {go_quote(stage.name)}"
            checks.report("ReservedStageName", message, stage.from_.span)
        if stage.name in seen:
            message = f"Duplicate stage name {go_quote(stage.name)}, stage names should be unique"
            checks.report("DuplicateStageName", message, stage.from_.span)
        if stage.name is not None:
            seen.add(stage.name)
    _check_keyword_casing(cut, checks)


def _check_keyword_casing(cut: CutDockerfile, checks: Checks) -> None:
    """Reports keywords that are not in the case of most of them; the `ARG`s before any stage do not count."""
    instructions = [one for stage in cut.stages for one in (stage.from_, *stage.instructions)]
    cases = Counter(_case_of(one.keyword) for one in instructions)
    wanted = "lowercase" if cases["lowercase"] > cases["uppercase"] else "uppercase"
    for one in instructions:
        if one.keyword != (lower(one.keyword) if wanted == "lowercase" else upper(one.keyword)):
            message = f"Command '{one.keyword}' should match the case of the command majority ({wanted})"
            checks.report("ConsistentInstructionCasing", message, one.span)


def _case_of(keyword: str) -> str:
    if keyword == lower(keyword):
        return "lowercase"
    return "uppercase" if keyword == upper(keyword) else "mixed"
