"""The image config of a stage while it is put together."""

from __future__ import annotations

import stagegraph
from stagegraph.planning.configs import ConfigDraft
from stagegraph.platforms import Platform
from stagegraph.stages.image_configs import DEFAULT_PATH, ImageConfig


def draft(members: dict[str, object], os: str = "linux") -> ConfigDraft:
    return ConfigDraft.of(ImageConfig(Platform(os, "amd64"), members))


def test_a_variable_that_is_set_again_stays_in_its_place() -> None:
    config = draft({"Env": ["A=1", "B=2"]})
    config.set_variable("A", "3")
    config.set_variable("C", "4")
    assert config.finished() == {"Env": ["A=3", "B=2", "C=4"]}


def test_of_a_variable_that_a_base_has_twice_the_first_is_set() -> None:
    config = draft({"Env": ["A=1", "B=2", "A=3"]})
    config.set_variable("A", "4")
    assert config.finished() == {"Env": ["A=4", "B=2", "A=3"]}


def test_upon_an_image_of_which_nothing_is_known_there_is_nothing() -> None:
    assert ConfigDraft.of(None).finished() == {}


def test_the_path_is_added_unless_it_is_there() -> None:
    for os, given, expected in (
        ("linux", [], [DEFAULT_PATH]),
        ("linux", ["PATH=/x"], ["PATH=/x"]),
        ("windows", [], None),
    ):
        config = draft({"Env": given}, os)
        config.ensure_path(os)
        assert config.finished().get("Env") == expected


def test_triggers_are_not_inherited() -> None:
    config = draft({"OnBuild": ["RUN x"], "User": "me"})
    assert config.finished() == {"User": "me"}
    config.extend("OnBuild", "RUN y")
    config.extend("OnBuild", "RUN z")
    assert config.finished() == {"User": "me", "OnBuild": ["RUN y", "RUN z"]}
    assert config.child().finished() == {"User": "me"}


def test_a_child_changes_nothing_of_its_parent() -> None:
    given = {"Labels": {"a": "1"}, "Env": ["A=1"], "Cmd": ["x"]}
    parent = draft(given)
    child = parent.child()
    child.update("Labels", {"b": "2"})
    child.set_variable("A", "2")
    child.clear("Cmd")
    assert child.finished() == {"Env": ["A=2"], "Labels": {"a": "1", "b": "2"}}
    assert parent.finished() == given
    assert given == {"Labels": {"a": "1"}, "Env": ["A=1"], "Cmd": ["x"]}


def test_a_parent_changes_nothing_of_a_child_that_it_has_already() -> None:
    parent = draft({"Labels": {"a": "1"}, "Env": ["A=1"]})
    parent.set_variable("B", "2")
    child = parent.child()
    parent.update("Labels", {"b": "2"})
    parent.set_variable("C", "3")
    child.set_variable("D", "4")
    assert child.finished() == {"Env": ["A=1", "B=2", "D=4"], "Labels": {"a": "1"}}
    assert parent.finished() == {"Env": ["A=1", "B=2", "C=3"], "Labels": {"a": "1", "b": "2"}}


def test_what_a_plan_gives_out_is_nobody_elses() -> None:
    text = "FROM alpine"
    members = stagegraph.plan(text).config
    env = members["Env"]
    assert isinstance(env, list)
    env.append("A=1")
    assert stagegraph.plan(text).config == {"Env": [DEFAULT_PATH]}


def test_members_come_in_the_order_of_the_builders_and_empty_ones_go() -> None:
    config = draft({})
    for name, value in (
        ("Shell", ["s"]),
        ("Cmd", []),
        ("Labels", {}),
        ("WorkingDir", "/"),
        ("User", "me"),
        ("StopSignal", ""),
    ):
        config.set(name, value)
    assert list(config.finished().items()) == [("User", "me"), ("WorkingDir", "/"), ("Shell", ["s"])]


def test_the_shell_in_force() -> None:
    assert draft({}).in_shell("a b") == ("/bin/sh", "-c", "a b")
    assert draft({}, "windows").in_shell("a b") == ("cmd", "/S", "/C", "a b")
    assert draft({"Shell": ["x", "-y"]}).in_shell("a b") == ("x", "-y", "a b")


def test_entrypoint_forgets_the_command_of_a_base_alone() -> None:
    base = 'FROM a AS b\nENTRYPOINT ["x"]\nCMD ["y"]\n'
    assert stagegraph.plan(base).config["Cmd"] == ["y"]
    assert "Cmd" not in stagegraph.plan(base + 'FROM b\nENTRYPOINT ["z"]\n').config
    assert stagegraph.plan(base + 'FROM b\nCMD ["w"]\nENTRYPOINT ["z"]\n').config["Cmd"] == ["w"]


def test_a_plan_does_not_change_what_it_was_given() -> None:
    image = {"config": {"Env": ["A=1"], "Labels": {"a": "1"}}, "rootfs": {"diff_ids": ["x"]}}
    for builder in ("buildkit", "legacy"):
        plan = stagegraph.plan(
            "FROM a\nENV A=2 B=3\nLABEL a=2\n", builder=builder, images={"docker.io/library/a:latest": image}
        )
        assert plan.config["Env"][0] == "A=2"  # type: ignore[index]
    assert image == {"config": {"Env": ["A=1"], "Labels": {"a": "1"}}, "rootfs": {"diff_ids": ["x"]}}
