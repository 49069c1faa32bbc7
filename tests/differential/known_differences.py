"""Where our syntax and a peer's are known to differ: one table, each row with its reason.

A row recognises a difference by a rule, not by the case it was found in, and brings a sample in
which the difference occurs: a row that no longer does is removed. BuildKit itself is on our side
in all of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import attrs

import stagegraph
from stagegraph.syntax.characters import WHITE_SPACE
from stagegraph.syntax.instructions import KEYWORDS, Add, Copy, Healthcheck, Instruction, OnBuild, Unknown

from .peers import ASOTTILE, E2B, Difference, Peer


@attrs.frozen
class KnownDifference:
    """A row of the table: `explains` says whether a difference of `peer` is of this kind."""

    name: str
    peer: Peer
    reason: str
    explains: Callable[[Difference], bool]
    sample: str


def tree_of(difference: Difference) -> stagegraph.Dockerfile:
    return stagegraph.parse(difference.text, tolerant=True)


def innermost(instruction: Instruction | None) -> Instruction | None:
    """The trigger of an ONBUILD, any other instruction itself."""
    return instruction.trigger if isinstance(instruction, OnBuild) else instruction


# -- both ------------------------------------------------------------------------------------------


def keeps_blanks_at_the_ends(difference: Difference) -> bool:
    theirs = difference.theirs or ""
    return (
        difference.aspect == "line"
        and isinstance(theirs, str)
        and [line.strip(WHITE_SPACE) for line in theirs.split("\n")]
        == [line.strip(WHITE_SPACE) for line in str(difference.ours).split("\n")]
    )


# -- asottile --------------------------------------------------------------------------------------


def drops_arguments_of_unknown_keywords(difference: Difference) -> bool:
    return (
        difference.aspect == "values"
        and isinstance(innermost(difference.instruction), Unknown)
        and difference.theirs == ("",)
    )


def looks_one_trigger_deep(difference: Difference) -> bool:
    instruction = innermost(difference.instruction)
    return isinstance(instruction, OnBuild) and difference.aspect == "values" and difference.theirs == ("",)


def has_no_word_for_an_empty_keyword(difference: Difference) -> bool:
    return difference.aspect == "keyword" and (difference.ours, difference.theirs) == ("", None)


def stops_at_nul(difference: Difference) -> bool:
    return "\0" in difference.text


def escapes_in_flags_with_a_backslash(difference: Difference) -> bool:
    instruction = difference.instruction
    return (
        instruction is not None
        and difference.aspect in ("flags", "values", "exec_form")
        and instruction.escape == "`"
        and re.search(r"[`\\]", instruction.line) is not None
    )


def drops_heredocs_of_triggers(difference: Difference) -> bool:
    instruction = difference.instruction
    if not isinstance(instruction, OnBuild) or not instruction.heredocs:
        return False
    if difference.aspect == "heredocs":
        return difference.theirs == ()
    return difference.aspect == "line" and str(difference.theirs).strip(WHITE_SPACE) == instruction.line


def knows_no_check_directive(difference: Difference) -> bool:
    """A directive that it does not know ends the directives: a later `escape` does not count."""
    names = [directive.name for directive in tree_of(difference).directives]
    return "check" in names[:-1]


def takes_text_behind_an_array(difference: Difference) -> bool:
    instruction = innermost(difference.instruction)
    if instruction is None or difference.aspect not in ("values", "exec_form"):
        return False
    arguments = instruction.arguments
    if isinstance(instruction, Healthcheck):
        arguments = arguments.partition(" ")[2].lstrip()
    try:
        _, end = json.JSONDecoder().raw_decode(arguments)
    except ValueError:
        return False
    return arguments[0] == "[" and bool(arguments[end:].strip())


def wants_heredoc_words_unbroken(difference: Difference) -> bool:
    return re.search(r"<<-?[\t ]", difference.text) is not None


# -- e2b -------------------------------------------------------------------------------------------


def refuses_unknown_keywords_at_once(difference: Difference) -> bool:
    found = re.search(r"unknown instruction: (.*)\Z", str(difference.theirs), re.DOTALL)
    return difference.aspect == "error" and found is not None and found[1].lower() not in KEYWORDS


def accepts_a_file_without_instructions(difference: Difference) -> bool:
    return (difference.ours, difference.theirs) == ("file with no instructions", [])


def says_it_otherwise(difference: Difference) -> bool:
    return difference.ours == "when using JSON array syntax, arrays must be comprised of strings only" and str(
        difference.theirs
    ).endswith("Only strings are supported in JSON arrays")


def quotes_nothing_in_errors(difference: Difference) -> bool:
    beginning = "Syntax error - can't find = in "
    return difference.aspect == "error" and all(
        beginning in str(message) for message in (difference.ours, difference.theirs)
    )


def cuts_paths_at_quotes(difference: Difference) -> bool:
    instruction = difference.instruction
    return (
        isinstance(instruction, Copy | Add)
        and difference.aspect == "values"
        and any(character in instruction.arguments for character in ("'", '"', instruction.escape))
    )


def knows_no_heredocs_of_triggers(difference: Difference) -> bool:
    return any(isinstance(one, OnBuild) and one.heredocs for one in tree_of(difference).instructions)


def reads_flags_by_characters(difference: Difference) -> bool:
    instruction = difference.instruction
    return (
        instruction is not None
        and difference.aspect in ("flags", "values", "exec_form")
        and not instruction.line.isascii()
        and ("--" in instruction.line or isinstance(instruction, Healthcheck))
    )


KNOWN_DIFFERENCES = (
    KnownDifference(
        name="blanks at the ends of a line",
        peer=ASOTTILE,
        reason="Our `line` is trimmed, as the builders print it; theirs is the joined line as it stands.",
        explains=keeps_blanks_at_the_ends,
        sample="FROM alpine \n",
    ),
    KnownDifference(
        name="arguments of unknown keywords",
        peer=ASOTTILE,
        reason="BuildKit's line parser has no rule for the arguments of an unknown keyword, and drops them.",
        explains=drops_arguments_of_unknown_keywords,
        sample="FROM alpine\nFOO bar\n",
    ),
    KnownDifference(
        name="triggers of triggers",
        peer=ASOTTILE,
        reason="It looks one trigger deep, and so reads nothing of `ONBUILD ONBUILD …`, which builders refuse.",
        explains=looks_one_trigger_deep,
        sample="FROM alpine\nONBUILD ONBUILD RUN x\n",
    ),
    KnownDifference(
        name="an empty keyword",
        peer=ASOTTILE,
        reason="A line that is an escape character and nothing else has an empty keyword; it says None.",
        explains=has_no_word_for_an_empty_keyword,
        sample="FROM alpine\n\\\n",
    ),
    KnownDifference(
        name="NUL",
        peer=ASOTTILE,
        reason="Its texts cross from Python to Go and back as C strings, which end at a NUL.",
        explains=stops_at_nul,
        sample="FROM alpine\nRUN a\0b\n",
    ),
    KnownDifference(
        name="escapes in flags",
        peer=ASOTTILE,
        reason="In flags its BuildKit escapes with a backslash, whatever `# escape=` says.",
        explains=escapes_in_flags_with_a_backslash,
        sample="# escape=`\nFROM alpine\nRUN --network=n`one x\n",
    ),
    KnownDifference(
        name="heredocs of triggers",
        peer=ASOTTILE,
        reason="It takes the bodies behind an ONBUILD for heredocs, and then loses them, as it does with its flags.",
        explains=drops_heredocs_of_triggers,
        sample="FROM alpine\nONBUILD RUN <<EOF\nx\nEOF\n",
    ),
    KnownDifference(
        name="the check directive",
        peer=ASOTTILE,
        reason="It is built on a BuildKit from before `# check=`, to which that line ends the directives.",
        explains=knows_no_check_directive,
        sample="# check=skip=all\n# escape=`\nFROM alpine\nRUN a `\n  b\n",
    ),
    KnownDifference(
        name="text behind a JSON array",
        peer=ASOTTILE,
        reason='Its BuildKit stops reading at the end of the array: `["a"] b` is the exec form, and the rest is lost.',
        explains=takes_text_behind_an_array,
        sample='FROM alpine\nENTRYPOINT ["a"] b\n',
    ),
    KnownDifference(
        name="a blank behind <<",
        peer=ASOTTILE,
        reason="Its BuildKit reads `<< EOF` as two words; today's joins them, so that a heredoc begins.",
        explains=wants_heredoc_words_unbroken,
        sample="FROM alpine\nRUN cat << EOF\nx\nEOF\n",
    ),
    KnownDifference(
        name="blanks at the ends of a line",
        peer=E2B,
        reason="Our `line` is trimmed, as the builders print it; theirs is the joined line as it stands.",
        explains=keeps_blanks_at_the_ends,
        sample="FROM alpine \n",
    ),
    KnownDifference(
        name="unknown keywords",
        peer=E2B,
        reason="It refuses an unknown keyword in the line parser; the builders let it through to the second layer.",
        explains=refuses_unknown_keywords_at_once,
        sample="FROM alpine\nFOO bar\n",
    ),
    KnownDifference(
        name="no instructions",
        peer=E2B,
        reason="A file without instructions is an empty one to it; the builders refuse it.",
        explains=accepts_a_file_without_instructions,
        sample="# nothing\n",
    ),
    KnownDifference(
        name="words of an error",
        peer=E2B,
        reason="It says in its own words that an array holds something else than strings.",
        explains=says_it_otherwise,
        sample="FROM alpine\nCMD [1]\n",
    ),
    KnownDifference(
        name="quotes in an error",
        peer=E2B,
        reason='BuildKit quotes the word at fault as Go does, `"` and all; it puts quotes around it.',
        explains=quotes_nothing_in_errors,
        sample="FROM alpine\nENV A=1 'b\"'\n",
    ),
    KnownDifference(
        name="quotes in paths",
        peer=E2B,
        reason="It keeps a quoted path with blanks together; BuildKit cuts the paths of COPY and ADD at every blank.",
        explains=cuts_paths_at_quotes,
        sample='FROM alpine\nCOPY "a b" c\n',
    ),
    KnownDifference(
        name="heredocs of triggers",
        peer=E2B,
        reason="It reads nothing behind ONBUILD, so that a body becomes instructions.",
        explains=knows_no_heredocs_of_triggers,
        sample="FROM alpine\nONBUILD RUN <<RUN\nRUN x\nRUN\n",
    ),
    KnownDifference(
        name="flags by characters",
        peer=E2B,
        reason="BuildKit cuts flags off byte by byte, and a byte may look like a blank; it sees characters.",
        explains=reads_flags_by_characters,
        sample="FROM alpine\nRUN --network=n\u00e0ne x\n",
    ),
)
