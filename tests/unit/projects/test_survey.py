import pytest

from stagegraph.projects.declared import InlineDockerfile
from stagegraph.projects.survey import survey

DOCKERFILE = """\
ARG VARIANT=x
FROM a AS base
FROM base AS build-x
FROM base AS build-y
FROM base AS lint
FROM build-${VARIANT} AS prod
"""


def surveyed(project, path="Dockerfile"):
    return next(one for one in survey(project).dockerfiles if one.path == path)


def names(stages):
    return [stage.display_name for stage in stages]


def test_each_target_has_its_stage_and_those_who_declare_it(project):
    one = surveyed(
        project(
            {
                "Dockerfile": DOCKERFILE,
                "docker-bake.hcl": 'target "a" {\n  target = "lint"\n}\n'
                'target "b" {\n  target = "LINT"\n}\ntarget "c" {}\n',
            }
        )
    )
    found = [
        (target.target, target.stage.display_name, [build.name for build in target.builds]) for target in one.targets
    ]
    assert found == [("lint", "lint", ["a"]), ("LINT", "lint", ["b"]), (None, "prod", ["c"])]
    assert names(one.unneeded) == ["build-y"]


def test_without_a_declaration_the_last_stage_is_the_target(project):
    one = surveyed(project({"Dockerfile": DOCKERFILE}))
    assert [(target.target, target.builds) for target in one.targets] == [(None, ())]
    assert names(one.unneeded) == ["build-y", "lint"]


def test_a_target_that_names_no_stage_is_marked(project):
    one = surveyed(project({"Dockerfile": DOCKERFILE, "docker-bake.hcl": 'target "a" {\n  target = "lnt"\n}\n'}))
    (target,) = one.targets
    assert (target.stage, target.suggestion) == (None, "lint")
    assert names(one.unneeded) == ["base", "build-x", "build-y", "lint", "prod"]


def test_build_arguments_count(project):
    bake = 'target "a" {\n  args = { VARIANT = "y" }\n}\n'
    assert names(surveyed(project({"Dockerfile": DOCKERFILE, "docker-bake.hcl": bake})).unneeded) == ["build-x", "lint"]


def test_an_argument_that_decides_and_can_be_set_makes_it_unknown(project):
    compose = "services: {w: {build: {context: ., args: {VARIANT: '$V'}}}}"
    one = surveyed(project({"Dockerfile": DOCKERFILE, "compose.yaml": compose}))
    assert one.unneeded is None
    assert one.reasons == (
        "compose service w: the build argument VARIANT depends on V, which can be set from outside (compose.yaml:1)",
    )


def test_an_argument_that_decides_nothing_does_not(project):
    compose = "services: {w: {build: {context: ., args: {OTHER: '$V'}}}}"
    assert surveyed(project({"Dockerfile": DOCKERFILE, "compose.yaml": compose})).reasons == ()


def test_arguments_whose_names_are_not_known_make_it_unknown(project):
    bake = 'target "a" {\n  args = nothing()\n}\n'
    one = surveyed(project({"Dockerfile": DOCKERFILE, "docker-bake.hcl": bake}))
    assert one.unneeded is None
    assert "nothing is no function that stagegraph works out" in one.reasons[0]


def test_a_named_context_takes_the_place_of_a_stage(project):
    bake = 'target "a" {\n  contexts = { build-x = "docker-image://b" }\n}\n'
    one = surveyed(project({"Dockerfile": DOCKERFILE, "docker-bake.hcl": bake}))
    assert names(one.unneeded) == ["base", "build-y", "lint"]


PLATFORMS = "FROM a AS for-amd64\nFROM b AS for-arm64\nFROM c AS for-s390x\nFROM for-$TARGETARCH\n"


def test_every_platform_counts(project):
    bake = 'target "a" {\n  platforms = ["linux/amd64", "linux/arm64"]\n}\n'
    assert names(surveyed(project({"Dockerfile": PLATFORMS, "docker-bake.hcl": bake})).unneeded) == ["for-s390x"]


