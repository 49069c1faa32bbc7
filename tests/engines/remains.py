"""What a Docker daemon of a test's own has: containers, volumes, images and their names."""

from __future__ import annotations

from attrs import frozen

from .engines import DockerEngine


@frozen
class Things:
    """Everything that a build could leave behind."""

    containers: frozenset[str]
    volumes: frozenset[str]
    images: frozenset[str]
    names: frozenset[str]


def things_in(docker: DockerEngine) -> Things:
    """What there is now; of images those that others are made of, too."""

    def listed(*arguments: str) -> frozenset[str]:
        return frozenset(docker.run(*arguments).stdout.split())

    return Things(
        containers=listed("container", "ls", "--all", "--quiet"),
        volumes=listed("volume", "ls", "--quiet"),
        images=listed("image", "ls", "--all", "--quiet", "--no-trunc"),
        names=listed("image", "ls", "--format={{.Repository}}:{{.Tag}}"),
    )
