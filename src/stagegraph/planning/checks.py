"""The build checks that BuildKit makes while it puts stages together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from stagegraph.checks import Checks
from stagegraph.quoting import go_quote
from stagegraph.source import Span
from stagegraph.stages.global_args import SBOM_NAMES
from stagegraph.stages.resolved import ResolvedInstruction
from stagegraph.suggestions import nearest
from stagegraph.syntax.instructions import Cmd, Entrypoint
from stagegraph.syntax.nodes import Dockerfile
from stagegraph.syntax.pairs import Pair
from stagegraph.values.paths import clean, is_absolute
from stagegraph.values.ports import PortList
from stagegraph.values.secret_names import sounds_secret

if TYPE_CHECKING:
    from stagegraph.dockerignore import DockerIgnore
    from stagegraph.planning.drafts import StageDraft


class PlanningChecks:
    """Makes the checks, and hands what they find to the `Checks` of the file."""

    def __init__(self, checks: Checks, dockerfile: Dockerfile, ignored: DockerIgnore | None = None) -> None:
        """Checks of `dockerfile`, whose build context leaves out what is `ignored`."""
        self._checks = checks
        self._dockerfile = dockerfile
        self._ignored = ignored

    def undefined_variables(self, resolved: ResolvedInstruction, names: Iterable[str], known: Iterable[str]) -> None:
        """Variables that an instruction uses and nobody has set."""
        options = tuple(known)
        for name in sorted(names):
            if name not in SBOM_NAMES:
                meant = nearest(name, options)
                suffix = f" (did you mean ${meant}?)" if meant else ""
                self._report(resolved, "UndefinedVar", f"Usage of undefined variable '${name}'{suffix}")

    def pairs(
        self, resolved: ResolvedInstruction, written: Sequence[Pair], expanded: Sequence[tuple[str, str]]
    ) -> None:
        """The old form with a blank, and (for ENV) names that sound secret."""
        keyword = resolved.instruction.keyword
        for place, pair in enumerate(written):
            if not pair.separator:
                message = f'"{keyword} key=value" should be used instead of legacy "{keyword} key value" format'
                self._report(resolved, "LegacyKeyValueFormat", message)
            if expanded:
                self.secret_name(resolved, expanded[place][0])

    def secret_name(self, resolved: ResolvedInstruction, name: str) -> None:
        """A name that sounds secret, in `ARG` or `ENV`."""
        if sounds_secret(name):
            keyword = resolved.instruction.name
            message = f"Do not use ARG or ENV instructions for sensitive data ({keyword} {go_quote(name)})"
            self._report(resolved, "SecretsUsedInArgOrEnv", message)

    def relative_workdir(self, resolved: ResolvedInstruction, path: str, draft: StageDraft) -> None:
        """A relative path before any absolute one."""
        if not draft.has_workdir and not is_absolute(path, draft.platform.os):
            message = f"Relative workdir {go_quote(path)} can have unexpected results if the base image changes"
            self._report(resolved, "WorkdirRelativePath", message)

    def said_once(self, resolved: ResolvedInstruction, draft: StageDraft) -> None:
        """An instruction of which only the last in a stage counts; reported at the one before."""
        name = resolved.instruction.name
        if name in draft.said:
            message = (
                f"Multiple {resolved.instruction.keyword} instructions should not be used in the same stage "
                "because only the last one will be used"
            )
            self._report(resolved, "MultipleInstructionsDisallowed", message, draft.said[name])
        draft.said[name] = resolved.span

    def shell_form(self, resolved: ResolvedInstruction, draft: StageDraft) -> None:
        """A command in shell form, where no shell was chosen."""
        instruction = resolved.instruction
        assert isinstance(instruction, Cmd | Entrypoint)
        if not instruction.exec_form and not draft.config.texts("Shell"):
            message = (
                f"JSON arguments recommended for {instruction.keyword} to prevent unintended behavior "
                "related to OS signals"
            )
            self._report(resolved, "JSONArgsRecommended", message)

    def ignored_source(self, resolved: ResolvedInstruction, path: str) -> None:
        """A path of the build context that `.dockerignore` leaves out; not where exceptions may bring it back."""
        if self._ignored is None or resolved.sources or self._ignored.has_exceptions:
            return
        path = clean(path)
        if path in (".", "/") and not self._ignored.excludes_everything:
            return
        if self._ignored.excludes(path):
            verb = resolved.instruction.name.capitalize()
            message = f"Attempting to {verb} file {go_quote(path)} that is excluded by .dockerignore"
            self._report(resolved, "CopyIgnoredFile", message)

    def ports(self, resolved: ResolvedInstruction, ports: PortList) -> None:
        """Protocols in capitals, and ports of the host."""
        for port in ports.ranges:
            if port.has_odd_protocol_case:
                message = f"Defined protocol '{port.word}' in EXPOSE instruction should be lowercase"
                self._report(resolved, "ExposeProtoCasing", message)
            if port.has_host_part:
                message = (
                    f"EXPOSE instruction should not define an IP address or host-port mapping, found '{port.word}'"
                )
                self._report(resolved, "ExposeInvalidFormat", message)

    def _report(self, resolved: ResolvedInstruction, rule: str, message: str, span: Span | None = None) -> None:
        comments = () if resolved.trigger else self._dockerfile.comments_of(resolved.instruction)
        self._checks.report(rule, message, span or resolved.span, comments)
