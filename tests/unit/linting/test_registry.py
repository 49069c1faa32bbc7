"""Rules come by entry points, those of others like our own."""

from __future__ import annotations

import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import stagegraph
from stagegraph.linting import registry
from stagegraph.linting.build_rules import BUILD_CHECKS
from stagegraph.linting.registry import GROUP, OWN_RULES, all_rules, offered_rules

ROOT = Path(__file__).parents[3]
EXTRA = stagegraph.Rule("extra-rule", "x")
MISNAMED = stagegraph.Rule("other-name", "x")
NO_RULE = "x"
IS_NONE = "the entry point extra-rule of an unknown package is no rule of that name"
IS_TAKEN = "an unknown package has the name of another rule"


@pytest.fixture
def offer(monkeypatch):
    """Offers entry points as if packages had them."""

    def offering(*points: tuple[str, str]) -> None:
        made = [EntryPoint(name, value, GROUP) for name, value in points]
        monkeypatch.setattr(registry, "entry_points", lambda *, group: made if group == GROUP else [])
        offered_rules.cache_clear()
        all_rules.cache_clear()

    yield offering
    monkeypatch.undo()
    offered_rules.cache_clear()
    all_rules.cache_clear()


def test_every_module_of_rules_is_offered_in_the_project_file():
    offered = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"][GROUP]
    modules = {path.stem for path in (ROOT / "src/stagegraph/linting/rules").glob("[!_]*.py")}
    assert offered == {name: f"stagegraph.linting.rules.{name.replace('-', '_')}:RULE" for name in OWN_RULES}
    assert modules == {name.replace("-", "_") for name in OWN_RULES}


def test_our_own_rules_are_there_without_entry_points(offer):
    offer()
    assert list(offered_rules()) == sorted(OWN_RULES)


def test_a_rule_of_somebody_else(offer):
    offer(("extra-rule", f"{__name__}:EXTRA"))
    assert set(offered_rules()) == {*OWN_RULES, "extra-rule"}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("extra-rule", "no_such_module:X", "the rule extra-rule of an unknown package cannot be loaded"),
        ("extra-rule", f"{__name__}:NO_RULE", IS_NONE),
        ("extra-rule", f"{__name__}:MISNAMED", IS_NONE),
        ("dead-stage", f"{__name__}:EXTRA", "the rule dead-stage of " + IS_TAKEN),
        ("UndefinedVar", f"{__name__}:EXTRA", "the rule UndefinedVar of " + IS_TAKEN),
    ],
)  # fmt: skip
def test_entry_points_that_are_no_rules(offer, name, value, message):
    offer((name, value))
    with pytest.raises(stagegraph.InputError, match=message):
        offered_rules()


def test_all_rules_have_a_name_a_summary_and_a_page():
    for name, rule in all_rules().items():
        assert rule.name == name
        assert rule.summary
        assert rule.page().startswith(f"# {name}\n")


@pytest.mark.parametrize("rule", BUILD_CHECKS, ids=lambda rule: rule.name)
def test_a_build_check_has_the_page_of_docker(rule):
    if rule.name == "InvalidBaseImagePlatform":
        assert rule.url == ""
    else:
        slug = rule.url.removeprefix("https://docs.docker.com/go/dockerfile/rule/").removesuffix("/")
        assert slug.replace("-", "") == rule.name.lower()
    assert f"check=skip={rule.name}" in rule.page()


def test_the_pages_of_docker_have_these_names():
    urls = {rule.name: rule.url.rsplit("/", 2)[-2] for rule in BUILD_CHECKS if rule.url}
    assert urls["JSONArgsRecommended"] == "json-args-recommended"
    assert urls["FromPlatformFlagConstDisallowed"] == "from-platform-flag-const-disallowed"
    assert urls["SecretsUsedInArgOrEnv"] == "secrets-used-in-arg-or-env"
