def names(found):
    return [build.name for build in found.builds]


def test_targets_that_are_there_for_others_alone_are_left_out(project):
    found = project(
        {
            "docker-bake.hcl": """\
group "default" {
  targets = ["_asked", nothing()]
}
group "g" {
  targets = ["_asked"]
}
target "_common" {}
target "_asked" {
  inherits = ["_common"]
}
target "_linked" {}
target "_alone" {}
target "web" {
  inherits = ["_common", "_asked", "_linked"]
  contexts = { base = "target:_linked" }
}
target "common" {}
target "api" {
  inherits = ["common"]
}
"""
        }
    )
    assert names(found) == ["_asked", "_linked", "_alone", "web", "common", "api"]


def test_a_matrix_that_a_group_asks_for_by_its_label(project):
    found = project(
        {
            "docker-bake.hcl": """\
group "default" {
  targets = ["_m"]
}
target "_m" {
  matrix = { v = ["a", "b"] }
  name = "_m-${v}"
}
target "x" {
  inherits = ["_m-a"]
}
"""
        }
    )
    assert names(found) == ["_m-a", "_m-b", "x"]


def test_files_say_something_about_one_target_together(project):
    found = project(
        {
            "Dockerfile": "FROM a AS t\nFROM b AS u\n",
            "docker-bake.hcl": 'target "a" {\n  target = "t"\n  args = { A = "1" }\n}\n',
            "docker-bake.override.hcl": 'target "a" {\n  args = { A = "2" }\n  target = V\n}\n'
            'variable "V" {\n  default = "u"\n}\n',
        },
        V="u",
    )
    assert [(build.target, build.build_args, str(build.declared_at)) for build in found.builds] == [
        ("u", {"A": "2"}, "docker-bake.hcl:1"),
        ("t", {"A": "1"}, "docker-bake.hcl:1"),
    ]


def test_services_are_targets_without_dots(project):
    found = project(
        {
            "compose.yaml": "services:\n  a.b: {build: {context: ., additional_contexts: {x: 'service:c.d'}}}\n"
            "  c.d: {build: .}\n  e: {image: i}\n",
            "docker-bake.hcl": 'target "new" {\n  inherits = ["a_b"]\n}\n',
            "Dockerfile": "FROM a\n",
        }
    )
    new = next(build for build in found.builds if build.name == "new")
    assert new.contexts == {"x": "target:c_d"}
    assert sorted(names(found)) == ["a.b", "a_b", "c.d", "c_d", "new"]


def test_what_cannot_be_evaluated_is_said_with_its_place(project):
    found = project(
        {
            "Dockerfile": "FROM a AS x\n",
            "docker-bake.hcl": 'target "a" {\n  dockerfile = "D"\n  target = uuidv4()\n}\ntarget "b" {}\n',
        }
    )
    assert names(found) == ["b"]
    (unknown,) = found.unknown
    assert str(unknown) == (
        "bake target a: the target cannot be worked out: "
        "uuidv4 is no function that stagegraph works out (docker-bake.hcl:3)"
    )
    assert (found.declared("D").known, found.declared("Dockerfile").known) == (False, True)
