from stagegraph.projects.bake.targets import ALL, targets_of
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import Fault, Said


def drafts(names, text, **given):
    return {target.draft.name: target for _, target in targets_of(names(text, **given))}


def shown(slot):
    return slot.text.value if isinstance(slot, Said) else slot.reason


def test_the_fields_of_a_target(names):
    found = drafts(
        names,
        """\
variable "T" {
  default = "prod"
}
target "a" {
  inherits = ["b", "c"]
  context = "ctx"
  dockerfile = "D"
  dockerfile-inline = "FROM x"
  target = T
  args = { A = 1, B = null, C = nothing(), D = true }
  contexts = { base = "target:b" }
  platforms = ["p", T]
  tags = [nothing()]
}
""",
    )["a"]
    draft = found.draft
    assert found.inherits == ("b", "c")
    assert [shown(slot) for slot in (draft.context, draft.dockerfile, draft.inline, draft.target)] == [
        "ctx",
        "D",
        "FROM x",
        "prod",
    ]
    assert {name: shown(slot) for name, slot in draft.args.items()} == {
        "A": "1",
        "C": "nothing is no function that stagegraph works out",
        "D": "true",
    }
    assert {name: shown(slot) for name, slot in draft.contexts.items()} == {"base": "target:b"}
    assert [shown(slot) for slot in draft.platforms or ()] == ["p", "prod"]
    assert draft.faults == ()
    assert draft.target is not None
    assert draft.target.place == Place("docker-bake.hcl", 9)
    assert draft.args["C"].place == Place("docker-bake.hcl", 10)


def test_what_is_null_says_nothing(names):
    draft = drafts(names, 'target "a" {\n  context = null\n  args = null\n  platforms = null\n}\n')["a"].draft
    assert (draft.context, draft.args, draft.platforms) == (None, {}, None)


def test_arguments_that_are_worked_out_as_a_whole(names):
    draft = drafts(names, 'M = { A = "1", N = null }\ntarget "a" {\n  args = merge(M, { B = "2" })\n}\n')["a"].draft
    assert {name: shown(slot) for name, slot in draft.args.items()} == {"A": "1", "B": "2"}


def test_arguments_of_which_not_even_the_names_are_known(names):
    for written in ("nothing()", '"x"', '{ "${nothing()}" = 1 }', "{ (null) = 1 }"):
        draft = drafts(names, f'target "a" {{\n  args = {written}\n}}\n')["a"].draft
        assert isinstance(draft.args[ALL], Fault)


def test_a_value_that_is_no_text_is_a_fault(names):
    draft = drafts(names, 'target "a" {\n  target = ["x"]\n  platforms = "p"\n  args = { A = [] }\n}\n')["a"].draft
    assert draft.target == Fault("a list stands where a text was expected", Place("docker-bake.hcl", 2))
    assert draft.platforms == (Fault("a text stands where a list was expected", Place("docker-bake.hcl", 3)),)
    assert shown(draft.args["A"]) == "a list stands where a text was expected"


def test_a_matrix_that_cannot_be_worked_out_is_a_fault_of_the_whole(names):
    draft = drafts(names, 'target "a" {\n  matrix = nothing()\n  dockerfile = "D"\n}\n')["a"].draft
    assert [fault.reason for fault in draft.faults] == ["nothing is no function that stagegraph works out"]
    assert shown(draft.dockerfile) == "D"


def test_what_is_inherited_and_not_known_is_a_fault_of_the_whole(names):
    target = drafts(names, 'target "a" {\n  inherits = [nothing(), "b"]\n}\n')["a"]
    assert [fault.reason for fault in target.draft.faults] == [
        "inherits: nothing is no function that stagegraph works out"
    ]


def test_what_is_nested_too_deeply_is_a_fault(names):
    chain = 'a0 = "x"\n' + "".join(f"a{n} = a{n - 1}\n" for n in range(1, 2000))
    draft = drafts(names, f'{chain}target "a" {{\n  target = a1999\n}}\n')["a"].draft
    assert shown(draft.target) == "it is nested too deeply, a limit of stagegraph"
