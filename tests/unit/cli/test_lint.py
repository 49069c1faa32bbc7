"""`stagegraph lint` and `stagegraph explain`."""

import json
from xml.etree.ElementTree import fromstring

import pytest

BAD = "FROM alpine:3 AS build\nFROM scratch\nCOPY --from=0 /out /\n"
GOOD = "FROM alpine:3\n"


@pytest.fixture
def tree(folder):
    """A directory with a bad, a good and an ignored Dockerfile."""
    (folder / "Dockerfile").unlink()
    for name, text in {"bad/Dockerfile": BAD, "good/Dockerfile": GOOD}.items():
        (folder / name).parent.mkdir()
        (folder / name).write_text(text)
    return folder


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("paths", [[], ["."], ["bad", "good"], ["bad/Dockerfile", "good/Dockerfile", "bad"]])
def test_paths(run, paths):
    result = run("lint", *paths)
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.endswith("1 finding in 2 files, 1 to be mended by --fix\n")
    assert "bad/Dockerfile:3:13: warning: --from=0 counts" in result.stdout


@pytest.mark.usefixtures("tree")
def test_what_is_excluded(run):
    assert run("lint", "--exclude", "bad/").stdout == "nothing found in 1 file\n"


def test_a_dockerfile_that_is_only_declared(run, folder):
    (folder / "Dockerfile").write_text(GOOD)
    for name in ("build me.txt", "[x].build", "ignored/x.build"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(BAD)
    services = "".join(
        f"  s{number}: {{build: {{context: ., dockerfile: '{name}'}}}}\n"
        for number, name in enumerate(("Dockerfile", "build me.txt", "[x].build", "ignored/x.build", "nowhere", "../y"))
    )
    (folder / "compose.yaml").write_text(f"services:\n{services}")
    result = run("lint", "--exclude", "ignored/", "--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    paths = [file["path"] for file in json.loads(result.stdout)["files"]]
    assert sorted(paths) == ["Dockerfile", "[x].build", "build me.txt"]
    assert run("lint", "--project", "elsewhere").exit_code == 3


def test_a_file_without_an_end(run):
    result = run("lint", "/dev/zero")
    assert result.exit_code == 5
    assert result.stderr.startswith("stagegraph: /dev/zero: the file is larger than ")


@pytest.mark.usefixtures("tree")
def test_nothing_found(run):
    result = run("lint", "good")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "nothing found in 1 file\n", "")


def test_standard_input(run):
    result = run("lint", "-", stdin=BAD)
    assert result.exit_code == 1
    assert result.stdout.startswith("-:3:13: warning: ")


def test_no_dockerfile(run, folder):
    (folder / "Dockerfile").unlink()
    result = run("lint")
    assert (result.exit_code, result.stdout) == (0, "no Dockerfile found\n")


@pytest.mark.usefixtures("tree")
def test_a_file_that_is_not_there(run):
    result = run("lint", "good", "nowhere")
    assert (result.exit_code, result.stderr) == (3, "stagegraph: nowhere: no such file or directory\n")
    assert result.stdout == "nothing found in 1 file\n"


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("format_", "read"),
    [
        ("json", lambda text: len(json.loads(text)["files"])),
        ("sarif", lambda text: len(json.loads(text)["runs"][0]["results"]) + 1),
        ("github", lambda text: text.count("::warning") + 1),
        ("gitlab", lambda text: len(json.loads(text)) + 1),
        ("junit", lambda text: len(fromstring(text))),  # noqa: S314 - it is our own
    ],
)
def test_formats(run, format_, read):
    result = run("lint", "--format", format_)
    assert (result.exit_code, result.stderr) == (1, "")
    assert read(result.stdout) == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 1),
        (["--fail-on", "warning"], 1),
        (["--fail-on", "error"], 0),
        (["--ignore", "index-reference"], 0),
        (["--select", "dead-stage, cycle"], 0),
        (["--select", "dead-stage", "--select", "index-reference"], 1),
        (["--select", "all", "--ignore", "all"], 0),
    ],
)
@pytest.mark.usefixtures("tree")
def test_what_counts(run, arguments, code):
    assert run("lint", "bad", *arguments).exit_code == code


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "dead-stge"], 'no rule is called "dead-stge" (did you mean dead-stage?)'),
        (["--ignore", "x"], 'no rule is called "x"'),
        (["--diff", "--fix"], "--diff is an answer of its own"),
        (["--diff", "--format", "json"], "--diff is an answer of its own"),
        (["--fix", "-", "x"], "--fix of standard input writes the text to standard output"),
        (["--fix", "-", "--format", "json"], "--fix of standard input writes the text to standard output"),
    ],
)
def test_wrong_command_lines(run, arguments, message):
    result = run("lint", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_targets(run):
    assert run("lint").exit_code == 1
    assert run("lint", "--target", "stage1", "--target", "stage2", "--ignore", "builders-disagree").exit_code == 0


def test_options_of_the_build(run, write):
    text = "ARG BASE\nFROM alpine:3 AS a\nFROM ${BASE:-scratch}\nRUN x\n"
    arguments = ("--select", "InvalidBaseImagePlatform", write(text, "x"))
    assert run("lint", *arguments).exit_code == 0
    config = write(
        json.dumps({"os": "linux", "architecture": "arm64", "rootfs": {"diff_ids": ["sha256:" + "0" * 64]}}),
        "config.json",
    )
    result = run("lint", *arguments, "--build-arg", "BASE=debian", "--image-config", f"debian={config}")
    assert "Base image debian was pulled with platform" in result.stdout
    given = ("--build-arg", "BASE=debian", "--image-config", f"debian={config}", "--platform", "linux/arm64")
    assert run("lint", *arguments, *given).exit_code == 0
    assert run("lint", *arguments, *given, "--build-context", "debian=docker-image://alpine").exit_code == 0


def test_an_ignore_file(run, write):
    name = write("FROM alpine:3\nCOPY x /\n", "x")
    assert run("lint", name).exit_code == 0
    assert "CopyIgnoredFile" in run("lint", name, "--dockerignore", write("x\n", "ignored")).stdout
    assert run("lint", name, "--dockerignore", "nowhere").exit_code == 3


@pytest.mark.usefixtures("tree")
def test_a_difference(run, folder):
    result = run("lint", "--diff")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == (
        "--- a/bad/Dockerfile\n+++ b/bad/Dockerfile\n@@ -1,3 +1,3 @@\n"
        " FROM alpine:3 AS build\n FROM scratch\n-COPY --from=0 /out /\n+COPY --from=build /out /\n"
    )
    assert (folder / "bad/Dockerfile").read_text() == BAD
    assert run("lint", "--diff", "good").exit_code == 0


def test_a_difference_where_the_file_ends_without_a_line_feed(run):
    result = run("lint", "--diff", "-", stdin="FROM alpine:3 AS build\nFROM scratch\nCOPY --from=0 /out /")
    assert result.stdout.endswith(
        "-COPY --from=0 /out /\n\\ No newline at end of file\n+COPY --from=build /out /\n\\ No newline at end of file\n"
    )


def test_a_difference_of_what_cannot_be_read(run):
    result = run("lint", "--diff", "nowhere")
    assert (result.exit_code, result.stdout, result.stderr) == (
        3,
        "",
        "stagegraph: nowhere: no such file or directory\n",
    )


@pytest.mark.usefixtures("tree")
def test_fixing(run, folder):
    (folder / "bad/Dockerfile").chmod(0o640)
    result = run("lint", "--fix")
    assert (result.exit_code, result.stderr) == (0, "bad/Dockerfile: mended index-reference\n")
    assert result.stdout == "nothing found in 2 files\n"
    assert (folder / "bad/Dockerfile").read_text() == BAD.replace("=0", "=build")
    assert (folder / "bad/Dockerfile").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in (folder / "bad").iterdir()] == ["Dockerfile"]


