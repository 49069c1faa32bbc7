"""Instructions that change the image config, and `WORKDIR`, as BuildKit plans them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stagegraph.errors import Complaint
from stagegraph.planning.copying import owner_of
from stagegraph.planning.descriptions import describe_directory
from stagegraph.planning.drafts import StageDraft
from stagegraph.planning.vertices import StepKind
from stagegraph.stages.global_args import SBOM_NAMES
from stagegraph.stages.resolved import ResolvedInstruction
from stagegraph.syntax.instructions import (
    Arg,
    Cmd,
    Entrypoint,
    Env,
    Expose,
    Healthcheck,
    Label,
    Maintainer,
    OnBuild,
    Shell,
    StopSignal,
    User,
    Volume,
    Workdir,
)
from stagegraph.values.paths import clean, normalise_workdir
from stagegraph.values.ports import parse_ports
from stagegraph.values.signals import check_signal
from stagegraph.words import split_words

Dispatch = Callable[[StageDraft, ResolvedInstruction], None]


def dispatch_env(draft: StageDraft, resolved: ResolvedInstruction) -> None:
    """`ENV`: every pair is expanded before any is set."""
    env: Env = resolved.instruction  # type: ignore[assignment]
    expand = draft.expander(resolved)
    pairs = [(expand(pair.name), expand(pair.value)) for pair in env.pairs]
    if draft.checks is not None:
        draft.checks.pairs(resolved, env.pairs, pairs)
    for name, value in pairs:
        draft.environment = draft.environment.assign(name, value)
        draft.config.set_variable(name, value)


def dispatch_label(draft: StageDraft, resolved: ResolvedInstruction) -> None:
    """`LABEL`."""
    label: Label = resolved.instruction  # type: ignore[assignment]
    expand = draft.expander(resolved)
    pairs = {expand(pair.name): expand(pair.value) for pair in label.pairs}
    if draft.checks is not None:
        draft.checks.pairs(resolved, label.pairs, ())
    draft.config.update("Labels", pairs)


def dispatch_arg(
    draft: StageDraft, resolved: ResolvedInstruction, global_args: Mapping[str, str], build_args: Mapping[str, str]
) -> None:
    """`ARG`, one argument after the other: build argument, else default, else global argument."""
    arg: Arg = resolved.instruction  # type: ignore[assignment]
    for argument in arg.declared:
        if draft.checks is not None:
            draft.checks.secret_name(resolved, argument.name)
        value = build_args.get(argument.name)
        if value is None and argument.default is not None:
            value = draft.expander(resolved)(argument.default)
        elif value is None:
            value = global_args.get(argument.name)
        if value is not None and argument.name not in SBOM_NAMES:
            draft.environment = draft.environment.assign(argument.name, value)
        draft.args = (*draft.args, argument.name)


def dispatch_workdir(draft: StageDraft, resolved: ResolvedInstruction) -> None:
    """`WORKDIR`: a directory is made, unless it is the root."""
    workdir: Workdir = resolved.instruction  # type: ignore[assignment]
    path = draft.expander(resolved)(workdir.value)
    if draft.checks is not None:
        draft.checks.relative_workdir(resolved, path, draft)
    draft.has_workdir = True
    try:
        enter_directory(draft, path)
    except Complaint as complaint:
        raise Complaint(f"normalizing workdir: {complaint.message}") from None
    if draft.directory == "/":
        return
    inputs = (draft.top,) if draft.top is not None else ()
    key = ("mkdir", clean(draft.directory), 0o755, owner_of(draft.config.text("User")), draft.top is None)
    name = draft.numbered(draft.shown(workdir.line), resolved.trigger)
    describe = (describe_directory, draft.directory, draft.user, draft.top)
    draft.top = draft.vertex(StepKind.WORKDIR, name, key, inputs, resolved, describe)


def enter_directory(draft: StageDraft, path: str) -> None:
    """Makes `path` the working directory, as the image and the steps know it."""
    directory = normalise_workdir(draft.config.text("WorkingDir"), path, draft.platform.os)
    draft.config.set("WorkingDir", directory)
    draft.directory = directory.replace("\\", "/") if draft.platform.os == "windows" else directory


def dispatch_user(draft: StageDraft, resolved: ResolvedInstruction) -> None:
    """`USER`."""
    user: User = resolved.instruction  # type: ignore[assignment]
    draft.config.set("User", draft.expander(resolved)(user.value))


def dispatch_cmd(draft: StageDraft, resolved: ResolvedInstruction) -> None:
    """`CMD`."""
    cmd: Cmd = resolved.instruction  # type: ignore[assignment]
    if draft.checks is not None:
        draft.checks.said_once(resolved, draft)
        draft.checks.shell_form(resolved, draft)
    draft.config.set("Cmd", _command(draft, cmd))
    draft.config.set("ArgsEscaped", True)
    draft.has_cmd = True


def dispatch_entrypoint(draft: StageDraft, resolved: ResolvedInstruction) -> None:
    """`ENTRYPOINT`: forgets the `CMD` of a base, not one of this stage."""
    entrypoint: Entrypoint = resolved.instruction  # type: ignore[assignment]
    if draft.checks is not None:
        draft.checks.said_once(resolved, draft)
        draft.checks.shell_form(resolved, draft)
    draft.config.set("Entrypoint", _command(draft, entrypoint))
    if not draft.has_cmd:
        draft.config.clear("Cmd")


def _command(draft: StageDraft, instruction: Cmd | Entrypoint) -> list[str]:
    words = list(instruction.command)
    return words if instruction.exec_form else list(draft.config.in_shell(" ".join(words)))


def dispatch_shell(draft: StageDraft, resolved: ResolvedInstruction) -> None:
    """`SHELL`."""
    shell: Shell = resolved.instruction  # type: ignore[assignment]
    draft.config.set("Shell", list(shell.command))


def dispatch_healthcheck(draft: StageDraft, resolved: ResolvedInstruction) -> None:
    """`HEALTHCHECK`."""
    healthcheck: Healthcheck = resolved.instruction  # type: ignore[assignment]
    if draft.checks is not None:
        draft.checks.said_once(resolved, draft)
    members: dict[str, object] = {"Test": list(healthcheck.test)}
    if healthcheck.kind != "NONE":
        members |= {
            "Interval": healthcheck.duration("interval"),
            "Timeout": healthcheck.duration("timeout"),
            "StartPeriod": healthcheck.duration("start-period"),
            "StartInterval": healthcheck.duration("start-interval"),
            "Retries": healthcheck.retries,
        }
    draft.config.set("Healthcheck", {name: value for name, value in members.items() if value})


def dispatch_expose(draft: StageDraft, resolved: ResolvedInstruction) -> None:
    """`EXPOSE`: a variable may hold several ports."""
    expose: Expose = resolved.instruction  # type: ignore[assignment]
    words = [word for port in expose.ports for word in split_words(port, draft.environment, draft.escape)]
    ports = parse_ports(words)
    if draft.checks is not None:
        draft.checks.ports(resolved, ports)
    draft.config.update("ExposedPorts", {port: {} for port in ports})


def dispatch_volume(draft: StageDraft, resolved: ResolvedInstruction) -> None:
    """`VOLUME`."""
    volume: Volume = resolved.instruction  # type: ignore[assignment]
    paths = [draft.expander(resolved)(path) for path in volume.paths]
    if not all(paths):
        raise Complaint("VOLUME specified can not be an empty string")
    draft.config.update("Volumes", {path: {} for path in paths})


def dispatch_stop_signal(draft: StageDraft, resolved: ResolvedInstruction) -> None:
    """`STOPSIGNAL`."""
    stop_signal: StopSignal = resolved.instruction  # type: ignore[assignment]
    signal = draft.expander(resolved)(stop_signal.value)
    check_signal(signal)
    draft.config.set("StopSignal", signal)


def dispatch_onbuild(draft: StageDraft, resolved: ResolvedInstruction) -> None:
    """`ONBUILD`: recorded, for those who build upon the image."""
    onbuild: OnBuild = resolved.instruction  # type: ignore[assignment]
    draft.config.extend("OnBuild", onbuild.expression)


def dispatch_maintainer(draft: StageDraft, resolved: ResolvedInstruction) -> None:
    """`MAINTAINER`: the author of the image, which is no part of its config."""


DISPATCH: dict[type, Dispatch] = {
    Cmd: dispatch_cmd,
    Entrypoint: dispatch_entrypoint,
    Env: dispatch_env,
    Expose: dispatch_expose,
    Healthcheck: dispatch_healthcheck,
    Label: dispatch_label,
    Maintainer: dispatch_maintainer,
    OnBuild: dispatch_onbuild,
    Shell: dispatch_shell,
    StopSignal: dispatch_stop_signal,
    User: dispatch_user,
    Volume: dispatch_volume,
    Workdir: dispatch_workdir,
}
