from stagegraph.projects.discovery import Found
from stagegraph.projects.readings import Reading, readings_of


def files_of(found):
    return [(reading.compose, reading.bake) for reading in readings_of(found)]


def test_one_compose_file():
    assert list(readings_of(Found(compose=("compose.yaml",)))) == [Reading(".", compose=("compose.yaml",))]


def test_an_override_is_read_too_and_left_out():
    found = Found(compose=("docker-compose.override.yml", "docker-compose.yml"))
    assert files_of(found) == [
        (("docker-compose.yml",), ()),
        (("docker-compose.yml", "docker-compose.override.yml"), ()),
    ]


def test_another_compose_file_stands_alone_or_overrides():
    found = Found(compose=("compose.yaml", "docker-compose.prod.yml"))
    assert list(readings_of(found)) == [
        Reading(".", compose=("compose.yaml",)),
        Reading(".", compose=("docker-compose.prod.yml",), over=("compose.yaml",)),
        Reading(".", compose=("compose.yaml", "docker-compose.prod.yml"), optional=True),
    ]


def test_the_first_of_the_usual_names_is_the_main_file():
    assert files_of(Found(compose=("compose.yaml", "docker-compose.yml")))[0] == (("compose.yaml",), ())


def test_without_a_main_file_each_stands_alone():
    found = Found(compose=("a/docker-compose.dev.yml", "a/docker-compose.override.yml"))
    assert [(reading.directory, reading.compose) for reading in readings_of(found)] == [
        ("a", ("a/docker-compose.dev.yml",)),
        ("a", ("a/docker-compose.override.yml",)),
    ]


def test_bake_files_are_read_together_in_the_order_of_bake():
    found = Found(bake=("docker-bake.hcl", "docker-bake.json", "docker-bake.override.hcl"))
    assert files_of(found) == [
        ((), ("docker-bake.json", "docker-bake.hcl", "docker-bake.override.hcl")),
        ((), ("docker-bake.json", "docker-bake.hcl")),
    ]


def test_bake_reads_compose_files_too():
    found = Found(compose=("compose.yaml",), bake=("docker-bake.hcl",))
    assert list(readings_of(found)) == [
        Reading(".", compose=("compose.yaml",)),
        Reading(".", bake=("docker-bake.hcl",), optional=True),
        Reading(".", compose=("compose.yaml",), bake=("docker-bake.hcl",)),
    ]


def test_another_bake_file_stands_alone_or_comes_behind():
    found = Found(bake=("x/ci.bake.hcl", "x/docker-bake.hcl"))
    assert list(readings_of(found)) == [
        Reading("x", bake=("x/docker-bake.hcl",)),
        Reading("x", bake=("x/ci.bake.hcl",)),
        Reading("x", bake=("x/docker-bake.hcl", "x/ci.bake.hcl"), optional=True),
    ]