def test_fixing_keeps_every_other_byte(run, folder):
    content = b"FROM alpine:3 AS a\r\nLABEL x=\xff\r\nFROM scratch\r\nCOPY --from=0 /out /\r\nMAINTAINER \xfe"
    (folder / "x").write_bytes(content)
    run("lint", "--fix", "x")
    assert (folder / "x").read_bytes() == content.replace(b"from=0", b"from=a")


def test_fixing_goes_through_a_link(run, folder):
    (folder / "real").write_text(BAD)
    (folder / "link").symlink_to("real")
    assert run("lint", "--fix", "link").exit_code == 0
    assert (folder / "link").is_symlink()
    assert "--from=build" in (folder / "real").read_text()


def test_what_is_left_to_keep_what_is_built(run, write):
    result = run("lint", "--fix", write("FROM alpine:3 AS X\nCOPY --form=y a b\n", "x"))
    assert result.exit_code == 1
    assert result.stderr == "x: left as it is, to keep what is built: StageNameCasing\n"


def test_a_file_that_cannot_be_written(run, write, monkeypatch):
    def refuse(*_arguments, **_keywords):
        raise PermissionError(13, "Permission denied")

    name = write(BAD, "x")
    monkeypatch.setattr("stagegraph.cli.mending.NamedTemporaryFile", refuse)
    result = run("lint", "--fix", name)
    assert (result.exit_code, result.stderr) == (3, "stagegraph: x: permission denied\n")


