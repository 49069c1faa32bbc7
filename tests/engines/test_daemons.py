"""Daemons of a test's own: they can be killed and started again, run out of disk, and leave nothing behind."""

from __future__ import annotations

from pathlib import Path

from .daemons import own_daemon
from .engines import Engines


def test_a_daemon_that_is_killed_has_its_images_when_it_starts_again(engines: Engines) -> None:
    with own_daemon(engines) as daemon:
        daemon.kill()
        assert daemon.engine.run("version", check=False).returncode != 0
        daemon.start()
        assert daemon.engine.run("images", "--format", "{{.Repository}}").stdout == "alpine\n"
        folders = (daemon.folder, daemon.run_folder)
    assert not any(folder.exists() for folder in folders)
    mounts = Path("/proc/mounts").read_text(encoding="utf-8")
    assert not any(str(folder) in mounts for folder in folders)


def test_a_disk_can_be_full(engines: Engines, context: Path) -> None:
    (context / "Dockerfile").write_text("FROM alpine\nRUN dd if=/dev/zero of=/large bs=1M count=64\n", encoding="utf-8")
    with own_daemon(engines, disk="32m") as daemon:
        done = daemon.engine.build_legacy("--network=none", context, check=False)
    assert done.returncode != 0
    assert "No space left on device" in done.stdout + done.stderr
