"""`stagegraph targets`, which is about a directory."""

import json

COMPOSE = "services:\n  web:\n    build:\n      context: .\n      target: ${T:-stage1}\n"
BAKE = 'target "two" {\n  target = "stage2"\n}\ntarget "odd" {\n  target = "stage3"\n}\n'


def test_the_current_directory(run, folder):
    (folder / "docker-bake.hcl").write_text(BAKE)
    result = run("targets")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "Dockerfile: 3 stages\n"
        "  stage2 (line 8)  docker-bake.hcl:1  bake target two\n"
        "  stage3           docker-bake.hcl:4  bake target odd  names no stage; did you mean stage1?\n"
        "  no target needs stage1 (line 5)\n"
    )


def test_files_that_are_given(run, folder):
    (folder / "docker-bake.hcl").write_text(BAKE)
    (folder / "compose.yaml").write_text(COMPOSE)
    result = run("targets", "compose.yaml")
    assert "not known: compose service web: the target depends on T, which can be set from outside" in result.stdout
    assert "bake target" not in result.stdout


def test_a_variable_that_is_given_or_in_the_environment(run, folder):
    (folder / "compose.yaml").write_text(COMPOSE)
    for arguments, environment in [(("--env", "T=stage2"), {}), (("--env", "T"), {"T": "stage2"})]:
        result = run("targets", *arguments, **environment)
        assert "stage2 (line 8)  compose.yaml:2  compose service web" in result.stdout
        assert "not known" not in result.stdout


def test_the_environment_alone_counts_for_nothing(run, folder):
    (folder / "compose.yaml").write_text(COMPOSE)
    assert "stage1 (line 5)" in run("targets", T="stage2").stdout


def test_json(run, folder):
    (folder / "compose.yaml").write_text(COMPOSE)
    result = run("targets", ".", "--format", "json")
    dump = json.loads(result.stdout)
    assert dump["schema"] == 1
    assert dump["files"] == ["compose.yaml"]
    assert dump["dockerfiles"][0]["targets"][0]["builds"][0]["target_at"] == {"file": "compose.yaml", "line": 5}


def test_what_is_not_there_cannot_be_read(run):
    result = run("targets", "nowhere")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "stagegraph: nowhere: no such file or directory\n"


def test_help(run):
    result = run("targets", "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: stagegraph targets [OPTIONS] [PATH]...")
