"""The options of the build checks, and the collecting of what they find."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import CheckError, CheckWarning, DockerfileSyntaxError, SourceFile, Span
from stagegraph.checks import CheckOptions, Checks, options_in_comments, read_check_options
from stagegraph.errors import Complaint

EXPERIMENTAL = "InvalidDefinitionDescription"


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("", CheckOptions()),
        ("  ", CheckOptions()),
        ("skip=all", CheckOptions(skip_all=True)),
        ("skip=A,B", CheckOptions(skip=frozenset({"A", "B"}))),
        (" skip = A , B ", CheckOptions(skip=frozenset({"A", "B"}))),
        ("experimental=all", CheckOptions(experimental_all=True)),
        ("experimental=A", CheckOptions(experimental=frozenset({"A"}))),
        ("error=true", CheckOptions(error=True)),
        ("error=0", CheckOptions()),
        (
            "skip=A;error=1;experimental=B",
            CheckOptions(skip=frozenset({"A"}), experimental=frozenset({"B"}), error=True),
        ),
        ("skip=A;skip=B", CheckOptions(skip=frozenset({"B"}))),
    ],
)
def test_options(text: str, options: CheckOptions) -> None:
    assert read_check_options(text) == options


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("skip", 'invalid check option "skip"'),
        ("skp=A", 'invalid check option "skp"'),
        ("Skip=A", 'invalid check option "Skip"'),
        ("skip=A;;error=true", 'invalid check option ""'),
        (
            "error=maybe",
            'failed to parse check option "error=maybe": strconv.ParseBool: parsing "maybe": invalid syntax',
        ),
    ],
)
def test_refused_options(text: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        read_check_options(text)
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("text", "rule", "wanted"),
    [
        ("", "A", True),
        ("skip=A", "A", False),
        ("skip=A", "B", True),
        ("skip=all", "A", False),
        ("", EXPERIMENTAL, False),
        ("experimental=all", EXPERIMENTAL, True),
        (f"experimental={EXPERIMENTAL}", EXPERIMENTAL, True),
        (f"experimental=all;skip={EXPERIMENTAL}", EXPERIMENTAL, True),
        ("experimental=A;skip=A", "A", False),
    ],
)
def test_wants(text: str, rule: str, wanted: bool) -> None:
    assert read_check_options(text).wants(rule) is wanted


def test_options_of_a_comment_add_to_those_of_the_file() -> None:
    ours = CheckOptions(skip=frozenset({"A"}), error=True)
    theirs = CheckOptions(skip=frozenset({"B"}), experimental_all=True)
    merged = CheckOptions(skip=frozenset({"A", "B"}), experimental_all=True, error=True)
    assert ours.merged_with(theirs) == merged
    assert theirs.merged_with(ours).error is False


@pytest.mark.parametrize(
    ("comments", "options"),
    [
        ((), None),
        (("says something",), None),
        (("check=skip=A",), CheckOptions(skip=frozenset({"A"}))),
        (("first", "check = skip=A B"), CheckOptions(skip=frozenset({"A"}))),
        (("check=nonsense",), None),
        (("syntax=x",), None),
    ],
)
def test_options_in_comments(comments: tuple[str, ...], options: CheckOptions | None) -> None:
    assert options_in_comments(comments) == options


def test_a_finding_is_collected_unless_it_is_skipped() -> None:
    checks = Checks(CheckOptions(skip=frozenset({"A"})), None)
    checks.report("A", "a", None)
    checks.report("B", "b", Span(0, 1, 3, 4))
    checks.report("C", "c", None, ["check=skip=C"])
    checks.report("C", "c", None, ["check=skip=D"])
    assert checks.warnings == [CheckWarning("B", "b"), CheckWarning("C", "c")]
    assert [warning.line for warning in checks.warnings] == [3, None]


def test_findings_are_an_error_where_the_file_asks_for_it() -> None:
    checks = Checks(CheckOptions(error=True), SourceFile("FROM a\n"))
    checks.raise_if_error()
    for rule in ("B", "A", "B"):
        checks.report(rule, "x", None)
    with pytest.raises(CheckError) as caught:
        checks.raise_if_error()
    assert caught.value.message == "lint violation found for rules: A, B"


def test_findings_are_no_error_otherwise() -> None:
    checks = Checks(CheckOptions(), None)
    checks.report("A", "x", None)
    checks.raise_if_error()
    assert checks.warnings == [CheckWarning("A", "x")]


@pytest.mark.parametrize(
    ("text", "build_args", "message"),
    [
        ("# check=nope=1\nFROM a\n", {}, 'failed to parse check options: invalid check option "nope"'),
        (
            "# check=skip=all\nFROM a\n",
            {"BUILDKIT_DOCKERFILE_CHECK": "x"},
            'failed to parse build-arg:BUILDKIT_DOCKERFILE_CHECK: invalid check option "x"',
        ),
    ],
)
def test_wrong_options_of_a_file(text: str, build_args: dict[str, str], message: str) -> None:
    with pytest.raises(DockerfileSyntaxError) as caught:
        stagegraph.plan(text, build_args=build_args)
    assert caught.value.message == message
    assert stagegraph.plan(text, builder="legacy", build_args=build_args).steps


@pytest.mark.parametrize(
    ("head", "build_args", "rules"),
    [
        ("", {}, ["StageNameCasing", "MaintainerDeprecated"]),
        ("# check=skip=all\n", {}, []),
        ("# check=skip=StageNameCasing\n", {}, ["MaintainerDeprecated"]),
        ("# check=skip=all\n", {"BUILDKIT_DOCKERFILE_CHECK": ""}, ["StageNameCasing", "MaintainerDeprecated"]),
        ("", {"BUILDKIT_DOCKERFILE_CHECK": "skip=MaintainerDeprecated"}, ["StageNameCasing"]),
        ("# comment\n# check=skip=StageNameCasing\n", {}, ["MaintainerDeprecated"]),
        ("\n# check=skip=MaintainerDeprecated\n", {}, ["StageNameCasing", "MaintainerDeprecated"]),
    ],
)
def test_options_of_a_file(head: str, build_args: dict[str, str], rules: list[str]) -> None:
    plan = stagegraph.plan(f"{head}FROM a AS B\nMAINTAINER me\n", build_args=build_args)
    assert [warning.rule for warning in plan.warnings] == rules
