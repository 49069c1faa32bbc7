"""Every page of a rule is its test, and every rule has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from stagegraph.linting.kit import check_page, page_blocks
from stagegraph.linting.registry import OWN_RULES, all_rules
from stagegraph.linting.rule import Rule

PAGES = Path(__file__).parents[3] / "docs" / "rules"
NAMES = sorted((*OWN_RULES, "build-error", "unused-suppression"))
BLOCK = "## {}\n```dockerfile\nFROM a\n```\n"
COUNTING = "## Bad\n```dockerfile\nFROM a AS x\nFROM b\nCOPY --from=0 c d\n```\n"


@pytest.mark.parametrize("name", NAMES)
def test_page(name):
    check_page(all_rules()[name])


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_the_one_in_the_documents(name):
    assert all_rules()[name].page() == (PAGES / f"{name}.md").read_text()


def test_there_is_no_other_page():
    assert sorted(path.stem for path in PAGES.glob("*.md")) == sorted([*NAMES, "index"])


@pytest.mark.parametrize("name", NAMES)
def test_the_index_says_what_the_rule_says(name):
    rule = all_rules()[name]
    has_fix = any(block.heading == "Fixed" for block in page_blocks(rule.page()))
    row = f"| [{name}]({name}.md) | {rule.severity.value} | {'yes' if has_fix else ''} | {rule.summary} |\n"
    assert row in (PAGES / "index.md").read_text()


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("# x\n", "the page of index-reference has no Bad and Good blocks"),
        (
            "## Bad\n```dockerfile\nFROM a\n```\n## Good\n```dockerfile\nFROM a\n```\n",
            "line 2: the Bad block of index-reference gives no finding of it",
        ),
        (
            "## Good\n\n```dockerfile\nFROM a\nFROM b\nCOPY --from=0 c d\n```\n## Bad\n```dockerfile\nFROM a\n```\n",
            "line 3: the Good block of index-reference gives",
        ),
        (
            BLOCK.format("Fixed") + BLOCK.format("Bad") + BLOCK.format("Good"),
            "line 2: the Fixed block of index-reference stands behind no Bad block",
        ),
        (
            COUNTING + BLOCK.format("Fixed") + BLOCK.format("Good"),
            "line 8: the fixes of index-reference make\nFROM a AS x\nFROM b\nCOPY --from=x c d\n",
        ),
    ],
)
def test_a_page_that_says_what_is_not_so(page, fault):
    with pytest.raises(AssertionError) as caught:
        check_page(all_rules()["index-reference"], page)
    assert str(caught.value).startswith(fault)


def test_a_block_declares_targets():
    blocks = page_blocks("## Bad\n\n```dockerfile targets=a,b\nFROM x\n```\n```dockerfile\nFROM y\n```\n")
    assert [(one.heading, one.text, one.targets, one.line) for one in blocks] == [
        ("Bad", "FROM x\n", ("a", "b"), 3),
        ("Bad", "FROM y\n", None, 6),
    ]


def test_a_rule_of_somebody_else_is_tested_in_the_same_way():
    def find(subject):
        return [rule.at(subject.place(stage.from_), "no") for stage in subject.stages if stage.name == "bad"]

    rule = Rule("no-bad", "A stage called bad", find=find)
    good = "## Good\n```dockerfile\nFROM a AS b\n```\n"
    check_page(rule, f"## Bad\n```dockerfile\nFROM a AS bad\n```\n{good}")
    with pytest.raises(AssertionError, match="gives no finding"):
        check_page(rule, f"## Bad\n```dockerfile\nFROM a AS c\n```\n{good}")
