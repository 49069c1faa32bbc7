"""The files of an image that are known, and the steps that made them."""

from __future__ import annotations

from stagegraph.backends.events import ImageFile, ImageFiles
from stagegraph.planning.plan import Plan
from stagegraph.rendering.plain.layout import columns, section, text_of
from stagegraph.rendering.spelling import visible

_UNKNOWN = "?"


def files_text(files: ImageFiles, plan: Plan) -> str:
    """A table of the files, and the steps that are named in it."""
    heading = ("MODE", "OWNER", "SIZE", "STEPS", "PATH")
    rows = (
        columns([heading, *(_row(file) for file in files.known)], right=(2,)) if files.known else ["no file is known"]
    )
    others = ", ".join(map(str, files.others))
    more = ["", f"More may have been made or changed by {others}"] if files.others else []
    named = {step for file in files.known for step in (*file.steps, *file.uncertain)} | {*files.others}
    steps = columns([(str(step.id), visible(step.name)) for step in plan.steps if step.id in named], right=(0,))
    return text_of([*rows, *more, *section("Steps", steps)])


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
