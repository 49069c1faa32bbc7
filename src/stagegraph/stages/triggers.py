"""`ONBUILD` triggers: the text that a base records, read as an instruction of its child."""

from __future__ import annotations

from stagegraph.errors import Complaint, StageGraphError
from stagegraph.source import SourceFile
from stagegraph.syntax.instructions import From, Instruction
from stagegraph.syntax.parsing import parse_source


def read_trigger(text: str) -> Instruction:
    """The one instruction that a trigger is.

    A trigger is a small Dockerfile of its own: it has the default escape character, whatever
    the file says that it came from.

    Raises:
        Complaint: it is no instruction, or not one alone.
    """
    try:
        instructions = parse_source(SourceFile(text)).instructions
    except StageGraphError as error:
        raise Complaint(error.message, suggestion=error.suggestion) from None
    if len(instructions) != 1:
        raise Complaint("onbuild trigger should be a single expression")
    instruction = instructions[0]
    instruction.check()
    if isinstance(instruction, From):
        raise Complaint("*instructions.Stage is not a command type")
    return instruction
