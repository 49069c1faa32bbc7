"""The files of an image that are known, and the steps that made them."""

from __future__ import annotations

from collections.abc import Sequence

from stagegraph.backends.events import ImageFile, ImageFiles
from stagegraph.planning.plan import Plan
from stagegraph.rendering.plain.layout import columns, text_of
from stagegraph.rendering.spelling import visible

_UNKNOWN = "?"


def files_text(files: ImageFiles, plan: Plan) -> str:
    """A table of the files, then what else there may be."""
    heading = ("MODE", "OWNER", "SIZE", "STEPS", "PATH")
    rows = columns([heading, *(_row(file) for file in files.known)], right=(2,))
    return text_of([*(rows if files.known else ["no file is known"]), *_others(files.others, plan)])


def _row(file: ImageFile) -> tuple[str, ...]:
    target = f" -> {file.target}" if file.target is not None else ""
    ending = "/" if file.kind == "folder" else ""
    return (
        f"{file.mode:04o}" if file.mode is not None else _UNKNOWN if file.kind == "unknown" else "-",
        file.owner or _UNKNOWN,
        str(file.size) if file.size is not None else _UNKNOWN if file.kind == "unknown" else "-",
        _steps(file),
        visible(f"{file.path}{ending}{target}"),
    )


def _steps(file: ImageFile) -> str:
    """`4,7`, and in brackets what may have changed it since."""
    made = ",".join(map(str, file.steps))
    return f"{made} ({','.join(map(str, file.uncertain))}?)" if file.uncertain else made


def _others(steps: Sequence[int], plan: Plan) -> list[str]:
    """What may have made more files."""
    names = {step.id: step.name for step in plan.steps}
    lines = [f"  {step}  {visible(names[step])}" for step in steps if step in names]
    return ["", "More may have been made or changed by", *lines] if lines else []
