"""What a container shows that its image has not."""

from __future__ import annotations

import pytest

from stagegraph.backends.containers.engine import EngineError
from stagegraph.backends.docker.stubs import MOUNT_POINTS, Stubs
from stagegraph.backends.files.nodes import Bytes, File, Folder, Link

EMPTY = File(Bytes(b""), 0o755)


@pytest.fixture
def made():
    return []


@pytest.fixture
def stubs(connection, made):
    return Stubs(connection, made.append)


def nothing(_text):
    return [{"error": "COPY failed: stat /dev: file does not exist"}]


def there(_text):
    return [{"stream": "Step 1/2"}, {"aux": {"ID": "sha256:asked"}}]


@pytest.mark.parametrize(
    ("path", "node"),
    [
        *((path, Folder()) for path in MOUNT_POINTS),
        ("/etc/hosts", EMPTY),
        ("/.dockerenv", EMPTY),
        ("/etc/mtab", Link("/proc/mounts")),
    ],
)
def test_what_the_engine_puts_there_is_hidden_unless_the_image_has_it(stubs, client, path, node):
    client.built = nothing
    assert stubs.hide("image", path, node)
    client.built = there
    assert not stubs.hide("other", path, node)


@pytest.mark.parametrize(
    ("path", "node"),
    [
        ("/usr", Folder()),
        ("/dev", Folder(0o700)),
        ("/dev", EMPTY),
        ("/etc/hosts", File(Bytes(b"x"), 0o755)),
        ("/etc/hosts", File(Bytes(b""), 0o644)),
        ("/etc/hosts", Link("/x")),
        ("/etc/mtab", Link("/x")),
        ("/etc/passwd", EMPTY),
    ],
)
def test_everything_else_is_shown_and_nobody_is_asked(stubs, client, path, node):
    assert not stubs.hide("image", path, node)
    assert client.builds == []


def test_the_engine_is_asked_once(stubs, client, made):
    client.built = there
    assert [stubs.hide("image", "/dev", Folder()) for _ in range(3)] == [False] * 3
    assert client.builds == ["FROM scratch\nCOPY --from=image /dev /x\n"]
    assert made == ["sha256:asked"]


def test_what_a_run_left_is_in_its_image_and_in_those_upon_it(stubs, client):
    client.built = nothing
    stubs.inherit("one", "base", MOUNT_POINTS)
    stubs.inherit("two", "one", ())
    assert not stubs.hide("one", "/dev", Folder())
    assert not stubs.hide("two", "/dev", Folder())
    assert client.builds == []
    assert stubs.hide("two", "/etc", Folder())


def test_an_engine_that_does_not_say(stubs, client):
    client.built = lambda _text: [{"error": "no space left on device"}]
    with pytest.raises(EngineError, match="no space left on device"):
        stubs.hide("image", "/dev", Folder())
