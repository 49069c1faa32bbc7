"""What stagegraph makes of a golden case, as text; run by itself, it writes the expected files anew.

    python tests/golden/regenerate.py [CASE ...]

A case is a folder with a `Dockerfile` and, if the build has options, an `options.json`. See `README.md`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import stagegraph
from stagegraph.errors import Complaint
from stagegraph.stages.references import (
    BuildContext,
    ImageReference,
    NamedContext,
    Reference,
    Scratch,
    StageReference,
    Unresolved,
)
from stagegraph.stages.resolved import ResolvedInstruction, ResolvedStage
from stagegraph.syntax.instructions import Instruction
from stagegraph.syntax.nodes import Node

HERE = Path(__file__).parent
GIVEN = {"Dockerfile", "options.json"}
BUILDERS = ("buildkit", "legacy")
# What each instruction says once it is read; only what differs from nothing is shown.
MEANINGS = {
    "ADD": (
        *("sources", "inline_files", "destination", "chown", "chmod", "link", "excludes"),
        *("checksum", "unpack", "keep_git_dir"),
    ),
    "ARG": ("declared",),
    "CMD": ("exec_form", "command"),
    "COPY": ("from_", "sources", "inline_files", "destination", "chown", "chmod", "link", "parents", "excludes"),
    "ENTRYPOINT": ("exec_form", "command"),
    "ENV": ("pairs",),
    "EXPOSE": ("ports",),
    "FROM": ("image", "stage_name", "platform"),
    "HEALTHCHECK": ("kind", "test", "retries"),
    "LABEL": ("pairs",),
    "MAINTAINER": ("value",),
    "ONBUILD": ("expression", "trigger"),
    "RUN": ("exec_form", "command", "mount_sources", "mounts", "network", "security"),
    "SHELL": ("exec_form", "command"),
    "STOPSIGNAL": ("value",),
    "USER": ("value",),
    "VOLUME": ("paths",),
    "WORKDIR": ("value",),
}
NOTHING = ("", (), None, False, "default", "sandbox")


def cases() -> list[Path]:
    """The folders of the cases."""
    return sorted(path.parent for path in HERE.glob("*/Dockerfile"))


def files_of(case: Path) -> dict[str, str]:
    """Every expected file of a case: its name and what stands in it."""
    options = options_of(case)
    found = {"tree.txt": tree(case / "Dockerfile")}
    stages = []
    for builder in BUILDERS:
        try:
            graph = stagegraph.graph(case / "Dockerfile", builder=builder, **options)
        except stagegraph.StageGraphError:
            stages.append(f"{builder}\n  error\n")
        else:
            stages.append(f"{builder}, target {graph.target.display_name}\n" + stages_of(graph))
            if builder == "buildkit":
                found["graph.dot"] = graph.to_dot()
        try:
            plan = stagegraph.plan(case / "Dockerfile", builder=builder, **options)
        except stagegraph.StageGraphError as error:
            found[f"error.{builder}.txt"] = lines(error_lines(error))
        else:
            found[f"plan.{builder}.txt"] = lines(plan_lines(plan))
    found["stages.txt"] = "\n".join(stages)
    return found


def options_of(case: Path) -> dict[str, Any]:
    """The keywords of `plan` that the case gives."""
    path = case / "options.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


# -- the tree ------------------------------------------------------------------------------------


def tree(path: Path) -> str:
    """The nodes of a file, each with its lines and its characters, and what is wrong with them."""
    dockerfile = stagegraph.parse(path, tolerant=True)
    found = [f"escape {dockerfile.escape}"]
    for node in dockerfile.nodes:
        found += node_lines(node)
    found += [f"problem {line}" for problem in dockerfile.problems for line in error_lines(problem)[:1]]
    return lines(found)


def node_lines(node: Node) -> list[str]:
    span = node.span
    assert span is not None
    place = f"{span.first_line}-{span.last_line} [{span.start}:{span.end})"
    if isinstance(node, Instruction):
        return [f"{place} {type(node).__name__}", *instruction_lines(node, "    ")]
    if isinstance(node, stagegraph.Directive):
        return [f"{place} Directive {node.name} = {node.value!r}"]
    return [f"{place} {type(node).__name__} {node.text!r}"]


def instruction_lines(instruction: Instruction, indent: str) -> Iterator[str]:
    yield f"{indent}written: {instruction.keyword!r} {instruction.flags!r} {instruction.arguments!r}"
    for heredoc in instruction.heredocs:
        yield f"{indent}heredoc: {heredoc!r}"
    if instruction.name not in MEANINGS:
        return
    try:
        instruction.check()
        meanings = [(name, meaning(instruction, name)) for name in MEANINGS[instruction.name]]
    except Complaint as complaint:
        yield f"{indent}refused: {complaint.message}"
        return
    for name, value in meanings:
        if isinstance(value, Instruction):
            yield f"{indent}{name}: {type(value).__name__}"
            yield from instruction_lines(value, indent + "    ")
        elif isinstance(value, tuple) and value and not isinstance(value[0], str):
            yield from (f"{indent}{name}: {one!r}" for one in value)
        elif value not in NOTHING:
            yield f"{indent}{name}: {value!r}"


def meaning(instruction: Instruction, name: str) -> object:
    value = getattr(instruction, name)
    return value() if callable(value) else value


# -- the stages ----------------------------------------------------------------------------------


def stages_of(graph: stagegraph.StageGraph) -> str:
    """The stages, each with what its names mean."""
    return lines(line for stage in graph.resolved.stages for line in stage_lines(stage))


def stage_lines(resolved: ResolvedStage) -> Iterator[str]:
    stage = resolved.stage
    notes = [] if resolved.reached else ["not needed"]
    if resolved.replaced_by is not None:
        notes.append(f"replaced by the named context {resolved.replaced_by.key}")
    if resolved.fault is not None:
        notes.append(f"fault: {resolved.fault.message}")
    suffix = f" ({', '.join(notes)})" if notes else ""
    yield f"  {stage.index} {stage.display_name}: {resolved.base_text} = {shown(resolved.base)}{suffix}"
    if resolved.platform is not None:
        yield f"      platform {resolved.platform.text}"
    yield from (f"      {resolved_line(one)}" for one in resolved.instructions)


def resolved_line(resolved: ResolvedInstruction) -> str:
    instruction = resolved.instruction
    place = resolved.span.first_line if resolved.span is not None else "-"
    trigger = "trigger " if resolved.trigger else ""
    reads = ", ".join(map(shown, resolved.sources))
    return f"line {place}: {trigger}{instruction.name}" + (f" reads {reads}" if reads else "")


def shown(reference: Reference) -> str:
    match reference:
        case StageReference(index):
            return f"stage {index}"
        case ImageReference(name):
            return f"image {name}"
        case NamedContext(key, value):
            return f"named context {key} ({value})"
        case BuildContext():
            return "the build context"
        case Scratch():
            return "scratch"
        case Unresolved(message):
            return f"unresolved: {message}"
    raise TypeError(reference)


# -- the plan ------------------------------------------------------------------------------------


def plan_lines(plan: stagegraph.Plan) -> Iterator[str]:
    yield f"target {plan.target.display_name}"
    yield f"frontend {plan.frontend or 'built in'}"
    yield from section("loads", plan.loads)
    yield from section("steps", map(step_line, plan.steps))
    yield f"result {plan.result}"
    yield from section("config", (f"{name} {json.dumps(value)}" for name, value in plan.config.items()))
    yield from section("stages", map(reason_line, plan.stages))
    yield from section("warnings", (f"{one.rule}, line {one.line}: {one.message}" for one in plan.warnings))


def section(title: str, entries: Iterable[str]) -> Iterator[str]:
    yield title
    yield from (f"  {entry}" for entry in entries)


def step_line(step: stagegraph.Step) -> str:
    place = "-".join(map(str, step.lines)) if step.lines else "none"
    stage = "none" if step.stage is None else step.stage
    reads = f" <- {', '.join(map(str, step.inputs))}" if step.inputs else ""
    return f"{step.id} ({step.kind.value}, stage {stage}, lines {place}) {step.name}{reads}"


def reason_line(planned: stagegraph.PlannedStage) -> str:
    edge = planned.edge
    because = f" ({edge.kind.value} edge to stage {edge.consumer}, line {edge.line})" if edge else ""
    runs = "runs" if planned.executed else "skipped"
    return f"{planned.stage.index} {planned.stage.display_name}: {runs}, {planned.reason}{because}"


# -- errors and texts ----------------------------------------------------------------------------


def error_lines(error: stagegraph.StageGraphError) -> list[str]:
    """The error as people see it, its class, and the steps before it."""
    found = [*error.render().split("\n"), f"({type(error).__name__})"]
    return found + [f"announced: {step.name}" for step in error.steps]


def lines(entries: Iterable[str]) -> str:
    """One line each, whatever is in them: a file that any editor shows."""
    return "".join(f"{printable(entry)}\n" for entry in entries)


def printable(text: str) -> str:
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text).rstrip()


def regenerate(case: Path, tell: Callable[[str], object]) -> None:
    """Writes the expected files of a case, and removes those that it has no longer."""
    wanted = files_of(case)
    for stale in {path.name for path in case.iterdir()} - GIVEN - wanted.keys():
        (case / stale).unlink()
        tell(f"removed {case.name}/{stale}\n")
    for name, text in wanted.items():
        path = case / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            tell(f"wrote {case.name}/{name}\n")


if __name__ == "__main__":
    for chosen in [HERE / name for name in sys.argv[1:]] or cases():
        regenerate(chosen, sys.stdout.write)
