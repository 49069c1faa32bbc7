import pytest

from stagegraph.projects.bake.evaluation import Scope
from stagegraph.projects.bake.templates import bare_template
from stagegraph.projects.bake.values import to_text
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import NotEvaluated

HERE = Place("b.json", 7)
V = 'V = "v"\nL = ["a", "b"]\nM = { k = 1 }\n'


@pytest.mark.parametrize(
    ("written", "result"),
    [
        ('"a${V}b"', "avb"),
        ('"${V}${V}"', "vv"),
        ('"$V %V"', "$V %V"),
        ('"$${V} %%{if}"', "${V} %{if}"),
        ('"$$${V}"', "$${V}"),
        (r'"a\n\t\"\\\u00e9\U0001F600"', 'a\n\t"\\é😀'),
        ('"${upper("x${V}")}"', "XV"),
        ('"${ {a = V}.a }"', "v"),
        ('"%{ if V == "v" }yes%{ else }no%{ endif }!"', "yes!"),
        ('"%{ if false }yes%{ endif }"', ""),
        ('"%{ for x in L }${x},%{ endfor }"', "a,b,"),
        ('"%{ for k, x in M }${k}${x}%{ endfor }"', "k1"),
        ('"%{ for x in L }%{ if x == "a" }A%{ else }${x}%{ endif }%{ endfor }"', "Ab"),
        ('<<E\nline "q" \\n ${V}\n  $${x}\nE', 'line "q" \\n v\n  ${x}\n'),
        ("<<-E\n    a\n\n      b\n  E", "a\n\n  b\n"),
        ("<<-E\n    a\n\tb\n  \n  E", "   a\nb\n  \n"),
        ("<<E\nE", ""),
    ],
)
def test_texts(text, written, result):
    assert text(written, V) == result


def test_one_expression_alone_keeps_its_type(value):
    assert value('"${true}"').content is True
    assert value('"${true}x"').content == "truex"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (r'"\q"', r"\q is no escape"),
        (r'"\UFFFFFFFF"', r"\UFFFFFFFF is no escape"),
        ('"%{ if V }"', "a directive %{…} is not closed"),
        ('"%{ endif }"', "a directive %{…} closes nothing"),
        ('"%{ if V ~}%{ endif }"', "~ in a directive is nothing that stagegraph works out"),
    ],
)
def test_what_is_refused(written, reason, names):
    with pytest.raises(NotEvaluated) as caught:
        names(f"x = {written}\n")
    assert caught.value.fault.reason == reason


@pytest.mark.parametrize(
    ("content", "result"),
    [
        ("", ""),
        ('a "q" \\n', 'a "q" \\n'),
        ('x "${V}" \\', 'x "v" \\'),
        ("a\n${V}\n", "a\nv\n"),
        ('${upper("}")}', "}"),
        ("$${V}${V}", "${V}v"),
    ],
)
@pytest.mark.parametrize("on_one_line", [False, True])
def test_texts_without_quotes(names, content, result, on_one_line):
    template = bare_template(content, HERE, on_one_line=on_one_line)
    assert to_text(Scope(names(V)).value(template)).value == result
    assert template.place == HERE


def test_expressions_in_texts_without_quotes_have_their_lines(names):
    with pytest.raises(NotEvaluated) as caught:
        Scope(names(V)).value(bare_template("a\nb ${NONE}\n", HERE))
    assert caught.value.fault.place == Place("b.json", 8)


def test_a_malformed_text_without_quotes_is_refused():
    with pytest.raises(NotEvaluated, match="malformed"):
        bare_template("${", HERE)
