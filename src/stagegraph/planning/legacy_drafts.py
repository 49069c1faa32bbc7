"""A stage while the legacy builder works at it: what its next instruction starts from."""

from __future__ import annotations

from stagegraph.budget import Budget
from stagegraph.planning.configs import ConfigDraft
from stagegraph.planning.drafts import StageDraft
from stagegraph.planning.environments import Environment
from stagegraph.platforms import Platform
from stagegraph.stages.global_args import PROXY_NAMES
from stagegraph.stages.legacy import MetaArgs
from stagegraph.stages.resolved import ResolvedStage


class LegacyDraft(StageDraft):
    """A stage while the legacy builder works at it; `environment` is what its words see.

    Build arguments are seen only where the image has no variable of the name.
    """

    def __init__(self, stage: ResolvedStage, config: ConfigDraft, meta: MetaArgs, budget: Budget) -> None:
        super().__init__(stage, None, Environment(), config, stage.platform or Platform("linux", "amd64"), budget)
        self._meta = meta
        self._declared: dict[str, str | None] = {}
        self.environment = self.environment.assign_all(config.environment)
        self._own = set(self.environment)
        for name in PROXY_NAMES:
            self._show(name)

    def declare(self, name: str, default: str | None) -> None:
        """`ARG name=default`, with the words expanded."""
        self._declared[name] = default
        self._show(name)

    def set_variable(self, name: str, value: str) -> None:
        """`ENV name=value`."""
        self._own.add(name)
        self.environment = self.environment.assign(name, value)
        self.config.set_variable(name, value)

    def _show(self, name: str) -> None:
        """Makes a build argument visible, or invisible where it has no value."""
        if name in self._own:
            return
        value = self._meta.build_args.get(name, self._declared.get(name))
        if value is None:
            value = self._meta.defaults.get(name)
        if value is None:
            self.environment = self.environment.withdraw(name)
        else:
            self.environment = self.environment.assign(name, value)