def test_a_filter(run):
    result = run("lint", "--fix", "-", stdin=BAD + "CMD x\n")
    assert result.exit_code == 1
    assert result.stdout == BAD.replace("=0", "=build") + "CMD x\n"
    assert result.stderr.startswith("-: mended index-reference\n-:4:5: warning: JSON arguments recommended")
    assert run("lint", "--fix", "-", stdin=GOOD).stdout == GOOD


def test_explain(run):
    result = run("explain", "dead-stage")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("# dead-stage\n\nA stage that nothing needs")
    assert "StageNameCasing" in run("explain", "StageNameCasing").stdout


def test_the_list_of_rules(run):
    lines = run("explain").stdout.splitlines()
    assert lines[0].split() == ["RULE", "SEVERITY", "FINDS"]
    assert any(line.startswith("dead-stage ") for line in lines)


def test_explain_what_is_no_rule(run):
    result = run("explain", "dead-stages")
    assert result.exit_code == 2
    assert 'no rule is called "dead-stages" (did you mean dead-stage?)' in result.stderr


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("format_", ["text", "gitlab"])
def test_a_report_in_a_file(run, folder, format_):
    expected = run("lint", "--format", format_).stdout
    result = run("lint", "--format", format_, "--output", "report")
    assert (result.exit_code, result.stderr) == (1, "")
    assert (folder / "report").read_text() == expected
    assert result.stdout == run("lint").stdout


def test_a_report_that_cannot_be_written(run):
    result = run("lint", "--output", "nowhere/report")
    assert (result.exit_code, result.stderr) == (6, "stagegraph: nowhere/report: no such file or directory\n")


INLINE = """\
services:
  web:
    build:
      dockerfile_inline: |
        FROM alpine:3 AS build
        FROM scratch
        COPY --from=0 /out /
"""


@pytest.fixture
def inline(folder):
    """A directory in which a compose file has a Dockerfile within."""
    (folder / "Dockerfile").unlink()
    (folder / "services").mkdir()
    (folder / "services" / "compose.yaml").write_text(INLINE)
    return folder


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("paths", [[], ["."], ["services"], [".", "services"]])
def test_dockerfiles_in_compose_files(run, paths):
    result = run("lint", *paths)
    assert (result.exit_code, result.stderr) == (1, "")
    first, *lines = result.stdout.splitlines()
    assert first.startswith("services/compose.yaml:7:21: warning: --from=0 counts stages, and means another one")
    assert lines == [
        "  7 |         COPY --from=0 /out /",
        "    |                     ^",
        "  line 5: stage 0",
        "  see: stagegraph explain index-reference",
        "",
        "1 finding in 1 file",
    ]
    (file,) = json.loads(run("lint", *paths, "--format", "json").stdout)["files"]
    assert (file["path"], file["inline_at"], file["findings"][0]["fix"]) == ("services/compose.yaml", 4, None)


@pytest.mark.usefixtures("inline")
def test_compose_files_that_are_excluded(run):
    assert run("lint", "--exclude", "services/").stdout == "no Dockerfile found\n"


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_nothing_is_written_into_compose_files(run, inline, option):
    result = run("lint", option)
    assert result.stderr == (
        "services/compose.yaml:4: left as it is, to be mended by hand in dockerfile_inline: index-reference\n"
    )
    assert result.exit_code == (1 if option == "--fix" else 0)
    assert (inline / "services" / "compose.yaml").read_text() == INLINE


