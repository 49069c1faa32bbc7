"""The package as it is installed, and the names that it promises."""

from __future__ import annotations

import inspect
import os
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pytest

import stagegraph

CLASSES = [name for name in stagegraph.__all__ if inspect.isclass(getattr(stagegraph, name))]


def test_make_tests_the_installed_wheel():
    """`make` sets the variable; a run by hand may use the source tree."""
    installed = "site-packages" in Path(stagegraph.__file__).parts
    assert installed or "STAGEGRAPH_INSTALLED" not in os.environ


def test_the_package_is_typed_and_has_its_data():
    for name in ("py.typed", "plan.schema.json", "scan.schema.json"):
        assert files("stagegraph").joinpath(name).is_file()
    assert files("stagegraph.syntax").joinpath("dockerfile.lark").is_file()


def test_the_version_is_that_of_the_distribution():
    assert version("stagegraph") == stagegraph.__version__


def test_the_public_names_are_sorted_and_there():
    assert list(stagegraph.__all__) == sorted(stagegraph.__all__)
    assert dir(stagegraph) == stagegraph.__all__
    assert [name for name in stagegraph.__all__ if not hasattr(stagegraph, name)] == []


def test_another_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = stagegraph.nothing


@pytest.mark.parametrize("name", CLASSES)
def test_every_public_class_is_documented(name):
    public = getattr(stagegraph, name)
    assert public.__doc__
    missing = [
        attribute
        for attribute, value in vars(public).items()
        if not attribute.startswith("_")
        and (inspect.isfunction(value) or isinstance(value, property))
        and not inspect.getdoc(getattr(public, attribute))
    ]
    assert missing == []
