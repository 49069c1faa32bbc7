import pytest

from stagegraph.projects.compose.environment import Environment
from stagegraph.projects.compose.sections import Surroundings, draft_of, is_removed, is_reset
from stagegraph.projects.compose.yaml_nodes import documents
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import Fault, NotEvaluated, Said
from stagegraph.projects.limits import Allowance

HERE = Place("c.yml", 1)


def draft(text, directory=".", **given):
    (node,) = documents(text, "c.yml")
    return draft_of("web", HERE, node, Surroundings(Environment(given), directory, Allowance()))


def values(slots):
    return {name: slot.text.value if isinstance(slot, Said) else slot.reason for name, slot in slots.items()}


def test_the_short_form_is_a_context():
    found = draft("./app", "sub")
    assert isinstance(found.context, Said)
    assert (found.context.text.value, found.context.place) == ("sub/app", HERE)


def test_the_long_form():
    found = draft("context: app\ndockerfile: D\ntarget: ${T}\ndockerfile_inline: FROM a\nplatforms: [p, q]\n", T="prod")
    texts = [
        slot.text.value
        for slot in (found.context, found.dockerfile, found.target, found.inline)
        if isinstance(slot, Said)
    ]
    assert texts == ["app", "D", "prod", "FROM a"]
    assert [slot.text.value for slot in found.platforms or () if isinstance(slot, Said)] == ["p", "q"]
    assert isinstance(found.target, Said)
    assert found.target.place.line == 3


def test_what_is_null_says_nothing():
    found = draft("context:\ndockerfile: ~\ntarget: null\nargs:\n")
    assert (found.context, found.dockerfile, found.target, found.args) == (None, None, None, {})


@pytest.mark.parametrize(
    "text", ["args: {A: 1, B: $X, C: ''}", "args: [A=1, B=$X, C=]", 'args: ["A=1", "B=${X}", "C="]']
)
def test_arguments_as_a_mapping_and_as_a_list(text):
    assert values(draft(text, X="x").args) == {"A": "1", "B": "x", "C": ""}


@pytest.mark.parametrize("text", ["args: {A: , B: }", "args: [A, B]"])
def test_an_argument_without_a_value_is_taken_from_the_environment(text):
    found = draft(text, A="a").args
    assert values(found) == {"A": "a", "B": "B has no value here and is taken from the environment"}
    assert isinstance(found["B"], Fault)


def test_named_contexts_as_a_mapping_and_as_a_list():
    mapping = (
        "additional_contexts: {src: ./src, base: 'service:db', img: 'docker-image://a', "
        "r: https://h/r.git, t: 'target:x'}"
    )
    listed = (
        "additional_contexts: [src=./src, 'base=service:db', 'img=docker-image://a', 'r=https://h/r.git', 't=target:x']"
    )
    expected = {
        "src": "sub/src",
        "base": "target:db",
        "img": "docker-image://a",
        "r": "https://h/r.git",
        "t": "target:x",
    }
    assert values(draft(mapping, "sub").contexts) == expected
    assert values(draft(listed, "sub").contexts) == expected


def test_what_only_bake_reads():
    found = draft(
        "context: .\nplatforms: [a]\nadditional_contexts: {q: ./own}\n"
        "x-bake: {platforms: b, contexts: {q: ./q, r: ./r}}\n"
    )
    assert [slot.text.value for slot in found.platforms or () if isinstance(slot, Said)] == ["a", "b"]
    assert values(found.contexts) == {"q": "own", "r": "r"}


def test_one_text_of_platforms_holds_several():
    found = draft("context: .\nplatforms: a\nx-bake: {platforms: a  b c}\n")
    assert [slot.text.value for slot in found.platforms or () if isinstance(slot, Said)] == ["a", "b", "c"]


def test_what_is_removed():
    found = draft("target: !reset null\nargs: !override {A: 1}\nadditional_contexts: {x: !reset null, y: z}\n")
    assert found.removed == {"target", "args", "additional_contexts.x"}
    assert (found.target, values(found.args), values(found.contexts)) == (None, {"A": "1"}, {"y": "z"})
    (reset,), (override,), (plain,) = (documents(text, "c.yml") for text in ("!reset null", "!override {}", "{}"))
    assert (is_removed(reset), is_removed(override), is_removed(plain)) == (True, True, False)
    assert (is_reset(reset), is_reset(override)) == (True, False)


@pytest.mark.parametrize(
    ("text", "field", "reason"),
    [
        ("target: 1.5", "target", "a text was expected"),
        ("context: []", "context", "a text was expected"),
        ("target: ${", "target", "malformed ${…}; a dollar that means itself is written $$"),
        ("dockerfile: ${X?}", "dockerfile", "the variable X is required and has no value"),
    ],
)
def test_a_field_that_cannot_be_worked_out_is_a_fault(text, field, reason):
    assert getattr(draft(text), field) == Fault(reason, HERE)


@pytest.mark.parametrize("text", ["[a]", "5", "args: 5", "args: [[a]]", "context: .\ncontext: .\n"])
def test_a_section_that_cannot_be_read_is_refused(text):
    with pytest.raises(NotEvaluated):
        draft(text)