def test_an_ignore_file_of_the_context_counts_within_compose_files(run, inline):
    (inline / "services" / ".dockerignore").write_text("out\n")
    (inline / "services" / "compose.yaml").write_text(INLINE.replace("--from=0 /out", "out"))
    assert "services/compose.yaml:7:14: warning: Attempting to Copy file" in run("lint").stdout


def test_configuration_and_limits_count_within_compose_files(run, inline):
    (inline / "stagegraph.toml").write_text('ignore = ["index-reference"]\n')
    assert run("lint").stdout == "nothing found in 1 file\n"
    assert run("lint", "--ignore", "nothing").exit_code == 2


def test_what_has_no_place_in_a_form_is_said_on_standard_error(run, folder):
    (folder / "Dockerfile").write_text("FROM alpine:3 AS x\nFROM alpine:3 AS y\n")
    (folder / "compose.yaml").write_text("services: {w: {build: {context: ., target: '${T:-y}'}}}\n")
    result = run("lint", "--format", "gitlab")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])
    reason = "compose service w: the target depends on T, which can be set from outside (compose.yaml:1)"
    assert result.stderr == f"Dockerfile: not known to dead-stage, target-not-found: {reason}\n"
    assert run("lint", "--format", "sarif").stderr == ""


STAGES = "FROM alpine:3 AS test\nRUN a\nFROM alpine:3 AS tool\nRUN b\nFROM alpine:3 AS app\nRUN c\n"


@pytest.fixture
def declared(folder):
    """A repository in which a compose and a bake file build one stage each."""
    (folder / ".git").mkdir()
    (folder / "Dockerfile").write_text(STAGES)
    (folder / "compose.yaml").write_text("services: {app: {build: {context: ., target: app}}}")
    (folder / "docker-bake.hcl").write_text('target "t" {\n  target = "test"\n}\n')
    return folder


def dead_stages(result):
    (file,) = json.loads(result.stdout)["files"]
    return file["path"], [one["stage"] for one in file["findings"] if one["rule"] == "dead-stage"]


@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize(
    ("paths", "dead"),
    [
        (["Dockerfile"], ["tool"]),
        (["compose.yaml"], ["test", "tool"]),
        (["docker-bake.hcl"], ["tool", "app"]),
        (["compose.yaml", "docker-bake.hcl"], ["tool"]),
        (["compose.yaml", "--target", "tool"], ["test"]),
        (["Dockerfile", "compose.yaml"], ["test", "tool"]),
    ],
)
def test_a_declaring_file_by_its_name(run, paths, dead):
    result = run("lint", *paths, "--format", "json")
    assert (result.exit_code, dead_stages(result)) == (1, ("Dockerfile", dead))


def test_what_other_files_build_is_not_mended_away(run, declared):
    result = run("lint", "--fix", "compose.yaml")
    assert result.exit_code == 1
    text = (declared / "Dockerfile").read_text()
    assert ("AS tool" in text, "AS test" in text) == (False, True)


def test_a_dockerfile_in_a_declaring_file(run, folder):
    (folder / ".git").mkdir()
    (folder / "app").mkdir()
    (folder / "app" / "compose.yml").write_text("services: {a: {build: {dockerfile_inline: 'FROM alpine'}}}")
    for paths in (["app/compose.yml"], ["app/compose.yml", "app"], ["app", "app/compose.yml"]):
        assert run("lint", *paths).stdout == "nothing found in 1 file\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "services: [",
            "stagegraph: compose.yaml: it is no YAML: did not find expected node content (compose.yaml:1)\n",
        ),
        ("services: {a: {build: ./gone}}", "stagegraph: gone/Dockerfile: no such file or directory\n"),
    ],
)
def test_a_declaring_file_of_no_use(run, folder, text, message):
    (folder / "compose.yaml").write_text(text)
    result = run("lint", "compose.yaml")
    assert (result.exit_code, result.stderr) == (3, message)
