"""Drafts → declared targets: `inherits` followed, defaults put in, paths made absolute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from stagegraph.projects.declared import DeclaredTarget, Field, Place, Unknown
from stagegraph.projects.drafts import Draft, Setting, Settings, all_unknown, merge_settings
from stagegraph.projects.files import Files, absolute
from stagegraph.projects.limits import MAX_DEPTH, MAX_INHERITED
from stagegraph.projects.remote import is_remote

_CWD = "cwd://"
_OWN = frozenset({Field.NAME, Field.MATRIX})
# Bake files that docker/metadata-action writes while a workflow runs, and what they set.
_GENERATED = frozenset({"docker-metadata-action", "ghaction-docker-meta"})
_BY_GENERATED = frozenset({Field.ARGS, Field.LABELS})
_DECIDES_DOCKERFILE = (Field.CONTEXT, Field.DOCKERFILE, Field.INLINE)

Visited = dict[str, Settings | None]


class Resolver:
    """Resolves the drafts of one project, whose paths are seen from `directory`."""

    def __init__(self, drafts: Mapping[str, Draft], directory: Path, files: Files) -> None:
        self._drafts = drafts
        self._directory = directory
        self._files = files
        self._left = MAX_INHERITED

    def resolve(self, draft: Draft) -> tuple[DeclaredTarget, tuple[Unknown, ...]]:
        """The target, and all that is not known of it."""
        settings = self._flattened(draft, {})
        target = self._target(draft, settings)
        return target, tuple(_unknowns(draft, settings, target))

    def _flattened(self, draft: Draft, visited: Visited, depth: int = 0) -> Settings:
        """The settings of a draft over those of all it inherits from, each worked out once for one target.

        What is still being worked out (`None`: a ring of `inherits`) gives nothing, as in bake.
        """
        visited[draft.name] = None
        inherits = draft.settings.get((Field.INHERITS, None))
        settings: Settings = {}
        if inherits is not None and inherits.why is not None:
            settings = _nothing_known(inherits, f"what it inherits is not known: {inherits.why}")
        elif inherits is not None:
            for name in inherits.value:
                base = self._base(name, inherits, visited, depth)
                settings = merge_settings(settings, _handed_down(base, inherits))
        merged = merge_settings(settings, draft.settings)
        result = {place: setting for place, setting in merged.items() if not _is_no_context(place, setting)}
        visited[draft.name] = result
        return result

    def _base(self, name: str, inherits: Setting, visited: Visited, depth: int) -> Settings:
        if name in visited:
            return visited[name] or {}
        if name not in self._drafts:
            why = f"it inherits from {name}, which there is not"
            missing = _nothing_known(inherits, why)
            return {place: one for place, one in missing.items() if name not in _GENERATED or place[0] in _BY_GENERATED}
        self._left -= 1
        if depth >= MAX_DEPTH or self._left < 0:
            return _nothing_known(inherits, "it inherits from too many, a limit of stagegraph")
        return self._flattened(self._drafts[name], visited, depth + 1)

    def _target(self, draft: Draft, settings: Settings) -> DeclaredTarget:
        unknown = frozenset(field for (field, _), setting in settings.items() if setting.why is not None)
        inline = _text(settings, Field.INLINE) or None
        context = None if _is_unknown(settings, Field.CONTEXT) else self._context(_text(settings, Field.CONTEXT))
        return DeclaredTarget(
            name=draft.name,
            origin=draft.origin,
            context=context,
            dockerfile=None if inline else self._dockerfile(settings, context),
            inline=inline,
            stage=_text(settings, Field.TARGET) or None,
            build_args=_known_map(settings, Field.ARGS),
            contexts={name: self._named_context(value) for name, value in _known_map(settings, Field.CONTEXTS).items()},
            platforms=_list(settings, Field.PLATFORMS),
            labels=_known_map(settings, Field.LABELS),
            places=_places(settings),
            variables=_variables(settings),
            unknown=unknown,
        )

    def _context(self, text: str | None) -> str:
        return self._named_context(text or ".")

    def _named_context(self, text: str) -> str:
        local = text.removeprefix(_CWD)
        if local == text and ("://" in text or text.startswith(("target:", "docker-image:")) or is_remote(text)):
            return text
        return str(absolute(self._directory, local or "."))

    def _dockerfile(self, settings: Settings, context: str | None) -> Path | None:
        """Where the Dockerfile is, None if it is not on this disk, or not known."""
        if any(_is_unknown(settings, field) for field in (Field.DOCKERFILE, Field.INLINE)):
            return None
        text = _text(settings, Field.DOCKERFILE) or "Dockerfile"
        if is_remote(text) or text == "-":
            return None
        if text.startswith(_CWD):
            return absolute(self._directory, text.removeprefix(_CWD))
        if Path(text).is_absolute():
            return absolute(self._directory, text)
        if context is None or not Path(context).is_absolute():
            return None
        return self._found(absolute(Path(context), text))

    def _found(self, path: Path) -> Path:
        """`dockerfile` where only that is there: the client falls back to it."""
        lower = path.with_name("dockerfile")
        if path.name == "Dockerfile" and not self._files.is_file(path) and self._files.is_file(lower):
            return lower
        return path


def _nothing_known(inherits: Setting, why: str) -> Settings:
    return all_unknown(attrs.evolve(inherits, value="", why=why))


def _is_no_context(place: tuple[Field, str | None], setting: Setting) -> bool:
    """Whether this is an empty named context, which takes away what it is merged over and then itself."""
    return place[0] is Field.CONTEXTS and setting.value == "" and setting.why is None


def _handed_down(settings: Settings, inherits: Setting) -> dict[tuple[Field, str | None], Setting]:
    return {
        place: attrs.evolve(setting, variables=setting.variables | inherits.variables)
        for place, setting in settings.items()
        if place[0] not in _OWN
    }


def _is_unknown(settings: Settings, field: Field) -> bool:
    setting = settings.get((field, None))
    return setting is not None and setting.why is not None


def _text(settings: Settings, field: Field) -> str | None:
    setting = settings.get((field, None))
    return setting.value if setting is not None and isinstance(setting.value, str) and setting.why is None else None


def _list(settings: Settings, field: Field) -> tuple[str, ...]:
    setting = settings.get((field, None))
    if setting is None or setting.why is not None or isinstance(setting.value, str):
        return ()
    return tuple(dict.fromkeys(filter(None, setting.value)))


def _known_map(settings: Settings, field: Field) -> dict[str, str]:
    return {
        key: setting.value
        for (of, key), setting in settings.items()
        if of is field and key is not None and setting.why is None and isinstance(setting.value, str)
    }


def _places(settings: Settings) -> dict[Field, Place]:
    places: dict[Field, Place] = {}
    for (field, _), setting in settings.items():
        places.setdefault(field, setting.origin)
    return places


def _variables(settings: Settings) -> dict[Field, frozenset[str]]:
    found: dict[Field, frozenset[str]] = {}
    for (field, _), setting in settings.items():
        if setting.variables:
            found[field] = found.get(field, frozenset()) | setting.variables
    return found


def _unknowns(draft: Draft, settings: Settings, target: DeclaredTarget) -> Iterator[Unknown]:
    """What is not known of a target, with the Dockerfile it can concern.

    What makes several fields unknown is said once, of none of them.
    """
    open_dockerfile = target.inline is None and any(_is_unknown(settings, field) for field in _DECIDES_DOCKERFILE)
    unknown = {place: one for place, one in settings.items() if one.why is not None and place[0] is not Field.INHERITS}
    times = Counter((setting.origin, setting.why) for (_, key), setting in unknown.items() if key is None)
    said: set[tuple[Place, str | None]] = set()
    for (field, key), setting in unknown.items():
        reason = (setting.origin, setting.why)
        is_shared = key is None and times[reason] > 1
        if is_shared and reason in said:
            continue
        said.add(reason)
        yield Unknown(
            subject=draft.subject,
            origin=setting.origin,
            reason=setting.why or "",
            field=None if is_shared else field,
            key=key,
            targets=(draft.name,),
            anywhere=open_dockerfile and target.dockerfile is None,
            dockerfile=target.dockerfile,
        )
