"""Backends are found by entry point, the built-in ones too."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

import stagegraph
from stagegraph.backends import registry
from stagegraph.backends.simulate import SimulateBackend


@pytest.fixture
def installed(monkeypatch):
    """Installs entry points, for a test."""

    def install(**values):
        entries = [EntryPoint(name, value, registry.GROUP) for name, value in values.items()]

        def entry_points(*, group, name=None):
            assert group == registry.GROUP
            return [entry for entry in entries if name in (None, entry.name)]

        monkeypatch.setattr(registry, "entry_points", entry_points)

    return install


def test_the_built_in_ones_come_through_the_same_door():
    assert "simulate" in registry.backend_names()
    assert isinstance(stagegraph.find_backend("simulate"), SimulateBackend)


def test_anothers_backend_is_found(installed):
    installed(mine="stagegraph.backends.simulate:SimulateBackend")
    assert registry.backend_names() == ("mine",)
    assert isinstance(stagegraph.find_backend("mine"), stagegraph.Backend)


def test_a_name_that_is_none(installed):
    installed(simulate="a:b", docker="c:d")
    with pytest.raises(stagegraph.BackendNotFoundError) as caught:
        stagegraph.find_backend("dokcer")
    assert caught.value.message == 'there is no backend "dokcer"; there are docker, simulate'
    assert caught.value.suggestion == "docker"


def test_a_backend_that_is_none(installed):
    installed(wrong="builtins:dict")
    with pytest.raises(stagegraph.BackendNotFoundError, match=r"builtins:dict makes no backend: \{\}"):
        stagegraph.find_backend("wrong")


def test_a_package_that_is_missing(installed):
    installed(mine="not_installed_anywhere:Backend")
    with pytest.raises(stagegraph.BackendNotFoundError, match="mine cannot be imported: No module named"):
        stagegraph.find_backend("mine")


def test_an_extra_that_is_missing(installed, tmp_path, monkeypatch):
    (tmp_path / "needs_docker.py").write_text("import docker\nBackend = docker.Backend\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(__import__("sys").modules, "docker", None)
    installed(docker="needs_docker:Backend")
    with pytest.raises(stagegraph.BackendNotFoundError) as caught:
        stagegraph.find_backend("docker")
    assert "pip install 'stagegraph[docker]'" in caught.value.message
