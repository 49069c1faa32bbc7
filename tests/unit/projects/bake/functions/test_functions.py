"""Every function on the list, with the results that bake gives (those of `tests/conformance/bake` among them)."""

import pytest

from stagegraph.projects.bake.functions import FUNCTIONS

EXAMPLES = {
    "absolute": ("absolute(-3)", "3"),
    "add": ("add(1.5, 2)", "3.5"),
    "and": ("and(true, false)", "false"),
    "base64decode": ('base64decode("aMOpbGxv")', "héllo"),
    "base64encode": ('base64encode("héllo")', "aMOpbGxv"),
    "basename": ('basename("a/b/")', "b"),
    "ceil": ("ceil(1.2)", "2"),
    "chomp": ('chomp("x\\r\\n\\n")', "x"),
    "chunklist": ('jsonencode(chunklist(["a", "b", "c"], 2))', '[["a","b"],["c"]]'),
    "coalesce": ('coalesce(null, "q")', "q"),
    "coalescelist": ('join("", coalescelist([], ["z"]))', "z"),
    "compact": ('join(",", compact(["", "a"]))', "a"),
    "concat": ('join(",", concat(["a"], ["b"]))', "a,b"),
    "contains": ('contains(["a"], "a")', "true"),
    "dirname": ('dirname("a/b/c")', "a/b"),
    "distinct": ('join(",", distinct(["a", "b", "a"]))', "a,b"),
    "divide": ("divide(7, 2)", "3.5"),
    "element": ('element(["a", "b", "c"], 10)', "b"),
    "equal": ('equal(1, "1")', "false"),
    "flatten": ('join(",", flatten([["a"], ["b", ["c"]]]))', "a,b,c"),
    "floor": ("floor(-1.2)", "-2"),
    "format": (
        'format("%s-%03d-%v-%q-%5s|%-5s|%t %%", "a", 7, [1, "x"], "q\\"", "r", "l", true)',
        'a-007-[1,"x"]-"q\\""-    r|l    |true %',
    ),
    "formatlist": ('join(",", formatlist("%s-%s", ["a", "b"], "c"))', "a-c,b-c"),
    "greaterthan": ("greaterthan(2, 1)", "true"),
    "greaterthanorequalto": ("greaterthanorequalto(1, 1)", "true"),
    "hasindex": ('hasindex(["a"], 1)', "false"),
    "indent": ('indent(2, "a\\nb")', "a\n  b"),
    "index": ('index({a = "x"}, "a")', "x"),
    "indexof": ('indexof(["a", "b"], "b")', "1"),
    "int": ("int(-3.7)", "-3"),
    "join": ('join("-", ["a"], ["b", "c"])', "a-b-c"),
    "jsondecode": ('jsondecode("[1,{\\"a\\":null}]")[0]', "1"),
    "jsonencode": ('jsonencode({b = "<&>", a = [1, true, null]})', '{"a":[1,true,null],"b":"\\u003c\\u0026\\u003e"}'),
    "keys": ('join(",", keys({b = 1, a = 2}))', "a,b"),
    "length": ('length(["a"])', "1"),
    "lessthan": ("lessthan(1, 2)", "true"),
    "lessthanorequalto": ("lessthanorequalto(3, 2)", "false"),
    "lookup": ('lookup({a = "x"}, "b", "d")', "d"),
    "lower": ('lower("ÄB")', "äb"),
    "max": ("max(1, 5, 3)", "5"),
    "md5": ('md5("a")', "0cc175b9c0f1b6a831c399e269772661"),
    "merge": ('merge({a = "1"}, null, {a = "2"}).a', "2"),
    "min": ("min(4, 2)", "2"),
    "modulo": ("modulo(-7, 3)", "-1"),
    "multiply": ("multiply(2, 2.5)", "5"),
    "negate": ("negate(2)", "-2"),
    "not": ("not(true)", "false"),
    "notequal": ("notequal(1, 2)", "true"),
    "or": ("or(false, true)", "true"),
    "parseint": ('parseint("ff", 16)', "255"),
    "pow": ("pow(2, 10)", "1024"),
    "range": ('join(",", range(1, 2, 0.5))', "1,1.5"),
    "regex_replace": ('regex_replace("a/b:c", "[^a-z]", "-")', "a-b-c"),
    "replace": ('replace("aXbX", "X", "--")', "a--b--"),
    "reverse": ('reverse("abc")', "cba"),
    "reverselist": ('join("", reverselist(["a", "b"]))', "ba"),
    "sanitize": ('sanitize("a.b/c d")', "a_b_c_d"),
    "setproduct": ('jsonencode(setproduct(["a", "b"], ["c"]))', '[["a","c"],["b","c"]]'),
    "sha1": ('sha1("a")', "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"),
    "sha256": ('substr(sha256("a"), 0, 8)', "ca978112"),
    "sha512": ('substr(sha512("a"), 0, 8)', "1f40fc92"),
    "signum": ("signum(-4)", "-1"),
    "slice": ('join("", slice(["a", "b", "c"], 1, 3))', "bc"),
    "sort": ('join("", sort(["b", "a"]))', "ab"),
    "split": ('join("|", split(",", "a,b"))', "a|b"),
    "strlen": ('strlen("héé")', "3"),
    "substr": ('substr("hello", -3, -1)', "llo"),
    "subtract": ("subtract(1, 3)", "-2"),
    "title": ('title("hello wOrld it\'s foo_bar-baz")', "Hello WOrld It'S Foo_bar-Baz"),
    "trim": ('trim("--a--", "-")', "a"),
    "trimprefix": ('trimprefix("v1", "v")', "1"),
    "trimspace": ('trimspace("\\t x \\n")', "x"),
    "trimsuffix": ('trimsuffix("a.go", ".go")', "a"),
    "upper": ('upper("é")', "É"),
    "urlencode": ('urlencode("a b/ü&")', "a+b%2F%C3%BC%26"),
    "values": ('join(",", values({b = 1, a = 2}))', "2,1"),
    "zipmap": ('zipmap(["a", "b"], [1, 2]).b', "2"),
}


