"""What is outside the file: images and named contexts that stages stand upon or read (`resolveStages`)."""

from __future__ import annotations

from stagegraph.errors import Complaint, ResolutionError
from stagegraph.quoting import go_quote
from stagegraph.source import SourceFile
from stagegraph.stages.buildkit_states import State
from stagegraph.stages.contexts import NamedContexts, load_context
from stagegraph.stages.image_configs import empty_image_config, image_config
from stagegraph.stages.options import BuildOptions
from stagegraph.stages.references import EMPTY_IMAGE_NAME, SCRATCH, image_reference
from stagegraph.stages.resolution_checks import ResolutionChecks


class Bases:
    """Finds out what bases are; `loads` are the progress lines of what has to be loaded for that."""

    def __init__(
        self,
        options: BuildOptions,
        contexts: NamedContexts,
        checks: ResolutionChecks | None,
        source: SourceFile | None,
    ) -> None:
        self.loads: dict[str, None] = {}
        self._options = options
        self._contexts = contexts
        self._checks = checks
        self._source = source

    def resolve(self, state: State, needed: bool) -> None:
        """Finds out what a base outside the file is (`resolveBaseImage`).

        Outside of what is needed only the name is looked at. What an instruction names outside
        the file is looked at once, needed or not.

        Raises:
            ResolutionError: it is no image name, or its context is none.
        """
        state.settled = needed or state.stage is None
        wanted = self._options.platform
        if state.base_text == EMPTY_IMAGE_NAME and state.replaced_by is None:
            state.image, state.platform = empty_image_config(wanted), wanted
            return
        try:
            image = image_reference(state.base_text)
        except Complaint as complaint:
            complaint = Complaint(f"failed to parse stage name {go_quote(state.base_text)}: {complaint.message}")
            raise ResolutionError.of(complaint, self._source, state.span) from None
        state.reference, name = image, image.name
        if needed and self._replace_by_context(state, name):
            return
        # A base that is looked at again goes by its normalised name.
        shown, state.shown_base = state.shown_base or state.base_text, name
        state.platform = state.platform or wanted
        if needed:
            platforms = f"{state.platform.full_text} " if self._options.several_platforms else ""
            self.loads[f"[{platforms}internal] load metadata for {name}"] = None
            state.image = image_config(name, self._options.images)
            if not state.image.has_layers:
                state.reference = SCRATCH
                return
            if self._checks is not None:
                self._checks.base_platform(state.span, shown, state.platform, state.image.platform)
        if state.step_total:
            state.steps_taken += 1
        state.base_step_total = state.step_total

    def _replace_by_context(self, state: State, name: str) -> bool:
        """Puts a named context in the place of a stage or of a base, if there is one."""
        platform = state.platform or self._options.platform
        context = state.replaced_by or self._contexts.find(name, platform)
        if context is None:
            return False
        try:
            loaded = load_context(context, self._options.images)
        except Complaint as complaint:
            raise ResolutionError.of(complaint, self._source, state.span) from None
        self.loads.update(dict.fromkeys(loaded.loads))
        state.reference = context
        if state.replaced_by is None:
            state.platform = platform
            state.image = loaded.image or empty_image_config(platform)
        else:
            state.image = loaded.image
            if loaded.image is not None and loaded.image.platform.os and loaded.image.platform.architecture:
                state.platform = loaded.image.platform
        return True
