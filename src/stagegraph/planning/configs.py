"""The image config of a stage while it is put together: the `config` object of an OCI image."""

from __future__ import annotations

from collections.abc import Mapping

from stagegraph.stages.image_configs import DEFAULT_PATH, Config, ImageConfig

# The members in the order in which the builders write them.
_ORDER = (
    *("User", "ExposedPorts", "Env", "Entrypoint", "Cmd", "Volumes", "WorkingDir", "Labels", "StopSignal"),
    *("ArgsEscaped", "Healthcheck", "OnBuild", "Shell"),
)


_CHANGEABLE = (list, dict)


class ConfigDraft:
    """A config that grows, instruction by instruction. `os` is the operating system of the image."""

    def __init__(self, members: Mapping[str, object], os: str, places: Mapping[str, int]) -> None:
        """Begins with the members of a base, whose variables have these `places` in its `Env`.

        The triggers of a base are not inherited.
        """
        self.os = os
        own: Config = {}
        for name, value in members.items():
            own[name] = value.copy() if type(value) in _CHANGEABLE else value  # type: ignore[attr-defined]
        if "OnBuild" in own:
            del own["OnBuild"]
        self._members = own
        self.environment: list[str] = own.setdefault("Env", [])  # type: ignore[assignment]
        self._places = dict(places)

    @classmethod
    def of(cls, image: ImageConfig | None) -> ConfigDraft:
        """What a stage upon an image begins with; upon one of which nothing is known, nothing."""
        return cls(image.config, image.platform.os, image.places) if image is not None else cls({}, "", {})

    def child(self) -> ConfigDraft:
        """The config that a stage built upon this one begins with."""
        return ConfigDraft(self._members, self.os, self._places)

    def ensure_path(self, os: str) -> None:
        """Gives the image a `PATH` unless it has one, or is for Windows."""
        if "PATH" not in self._places and os != "windows":
            self.set_variable(*DEFAULT_PATH.split("=", 1))

    def set_variable(self, name: str, value: str) -> None:
        """Sets a variable; one that is set again stays in its place."""
        entry = f"{name}={value}"
        place = self._places.get(name)
        if place is None:
            self._places[name] = len(self.environment)
            self.environment.append(entry)
        else:
            self.environment[place] = entry

    def text(self, name: str) -> str:
        """A member that is a text, empty where it is not set."""
        return self._members.get(name, "")  # type: ignore[return-value]  # as the name says

    def texts(self, name: str) -> list[str]:
        """A member that is a list, empty where it is not set."""
        return self._members.get(name) or []  # type: ignore[return-value]  # as the name says

    def set(self, name: str, value: object) -> None:
        """Sets a member."""
        self._members[name] = value

    def clear(self, name: str) -> None:
        """Removes a member."""
        self._members.pop(name, None)

    def extend(self, name: str, value: str) -> None:
        """Adds to a member that is a list."""
        members: list[str] = self._members.setdefault(name, [])  # type: ignore[assignment]
        members.append(value)

    def update(self, name: str, values: Mapping[str, object]) -> None:
        """Adds to a member that is an object."""
        members: dict[str, object] = self._members.setdefault(name, {})  # type: ignore[assignment]
        members.update(values)

    def in_shell(self, command: str) -> tuple[str, ...]:
        """The words that run `command` in the shell in force."""
        shell = self._members.get("Shell")
        if shell:
            return (*shell, command)  # type: ignore[misc]  # a list of texts
        return ("cmd", "/S", "/C", command) if self.os == "windows" else ("/bin/sh", "-c", command)

    def finished(self) -> Config:
        """The members that are set, in the order of the builders; empty ones are left out."""
        return {name: self._members[name] for name in _ORDER if self._members.get(name)}
