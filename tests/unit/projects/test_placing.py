import pytest

from stagegraph.projects.declared import Declarer, DockerfilePath, InlineDockerfile, Place, RemoteDockerfile
from stagegraph.projects.drafts import Draft, Fault, Said
from stagegraph.projects.placing import place
from stagegraph.projects.texts import Text

HERE = Place("docker-bake.hcl", 1)


def said(value):
    return Said(Text.known(value), HERE)


def opened(value, pattern="*"):
    return Said(Text(value, pattern, frozenset({"V"})), HERE)


def placed(directory=".", **fields):
    return place(Draft("app", Declarer.BAKE_TARGET, HERE, **fields), directory)


@pytest.mark.parametrize(
    ("directory", "fields", "context", "dockerfile"),
    [
        (".", {}, ".", DockerfilePath("Dockerfile")),
        ("sub", {}, "sub", DockerfilePath("sub/Dockerfile")),
        ("sub", {"context": "..", "dockerfile": "docker/D"}, ".", DockerfilePath("docker/D")),
        (".", {"context": "a", "dockerfile": "../D"}, "a", DockerfilePath("D")),
        (".", {"context": "a", "dockerfile": "/abs/D"}, "a", DockerfilePath("/abs/D")),
        ("sub", {"context": "a", "dockerfile": "cwd://D"}, "sub/a", DockerfilePath("sub/D")),
        (".", {"context": "", "dockerfile": ""}, ".", DockerfilePath("Dockerfile")),
        (".", {"context": "https://h/r.git"}, "https://h/r.git", RemoteDockerfile("https://h/r.git", "Dockerfile")),
        (".", {"dockerfile": "https://h/D"}, ".", RemoteDockerfile(".", "https://h/D")),
        (".", {"inline": "FROM a", "dockerfile": "D"}, ".", InlineDockerfile("FROM a", HERE)),
    ],
)
def test_where_the_dockerfile_lies(directory, fields, context, dockerfile):
    found = placed(directory, **{name: said(value) for name, value in fields.items()})
    assert found.build is not None
    assert (found.build.context, found.build.dockerfile) == (context, dockerfile)
    assert found.unknown == ()


def test_the_other_fields():
    build = placed(
        "sub",
        target=said("prod"),
        args={"A": said("1"), "B": opened("2"), "C": Fault("no such function", HERE)},
        contexts={"src": said("../src"), "base": said("target:base"), "none": said("")},
        platforms=(said("linux/amd64"), said(""), said("linux/amd64"), said("linux/arm64")),
    ).build
    assert build is not None
    assert (build.target, build.target_at) == ("prod", HERE)
    assert build.build_args == {"A": "1", "B": "2"}
    assert build.contexts == {"src": "src", "base": "target:base"}
    assert build.platforms == ("linux/amd64", "linux/arm64")
    assert build.open == {
        "build_args.B": "depends on V, which can be set from outside (docker-bake.hcl:1)",
        "build_args.C": "cannot be worked out: no such function (docker-bake.hcl:1)",
    }


def test_an_empty_target_is_the_last_stage():
    build = placed(target=said("")).build
    assert build is not None
    assert (build.target, build.target_at) == (None, None)


@pytest.mark.parametrize("field", ["context", "dockerfile", "target"])
def test_a_field_that_decides_and_cannot_be_worked_out_leaves_no_build(field):
    found = placed(**{field: Fault("no such function", HERE)})
    assert found.build is None
    (unknown,) = found.unknown
    assert unknown.reason == f"bake target app: the {field} cannot be worked out: no such function"
    assert unknown.concerns("Dockerfile")
    assert unknown.concerns("other/Dockerfile") == (field != "target")


def test_a_target_that_can_be_set_is_built_and_not_known():
    found = placed(target=opened("dev"))
    assert found.build is not None
    assert found.build.target == "dev"
    (unknown,) = found.unknown
    assert str(unknown) == "bake target app: the target depends on V, which can be set from outside (docker-bake.hcl:1)"
    assert unknown.dockerfiles == "Dockerfile"


def test_a_dockerfile_that_can_be_another_concerns_all_it_can_be():
    (unknown,) = placed("sub", dockerfile=opened("Dockerfile.dev", "Dockerfile.*")).unknown
    assert unknown.concerns("sub/Dockerfile.prod")
    assert not unknown.concerns("Dockerfile.prod")


def test_a_context_that_a_variable_decides_is_taken_for_a_copy_of_its_default():
    found = placed(context=opened("."))
    assert found.build is not None
    assert [one.dockerfiles for one in found.unknown] == ["Dockerfile"]


def test_a_context_that_is_empty_unless_it_is_set():
    found = placed(context=opened(""), dockerfile=opened(""))
    assert found.build is not None
    assert found.build.path == "Dockerfile"
    assert len(found.unknown) == 2


def test_a_named_context_that_is_not_known_is_said():
    found = placed(contexts={"base": opened("./a"), "x": Fault("odd", HERE)})
    assert found.build is not None
    assert found.build.contexts == {"base": "a"}
    assert [one.reason for one in found.unknown] == [
        "bake target app: the named context base depends on V, which can be set from outside",
        "bake target app: the named context x cannot be worked out: odd",
    ]


def test_a_fault_of_the_whole_leaves_no_build():
    found = placed(dockerfile=said("D"), faults=(Fault("there is no target base to inherit from", HERE),))
    assert found.build is None
    assert [one.reason for one in found.unknown] == ["bake target app: there is no target base to inherit from"]


def test_an_inline_dockerfile_makes_no_other_unknown():
    found = placed(inline=opened("FROM a"), dockerfile=opened("D"))
    assert found.build is not None
    assert [(one.reason, one.dockerfiles) for one in found.unknown] == [
        ("bake target app: the inline Dockerfile depends on V, which can be set from outside", "")
    ]