@pytest.mark.parametrize("platforms", ["[]", '["local"]'])
def test_a_platform_that_decides_and_is_not_declared_makes_it_unknown(project, platforms):
    bake = f'target "a" {{\n  platforms = {platforms}\n}}\ntarget "b" {{}}\n'
    one = surveyed(project({"Dockerfile": PLATFORMS, "docker-bake.hcl": bake}))
    assert one.unneeded is None
    assert one.reasons == ("a base depends on the platform, which bake target a and 1 more do not declare",)


def test_what_is_unknown_about_the_targets_makes_it_unknown(project):
    one = surveyed(
        project({"Dockerfile": DOCKERFILE, "compose.yaml": "services: {w: {build: {context: ., target: $T}}}"})
    )
    assert one.unneeded is None
    assert one.reasons == tuple(map(str, one.unknown))


def test_a_dockerfile_of_which_nothing_else_is_known_is_there_too(project):
    one = surveyed(project({"docker-bake.hcl": 'target "a" {\n  dockerfile = "D"\n  target = nothing()\n}\n'}), "D")
    assert (one.targets, one.unneeded) == ((), None)
    assert len(one.reasons) == 1


def test_what_is_unknown_elsewhere(project):
    compose = "services: {w: {build: {context: x, dockerfile: '${V?}'}}}"
    found = survey(project({"Dockerfile": "FROM a\n", "compose.yaml": compose}))
    assert [one.reason for one in found.unknown_elsewhere] == [
        "compose service w: the dockerfile cannot be worked out: the variable V is required and has no value"
    ]


def test_a_dockerfile_that_is_not_there_or_refused(project):
    found = project({"bad/Dockerfile": "FORM a\n", "compose.yaml": "services: {w: {build: .}}"})
    missing, bad = surveyed(found), surveyed(found, "bad/Dockerfile")
    assert (missing.dockerfile, missing.error, missing.unneeded) == (None, None, None)
    assert missing.targets[0].stage is None
    assert bad.error is not None
    assert bad.error.line == 1


def test_what_the_builder_refuses_is_a_reason(project):
    files = {"Dockerfile": "FROM a AS x\nCOPY --from=y / /\nFROM x AS y\nCOPY --from=x / /\n"}
    one = surveyed(project(files))
    assert one.unneeded is None
    assert one.reasons[0].startswith("it cannot be built: circular dependency detected on stage: ")


def test_a_dockerfile_in_a_declaration_is_surveyed_too(project):
    compose = "services:\n  w:\n    build:\n      dockerfile_inline: |\n        FROM a AS x\n        FROM b\n"
    (one,) = survey(project({"compose.yaml": compose})).dockerfiles
    assert isinstance(one.path, InlineDockerfile)
    assert str(one.path.place) == "compose.yaml:4"
    assert names(one.unneeded) == ["x"]


def test_builds_that_share_a_dockerfile_are_surveyed_together(project):
    compose = (
        "x-text: &text |\n  FROM a AS x\n  FROM b AS y\n  FROM c AS z\n"
        "services:\n  v: {build: {target: x, dockerfile_inline: *text}}\n"
        "  w: {build: {target: y, dockerfile_inline: *text}}\n"
    )
    (one,) = survey(project({"compose.yaml": compose})).dockerfiles
    assert [target.target for target in one.targets] == ["x", "y"]
    assert names(one.unneeded) == ["z"]


def test_an_open_target_of_a_dockerfile_in_a_declaration_makes_it_unknown(project):
    build = "target: ${T:-x}\n      dockerfile_inline: |\n        FROM a AS x\n        FROM b\n"
    compose = f"services:\n  w:\n    build:\n      {build}"
    (one,) = survey(project({"compose.yaml": compose})).dockerfiles
    assert one.unneeded is None
    assert one.reasons == (
        "compose service w: the target depends on T, which can be set from outside (compose.yaml:4)",
    )
