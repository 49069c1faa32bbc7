"""`stagegraph build`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

import stagegraph
from stagegraph.backends.events import Event, OutputLine, PlanFinished
from stagegraph.backends.protocol import Backend, KnowsImages
from stagegraph.backends.timings import Timings
from stagegraph.cli.building import shown
from stagegraph.cli.exit_codes import ExitCode
from stagegraph.cli.options import BUILDER, TARGET, format_option, takes_build
from stagegraph.cli.output import Output, reporting_unwritable
from stagegraph.cli.request import Request
from stagegraph.rendering.builds.failures import Failures
from stagegraph.rendering.builds.files import files_text
from stagegraph.rendering.builds.timings import differences_text, timings_text

if TYPE_CHECKING:
    from stagegraph.planning.plan import Plan


@click.command("build")
@click.argument("context", metavar="[CONTEXT]", default=".")
@click.option("-t", "--tag", "tags", metavar="NAME", multiple=True, help="A name for the image. Repeatable.")
@TARGET
@BUILDER
@click.option(
    "--backend", metavar="NAME", default="simulate", show_default=True, help="What carries the plan out, by its name."
)
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="How many steps or stages may run together.")
@click.option(
    "--network",
    type=click.Choice(["default", "none", "host"]),
    default="default",
    show_default=True,
    help="The network of RUN.",
)
@click.option("--no-cache", is_flag=True, help="Run every step, whatever was built before.")
@click.option("--keep", is_flag=True, help="Leave behind what is made on the way: images of stages, containers.")
@click.option("--files", is_flag=True, help="List the files of the image that are known, and the steps that made them.")
@click.option(
    "--timings",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write when each step was at work, as JSON, and tell what the build waited for.",
)
@click.option("--builder-instance", "instance", metavar="NAME", help="The buildx builder, where BuildKit builds.")
@format_option("text", "json")
@takes_build
def command(
    request: Request,
    output: Output,
    context: str,
    tags: Sequence[str],
    backend: str,
    jobs: int | None,
    network: str,
    timings: Path | None,
    instance: str | None,
    format_: str,
    *,
    no_cache: bool,
    keep: bool,
    files: bool,
) -> None:
    """Carry out the plan: simulate it, or run it on an engine.

    CONTEXT is the directory of the build context, the current one if absent. Without --file, the
    Dockerfile is the one in CONTEXT.
    """
    if request.file is None:
        request = attrs.evolve(request, file=str(Path(context) / "Dockerfile"))
    chosen = stagegraph.find_backend(backend)
    plan = _plan(request, chosen)
    events = stagegraph.run(
        plan,
        backend=chosen,
        context=context,
        dockerfile=request.path,
        tag=tags,
        jobs=jobs,
        network=network,
        no_cache=no_cache,
        keep=keep,
        instance=instance,
    )
    told: list[Event] = []
    try:
        finished = _watch(plan, _noted(events, told), backend, request, output, format_)
    finally:
        if timings is not None:
            _write_timings(Timings.of(plan, told), timings, output, format_)
    if files and finished.image is not None and finished.image.files is not None and format_ == "text":
        output.write(f"\n{files_text(finished.image.files, plan)}")


def _noted(events: Iterator[Event], told: list[Event]) -> Iterator[Event]:
    """The events, which are also kept; output is not."""
    with closing(events):  # type: ignore[type-var]  # run gives a generator
        for event in events:
            if not isinstance(event, OutputLine):
                told.append(event)
            yield event


def _write_timings(timings: Timings, path: Path, output: Output, format_: str) -> None:
    """Writes the timings, and tells of them."""
    with reporting_unwritable(path):
        path.write_text(json.dumps(timings.to_dict(), indent=2) + "\n", encoding="ascii")
    if format_ == "text":
        output.write(timings_text(timings))


def _plan(request: Request, backend: Backend) -> Plan:
    """The plan, made with the image configs that the backend knows; those given on the command line come first."""
    options = request.options.copy()
    given = options.get("images")
    if isinstance(backend, KnowsImages) and isinstance(given, Mapping):
        known = backend.image_config
        options["images"] = lambda reference: given.get(reference) or known(reference)
    return stagegraph.plan(request.content, builder=request.builder, **options)


def _watch(
    plan: Plan, events: Iterator[Event], backend: str, request: Request, output: Output, format_: str
) -> PlanFinished:
    """Shows events as they come; says on standard error what failed, and ends the process then."""
    failures = Failures(plan, request.file_name)
    last: Event | None = None
    with closing(events), shown(plan, backend, format_, output) as show:  # type: ignore[type-var]  # run gives a generator
        for last in events:
            failures.note(last)
            show(last)
    if failures.text:
        click.echo(failures.text, err=True, nl=False)
        raise click.exceptions.Exit(ExitCode.FAILED)
    assert isinstance(last, PlanFinished)
    click.echo(differences_text(last), err=True, nl=False)
    return last
