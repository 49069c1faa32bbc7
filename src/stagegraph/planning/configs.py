"""The image config of a stage while it is put together: the `config` object of an OCI image."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stagegraph.stages.image_configs import DEFAULT_PATH, Config, ImageConfig

# The members in the order in which the builders write them.
_ORDER = (
    *("User", "ExposedPorts", "Env", "Entrypoint", "Cmd", "Volumes", "WorkingDir", "Labels", "StopSignal"),
    *("ArgsEscaped", "Healthcheck", "OnBuild", "Shell"),
)


_CHANGEABLE = (list, dict)


class ConfigDraft:
    """A config that grows, instruction by instruction. `os` is the operating system of the image.

    What it begins with is that of its base until something changes: most stages change nothing.
    """

    def __init__(self, members: Mapping[str, object], os: str, places: dict[str, int]) -> None:
        """Begins with the members of a base, whose variables have these `places` in its `Env`.

        The triggers of a base are not inherited.
        """
        self.os = os
        self._members = members
        self._places = places
        self._own: Config | None = None  # the members, once they are its own
        if "OnBuild" in members:
            del self._changing()["OnBuild"]

    def _changing(self) -> Config:
        """The members, to be changed."""
        own = self._own
        if own is None:
            own = self._members = self._own = {name: _copy(value) for name, value in self._members.items()}
            self._places = self._places.copy()
        return own

    @classmethod
    def of(cls, image: ImageConfig | None) -> ConfigDraft:
        """What a stage upon an image begins with; upon one of which nothing is known, nothing."""
        return cls(image.config, image.platform.os, image.places) if image is not None else cls({}, "", {})

    def child(self) -> ConfigDraft:
        """The config that a stage built upon this one begins with; neither sees what the other changes from now on."""
        self._own = None
        return ConfigDraft(self._members, self.os, self._places)

    def ensure_path(self, os: str) -> None:
        """Gives the image a `PATH` unless it has one, or is for Windows."""
        if "PATH" not in self._places and os != "windows":
            self.set_variable(*DEFAULT_PATH.split("=", 1))

    def set_variable(self, name: str, value: str) -> None:
        """Sets a variable; one that is set again stays in its place."""
        entry = f"{name}={value}"
        environment: list[str] = self._changing().setdefault("Env", [])  # type: ignore[assignment]
        place = self._places.get(name)
        if place is None:
            self._places[name] = len(environment)
            environment.append(entry)
        else:
            environment[place] = entry

    @property
    def environment(self) -> Sequence[str]:
        """The variables, `name=value`."""
        return self._members.get("Env") or ()  # type: ignore[return-value]  # a list of texts

    def text(self, name: str) -> str:
        """A member that is a text, empty where it is not set."""
        return self._members.get(name, "")  # type: ignore[return-value]  # as the name says

    def texts(self, name: str) -> list[str]:
        """A member that is a list, empty where it is not set."""
        return self._members.get(name) or []  # type: ignore[return-value]  # as the name says

    def set(self, name: str, value: object) -> None:
        """Sets a member."""
        self._changing()[name] = value

    def clear(self, name: str) -> None:
        """Removes a member."""
        if name in self._members:
            del self._changing()[name]

    def extend(self, name: str, value: str) -> None:
        """Adds to a member that is a list."""
        members: list[str] = self._changing().setdefault(name, [])  # type: ignore[assignment]
        members.append(value)

    def update(self, name: str, values: Mapping[str, object]) -> None:
        """Adds to a member that is an object."""
        members: dict[str, object] = self._changing().setdefault(name, {})  # type: ignore[assignment]
        members.update(values)

    def in_shell(self, command: str) -> tuple[str, ...]:
        """The words that run `command` in the shell in force."""
        shell = self._members.get("Shell")
        if shell:
            return (*shell, command)  # type: ignore[misc]  # a list of texts
        return ("cmd", "/S", "/C", command) if self.os == "windows" else ("/bin/sh", "-c", command)

    def finished(self) -> Config:
        """The members that are set, in the order of the builders; empty ones are left out."""
        return {name: _copy(self._members[name]) for name in _ORDER if self._members.get(name)}


def _copy(value: object) -> object:
    return value.copy() if type(value) in _CHANGEABLE else value  # type: ignore[attr-defined]