def test_every_function_has_an_example():
    assert EXAMPLES.keys() == FUNCTIONS.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example(text, name):
    written, result = EXAMPLES[name]
    assert text(written) == result


@pytest.mark.parametrize(
    ("written", "result"),
    [
        ('substr("abc", 1, 0)', ""),
        ('substr("abc", 5, 1)', ""),
        ('split("", "ab")[1]', "b"),
        ('replace("abc", "", "-")', "-a-b-c-"),
        ('regex_replace("a  b", "[ ]+", "_")', "a_b"),
        ('regex_replace("v1.v2", "^v", "")', "1.v2"),
        ('regex_replace("a.b+c", "\\\\.", "-")', "a-b+c"),
        ('regex_replace("x_1-é", "[\\\\d_-]", "")', "xé"),
        ('basename("")', "."),
        ('basename("/")', "/"),
        ('dirname("")', "."),
        ('dirname("x")', "."),
        ('dirname("a/b/")', "a/b"),
        ('join(",", range(5, 2))', "5,4,3"),
        ('join(",", range(0))', ""),
        ("floor(-0.5)", "-1"),
        ('format("%.2f %5.1f %x %X %b %o", 3.14159, 2, 255, 255, 5, 8)', "3.14   2.0 ff FF 101 10"),
        ('format("%.2s", "abc")', "ab"),
        ('parseint("-12", 10)', "-12"),
        ('join(",", chunklist(["a", "b"], 0)[0])', "a,b"),
        ('hasindex({a = 1}, "b")', "false"),
        ('jsonencode("é\\u2028")', '"é\\u2028"'),
        ("length({a = 1})", "1"),
        ('lookup({a = "x"}, "a")', "x"),
    ],
)
def test_edges(text, written, result):
    assert text(written) == result


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("coalesce(null)", "coalesce finds nothing but null"),
        ("coalescelist([])", "coalescelist finds no list with anything in it"),
        ("element([], 0)", "element finds nothing"),
        ('index(["a"], 1)', "index finds nothing"),
        ('indexof(["a"], "b")', "indexof finds nothing"),
        ("length(1)", "a list or an object was expected"),
        ('lookup({}, "a")', "there is no a in it"),
        ("pow(2, 99999)", "a power beyond 10000, a limit of stagegraph"),
        ("divide(1, 3)", "divide has no result here"),
        ('parseint("x", 10)', "parseint finds no number in base 10"),
        ('parseint("1", 99)', "the base of parseint is not between 2 and 36"),
        ('regex_replace("a", "(a|b)*", "")', "regex_replace replaces only a plain text or one set of characters here"),
        ('regex_replace("a", "a", "$1")', "regex_replace replaces only a plain text or one set of characters here"),
        ('regex_replace("a", "[z-a]", "")', "[z-a] is no pattern"),
        ("range(1, 5, -1)", "range has a step that does not lead to its end"),
        ("range(1, 2, 0)", "range has a step that does not lead to its end"),
        ("slice([1], 0, 2)", "slice goes beyond its list"),
        ("chunklist([1], -1)", "the size of a chunk is negative"),
        ('base64decode("!")', "base64decode finds no text"),
        ('jsondecode("{")', "a text is no JSON"),
        ('zipmap(["a"], [])', "zipmap has more keys than values, or fewer"),
        ('format("%d", 1.5)', "format was given a number that is not whole"),
        ('format("%s")', "format has no value for %s"),
        ('format("x", 1)', "format has values that it does not use"),
        ('format("%z", 1)', "the verb %z of format is nothing that stagegraph works out"),
        ('formatlist("%s%s", [1], [1, 2])', "the lists of formatlist have different lengths"),
    ],
)
def test_what_has_no_result(refusal, written, reason):
    assert refusal(written) == reason


@pytest.mark.parametrize(
    "written",
    [
        f'replace("{"a" * 3000}", "a", "{"b" * 3000}")',
        f'join("{"x" * 3000}", range(2000))',
        'indent(9999999, "a\\nb")',
        f'format("{"%9999s" * 300}", range(300)...)',
        "setproduct(range(900), range(900))",
        "distinct(range(5000))",
        f'parseint("{"1" * 90000}", 10)',
    ],
)
def test_results_without_measure_are_refused_before_they_are_made(refusal, written):
    assert "a limit of stagegraph" in refusal(written)
