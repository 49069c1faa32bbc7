"""Every Python example in the documents and in the docstrings runs, and gives what it says."""

from __future__ import annotations

import doctest
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import stagegraph

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")))
MODULES = sorted(
    module.name for module in walk_packages(stagegraph.__path__, "stagegraph.") if not module.name.endswith("__main__")
)
_FENCE = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def _examples_of(document: Path) -> list[doctest.Example]:
    """The examples of all Python blocks, each with its line in the document."""
    text, parser = document.read_text(), doctest.DocTestParser()
    found: list[doctest.Example] = []
    for block in _FENCE.finditer(text):
        first_line = text.count("\n", 0, block.start(1))
        for example in parser.get_examples(block[1], document.name):
            example.lineno += first_line
            found.append(example)
    return found


def _run(test: doctest.DocTest) -> str:
    runner, said = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS), []
    runner.run(test, out=said.append)
    return "".join(said)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_examples_of_a_document(document, monkeypatch):
    monkeypatch.chdir(ROOT / "docs/examples")
    test = doctest.DocTest(_examples_of(document), {}, document.name, str(document), 0, None)
    assert _run(test) == ""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_no_python_is_shown_that_does_not_run(document):
    without_prompt = [block[1] for block in _FENCE.finditer(document.read_text()) if ">>>" not in block[1]]
    assert without_prompt == []


@pytest.mark.parametrize("name", ["stagegraph", *MODULES])
def test_examples_of_a_module(name):
    for test in doctest.DocTestFinder(exclude_empty=True).find(import_module(name), name):
        assert _run(test) == ""
