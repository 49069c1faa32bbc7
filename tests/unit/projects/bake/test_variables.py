import pytest


def variable(body):
    return f'variable "V" {{\n  {body}\n}}\n'


@pytest.mark.parametrize(
    ("body", "given", "result"),
    [
        ('default = "d"', {}, "d"),
        ('default = "d"', {"V": "g"}, "g"),
        ("", {}, ""),
        ("", {"V": "g"}, "g"),
        ("default = 1", {"V": "2"}, "2"),
        ("default = null", {"V": "x"}, "x"),
        ("type = string\n  default = 1", {}, "1"),
        ('type = number\n  default = "2"', {}, "2"),
        ("type = bool\n  default = false", {"V": "1"}, "true"),
        ("type = list(string)\n  default = []", {"V": 'a,"b,c"'}, "a|b,c"),
        ("type = list(string)", {"V_JSON": '["x","y"]'}, "x|y"),
        ("type = set(string)", {"V": "z,y,z"}, "y|z"),
        ('type = set(string)\n  default = ["b", "a", "b"]', {}, "a|b"),
        ("default = 1", {"V_JSON": "5"}, "5"),
    ],
)
def test_values(text, value, body, given, result):
    content = value("V", variable(body), **given).content
    assert text('join("|", V)' if isinstance(content, tuple) else "V", variable(body), **given) == result


def test_what_is_not_given_is_open(value):
    assert value("V", variable("default = 1")).variables == {"V"}
    assert value("V", variable("default = 1"), V="2").variables == frozenset()


def test_a_variable_with_a_type_and_nothing_else_is_null(value):
    assert value("V", variable("type = string")).content is None


@pytest.mark.parametrize(
    ("body", "given", "reason"),
    [
        ('type = number\n  default = "x"', {}, "a text stands where a number was expected"),
        ("default = true", {"V": "x"}, "invalid syntax"),
        ("default = [1]", {"V": "x"}, "a value cannot be given for V, which is a list"),
        ("type = object({a=string})", {"V": "x"}, "a value cannot be given for V"),
        ("type = set(number)\n  default = [1]", {}, "a set of other things than texts"),
        ("type = list(string)", {"V_JSON": "["}, "a text is no JSON"),
    ],
)
def test_what_is_refused(refusal, body, given, reason):
    assert reason in refusal("V", variable(body), **given)
