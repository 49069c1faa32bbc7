import pytest

V = 'variable "N" {\n  default = 3\n}\n'


@pytest.mark.parametrize(
    ("written", "result"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 / 2", "3.5"),
        ("7 % 3", "1"),
        ("-7 % 3", "-1"),
        ("1 - 2", "-1"),
        ("-(1)", "-1"),
        ("0.1 + 0.2", "0.3"),
        ("1 == 1", "true"),
        ('1 == "1"', "false"),
        ("1 != 2", "true"),
        ("2 > 1", "true"),
        ("2 <= 1", "false"),
        ("1 < 2 && 1 >= 1", "true"),
        ("false || true", "true"),
        ("!true", "false"),
        ('"2" + 1', "3"),
        ("null == null", "true"),
        ("100000000000000000000 + 1", "100000000000000000001"),
    ],
)
def test_results(text, written, result):
    assert text(written) == result


def test_the_variables_of_the_operands_have_a_part_in_the_result(value):
    assert value("[N, 1] == [3, 1]", V).variables == {"N"}


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("1 / 0", "/ has no result here"),
        ("1 / 3", "/ has no result here"),
        ("1 % 0", "% has no result here"),
        ('"x" + 1', "a text stands where a number was expected"),
        ("!1", "a number stands where a truth value was expected"),
        ("-null", "null stands where a number was expected"),
    ],
)
def test_what_has_no_result(refusal, written, reason):
    assert refusal(written) == reason
