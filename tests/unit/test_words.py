"""Shell words: what every form becomes, in every mode, and what is said of the wrong ones."""

from __future__ import annotations

import re
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagegraph import word_lexer
from stagegraph.errors import Complaint, LimitComplaint
from stagegraph.quoting import go_quote
from stagegraph.words import Expansion, expand, expand_text, split_words

ENVIRONMENT = MappingProxyType(
    {
        "name": "web",
        "empty": "",
        "list": "80 443\t8080",
        "padded": "  a b  ",
        "path": "/srv/data/archive.tar.gz",
        "lines": "one\ntwo\n",
        "star": "a*b",
        "naïve": "café",
        "٣": "never, digits are positional",
        "bytes": "x\udcffy",
    }
)


def complaint(word: str) -> str:
    """What is said of `word`, without the prefix that repeats it."""
    with pytest.raises(Complaint) as caught:
        expand(word, ENVIRONMENT)
    prefix = f"failed to process {go_quote(word)}: "
    assert caught.value.message.startswith(prefix)
    return caught.value.message.removeprefix(prefix)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("", ""),
        ("plain/word:1.0", "plain/word:1.0"),
        ("two words", "two words"),
        ("'a b'", "a b"),
        ("a'b'\"c\"d", "abcd"),
        ("''", ""),
        ("'$name \\ \"'", '$name \\ "'),
        ('"it\'s $name"', "it's web"),
        ("a\\b", "ab"),
        ("a\\ b", "a b"),
        ("\\$name", "$name"),
        ("\\'", "'"),
        ("end\\", "end"),
        ("end\\\\", "end\\"),
        ('"\\$name \\" \\\\ \\n"', '$name " \\ \\n'),
        ("a`$name", "a`web"),
        ("line\nfeed\tand tab", "line\nfeed\tand tab"),
        ("<<EOF < <<", "<<EOF < <<"),
    ],
)
def test_quotes_and_escapes(word: str, text: str) -> None:
    assert expand_text(word, ENVIRONMENT) == text
    assert expand(word, ENVIRONMENT).text == text


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("a`$name", "a$name"),
        ("`a``", "a`"),
        ("C:\\dir", "C:\\dir"),
        ('"`"`$`x\\"', '"$`x\\'),
        ("${none:-`}}", "}"),
        ("\\$name", "\\web"),
    ],
)
def test_the_backtick_escapes_where_the_file_says_so(word: str, text: str) -> None:
    assert expand_text(word, ENVIRONMENT, "`") == text


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("$name", "web"),
        ("<$name>", "<web>"),
        ("$name_x$name", "web"),
        ("$name-x", "web-x"),
        ("$none.", "."),
        ("$empty.", "."),
        ("${name}s", "webs"),
        ("$", "$"),
        ("$.", "$."),
        ("$/$", "$/$"),
        ("$12name", "name"),
        ("$0x$1", "x"),
        ("$@$*$#$?$-$$$!.", "."),
        ("${@}${1}${#}.", "."),
        ("$naïve", "café"),
        ("${naïve}", "café"),
        ("$name²", "web²"),
        ("$²", "$²"),
        ("$٣x", "never, digits are positionalx"),
        ("$name\u0301", "web\u0301"),
    ],
)
def test_names(word: str, text: str) -> None:
    assert expand_text(word, ENVIRONMENT) == text


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("${none-x}", "x"),
        ("${none:-x}", "x"),
        ("${empty-x}", ""),
        ("${empty:-x}", "x"),
        ("${name-x}", "web"),
        ("${name:-x}", "web"),
        ("${none+x}", ""),
        ("${none:+x}", ""),
        ("${empty+x}", "x"),
        ("${empty:+x}", ""),
        ("${name+x}", "x"),
        ("${name:+x}", "x"),
        ("${name?x}", "web"),
        ("${name:?x}", "web"),
        ("${empty?x}", ""),
        ("${+x}.", "."),
        ("${none:-a b}", "a b"),
        ("${none:-}", ""),
        ("${none:-$name}", "web"),
        ("${none:-${none:-${name}}}s", "webs"),
        ("${none:-'}'}", "}"),
        ('${none:-"}"}', "}"),
        ("${none:-\\}}", "}"),
        ("${none:-{}", "{"),
        ("\"${none:-'$name'}\"", "$name"),
        ('"${none:-"$name"}"', "web"),
        ("${name:+a${empty:-b${none:-c}d}e}", "abcde"),
        ("${name:-a${none:-b}c}", "web"),
    ],
)
def test_defaults_and_alternatives(word: str, text: str) -> None:
    assert expand_text(word, ENVIRONMENT) == text


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("${path#*/}", "srv/data/archive.tar.gz"),
        ("${path##*/}", "archive.tar.gz"),
        ("${path%/*}", "/srv/data"),
        ("${path%%/*}", ""),
        ("${path%.*}", "/srv/data/archive.tar"),
        ("${path%%.*}", "/srv/data/archive"),
        ("${path#/s?v}", "/data/archive.tar.gz"),
        ("${path#nothing}", "/srv/data/archive.tar.gz"),
        ("${path#}", "/srv/data/archive.tar.gz"),
        ("${path##}", "/srv/data/archive.tar.gz"),
        ("${path#'/srv'}", "/data/archive.tar.gz"),
        ("${path#[/]}", "/srv/data/archive.tar.gz"),
        ("${path%.t.r.gz}", "/srv/data/archive.tar.gz"),
        ("${star#a\\*}", "b"),
        ("${star%\\*?}", "a"),
        ("${star%\\*b}", "a"),
        ("${lines#*}", "one\ntwo\n"),
        ("${lines##*}", "\ntwo\n"),
        ("${lines%%*}", "one\ntwo\n"),
        ("${lines%?}", "one\ntwo\n"),
        ("${lines%'\n'}", "one\ntwo"),
        ("${none#x}", ""),
        ("${none%%*}", ""),
        ("${name#$name}", ""),
        ("${name#${none:-w}}", "eb"),
    ],
)
def test_trimming(word: str, text: str) -> None:
    assert expand_text(word, ENVIRONMENT) == text


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("${path/a/A}", "/srv/dAta/archive.tar.gz"),
        ("${path//a/A}", "/srv/dAtA/Archive.tAr.gz"),
        ("${path//\\//-}", "-srv-data-archive.tar.gz"),
        ("${path/d*a/}", "/srv/r.gz"),
        ("${path//?a/_}", "/srv/___rchive._r.gz"),
        ("${path/none/x}", "/srv/data/archive.tar.gz"),
        ("${name//*/x}", "x"),
        ("${name/*/x}", "x"),
        ("${name///-}", "-w-e-b-"),
        ("${lines//*/x}", "x\nx\nx"),
        ("${empty//*/x}", "x"),
        ("${none/*/x}", "x"),
        ("${none/x/y}", ""),
        ("${star/\\*/$name}", "awebb"),
        ("${name/e/a\\b}", "wa\\bb"),
        ("${name/e/\\}}", "w\\}b"),
        ("${name/e/${name/e/E}}", "wwEbb"),
        ("${name/${none:-e}/i}", "wib"),
        ("${name//e/'$0$0'}", "weeb"),
        ("${name/e/'$0$0'}", "w$0$0b"),
        ("${name//e/'[${0}]'}", "w[e]b"),
        ("${name//e/'$$'}", "w$b"),
        ("${name//e/'a$'}", "wa$b"),
        ("${name//e/'$1-$x-${y}'}", "w--b"),
        ("${name//e/'${0'}", "w${0b"),
        ("${name//e/'${}$-'}", "w${}$-b"),
        ("${name//e/'$00$²'}", "w$²b"),
    ],
)
def test_replacing(word: str, text: str) -> None:
    assert expand_text(word, ENVIRONMENT) == text


@pytest.mark.parametrize(
    ("word", "cause"),
    [
        ("'open", "unexpected end of statement while looking for matching single-quote"),
        ("a\\\\'", "unexpected end of statement while looking for matching single-quote"),
        ('"open', "unexpected end of statement while looking for matching double-quote"),
        ('"open\\"', "unexpected end of statement while looking for matching double-quote"),
        ('"open\\', "unexpected end of statement while looking for matching double-quote"),
        ("${", "syntax error: missing '}'"),
        ("${}", "syntax error: bad substitution"),
        ("${:-x}", "syntax error: bad substitution"),
        ("${{x}}", "syntax error: bad substitution"),
        ("${name", "unsupported modifier (\ufffd) in substitution"),
        ("${name:", "syntax error: missing '}'"),
        ("${name:-", "syntax error: missing '}'"),
        ("${name:-x\\", "syntax error: missing '}'"),
        ("${name:-'x}", "syntax error: missing '}'"),
        ('${name:-"x}', "syntax error: missing '}'"),
        ("${name#x", "syntax error: missing '}'"),
        ("${name/x", "syntax error: missing '/' in ${}"),
        ("${name/x}", "syntax error: missing '/' in ${}"),
        ("${name//\\/-}", "syntax error: missing '/' in ${}"),
        ("${name/x/y", "syntax error: missing '}'"),
        ("${name^}", "unsupported modifier (^) in substitution"),
        ("${name=x}", "unsupported modifier (=) in substitution"),
        ("${name:=x}", "unsupported modifier (:=) in substitution"),
        ("${name:1:2}", "unsupported modifier (:1) in substitution"),
        ("${name:}}", "unsupported modifier (:}) in substitution"),
        ("${name:/a/b}", "unsupported modifier (:/) in substitution"),
        ("${name:#x}", "unsupported modifier (:#) in substitution"),
        ("${name:%x", "unsupported modifier (:%) in substitution"),
        ("${#name}", "unsupported modifier (n) in substitution"),
        ("${.}", "unsupported modifier (.) in substitution"),
        ("${'name'}", "unsupported modifier (') in substitution"),
        ("${none?}", "none: is not allowed to be unset"),
        ("${none:?}", "none: is not allowed to be unset"),
        ("${empty:?}", "empty: is not allowed to be empty"),
        ("${none?say $name}", "none: say web"),
        ("${empty:?say '}'}", "empty: say }"),
        ("${name#a\\b}", "invalid pattern (a\\b) in substitution: invalid escape '\\b'"),
        ("${name##a\\b}", "invalid pattern (a\\b) in substitution: invalid escape '\\b'"),
        ("${name%a\\bc}", "invalid pattern (c\\ba) in substitution: invalid escape '\\b'"),
        ("${lines%\\\n}", "invalid pattern (\\\n) in substitution: invalid escape '\\\n'"),
        ("${none/\\x/y}", "invalid pattern (\\x) in substitution: invalid escape '\\x'"),
        ("${name#'\\'}", "invalid pattern (\\) in substitution: invalid escape '\\\ufffd'"),
        ("${name%'a\\'}", "invalid pattern (\\a) in substitution: invalid escape '\\a'"),
    ],
)
def test_complaints(word: str, cause: str) -> None:
    assert complaint(word) == cause


@pytest.mark.parametrize(
    ("word", "cause"),
    [
        ("${name:-${none?}}", "none: is not allowed to be unset"),
        ("${name:-${none?}", "syntax error: missing '}'"),
        ("${name:-${}", "syntax error: bad substitution"),
        ("${name:-${none^", "syntax error: missing '}'"),
        ("${name:-${none^}", "unsupported modifier (^) in substitution"),
        ("${name/${none:-x", "syntax error: missing '/' in ${}"),
        ("${name/x/${none:-x", "syntax error: missing '}'"),
        ("${name:-${none/x", "syntax error: missing '}'"),
        ("\"${name/'x", "syntax error: missing '/' in ${}"),
    ],
)
def test_an_outer_substitution_that_is_open_at_the_end_has_the_last_word(word: str, cause: str) -> None:
    assert complaint(word) == cause


def test_a_complaint_quotes_the_word_as_go_does() -> None:
    with pytest.raises(Complaint) as caught:
        expand_text("'\udc80\t\"é\u200b", {})
    assert caught.value.message == (
        'failed to process "\'\\x80\\t\\"é\\u200b": unexpected end of statement while looking for matching single-quote'
    )


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("", []),
        ("  ", []),
        ("80", ["80"]),
        (" 80\t443\n", ["80", "443"]),
        ("a\u3000b\x85c\xa0d\x0be", ["a", "b", "c", "d", "e"]),
        ("a\x1cb", ["a\x1cb"]),
        ("$list", ["80", "443", "8080"]),
        ('"$list"', ["80 443\t8080"]),
        ("x${list}y", ["x80", "443", "8080y"]),
        ("x$padded", ["x", "a", "b"]),
        ("$padded.", ["a", "b", "."]),
        ("a\\ b 'c d'", ["a b", "c d"]),
        ("''", []),
        ("a '' b", ["a", "b"]),
        ("$", ["$"]),
        ("$none", []),
        ("a$bytes", ["ax\ufffdy"]),
        ("a'$name'\"$name\"", ["a$nameweb"]),
        ("<< EOF", ["<< EOF"]),
        ("<<\t\r EOF x", ["<<\t\r EOF", "x"]),
        ("<<\nEOF", ["<<", "EOF"]),
        ("a << b", ["a", "<< b"]),
        ("< a", ["<", "a"]),
        ("<<< a", ["<<<", "a"]),
        ("<<<< a", ["<<<< a"]),
        ("'<<' a", ["<<", "a"]),
        ("$name<< a", ["web<< a"]),
    ],
)
def test_words(word: str, words: list[str]) -> None:
    assert split_words(word, ENVIRONMENT, "\\") == words
    assert expand(word, ENVIRONMENT).words == tuple(words)


@pytest.mark.parametrize(
    ("word", "words", "text"),
    [
        ("abc${none:-x}", ["x"], "abcx"),
        ("abc${name+x}d", ["xd"], "abcxd"),
        ("abc${none+x}d", ["d"], "abcd"),
        ("abc${name}d", ["abcwebd"], "abcwebd"),
        ("one two${none:-x}", ["one", "x"], "one twox"),
        ("one two ${none:-x}", ["one", "two", "x"], "one two x"),
        ('abc"d${none:-x}e"f', ["dxef"], "abcdxef"),
        ("abc${none:-x y}d", ["x", "yd"], "abcx yd"),
        ("abc${none:-'x y'}d", ["x", "yd"], "abcx yd"),
        ("abc${name/e/E}d", ["wEbd"], "abcwEbd"),
        ("abc${none:-<< x}", ["<<", "x"], "abc<< x"),
    ],
)
def test_an_operand_takes_away_what_its_word_holds_before_it(word: str, words: list[str], text: str) -> None:
    assert expand(word, ENVIRONMENT).words == tuple(words)
    assert split_words(word, ENVIRONMENT, "\\") == words
    assert expand(word, ENVIRONMENT).text == text


def test_split_words_escapes_with_the_given_character() -> None:
    assert split_words("a` b\\ c", {}, "`") == ["a b\\", "c"]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("'a'", "'a'"),
        ('"a $name"', '"a web"'),
        ("a\\'", "a'"),
        ("${none:-'a'}", "'a'"),
        ("\"${none:-'a'}\"", "\"'a'\""),
    ],
)
def test_raw_quotes_stay(word: str, text: str) -> None:
    assert expand_text(word, ENVIRONMENT, raw_quotes=True) == text
    assert expand(word, ENVIRONMENT, raw_quotes=True).text == text


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("a\\ b", "a\\ b"),
        ("\\$name", "\\$name"),
        ("end\\", "end\\"),
        ('"\\$ \\" \\\\"', '\\$ \\" \\\\'),
        ('"\\n"', "\\\\n"),
        ("'\\n'", "\\n"),
        ("${none:-\\a}", "a"),
    ],
)
def test_raw_escapes_stay(word: str, text: str) -> None:
    assert expand(word, ENVIRONMENT, raw_escapes=True).text == text


def test_raw_escapes_are_part_of_words() -> None:
    assert expand("a\\ b c\\", ENVIRONMENT, raw_escapes=True).words == ("a\\ b", "c\\")


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("$none/$name", "$none/web"),
        ("${none}", "${none}"),
        ("$1", "$1"),
        ("$$", "$$"),
        ("${none:-x}", "${none:-x}"),
        ("${none-'x' $name}", "${none-x web}"),
        ("${none:?x}", "${none:?x}"),
        ("${none:=x}", "${none:=x}"),
        ("${none##x\\}y}", "${none##x\\}y}"),
        ("${none%x}", "${none%x}"),
        ("${none/x/y}", "${none/x/y}"),
        ("${none//x/y}", "${none/x/y}"),
        ("${none/\\x/${gone:-y}}", "${none/\\x/${gone:-y}}"),
        ("${name:+${none:-x}}", "${none:-x}"),
        ("${name:-${none:-x}}", "web"),
        ("${empty:-x}", "x"),
    ],
)
def test_unset_references_stay_as_written(word: str, text: str) -> None:
    assert expand_text(word, ENVIRONMENT, keep_unset=True) == text
    assert expand(word, ENVIRONMENT, keep_unset=True).text == text


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("it's", "it's"),
        ('"$name"', '"web"'),
        ("'$name", "'web"),
        ("\\'", "'"),
        ("${none:-'x}", "'x"),
    ],
)
def test_without_quotes_a_quote_is_a_character(word: str, text: str) -> None:
    assert expand_text(word, ENVIRONMENT, quotes=False) == text
    assert expand(word, ENVIRONMENT, quotes=False).text == text


def test_names_that_were_looked_up() -> None:
    result = expand("$name ${none:-${empty}} '$quoted' $1 ${+x} ${name:+$gone}", ENVIRONMENT)
    assert result.matched == {"name", "empty"}
    assert result.unmatched == {"none", "1", "", "gone"}


def test_a_plain_word_looks_nothing_up() -> None:
    assert expand("a b", {}) == Expansion("a b", ("a", "b"), frozenset(), frozenset())


def test_expand_text_adds_the_unmatched_names() -> None:
    unmatched = {"earlier"}
    expand_text("$name$none${gone}", ENVIRONMENT, unmatched=unmatched)
    expand_text("plain", ENVIRONMENT, unmatched=unmatched)
    assert unmatched == {"earlier", "none", "gone"}


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("a\udc80b", "a\ufffdb"),
        ("'\udcff'$name", "\ufffdweb"),
        ("\ufeffa\ufeff", "a\ufeff"),
        ("\ufeff\ufeffa", "\ufeffa"),
        ("\ufeff$name", "web"),
        ("a\ud800", "a\ud800"),
        ("$bytes", "x\udcffy"),
        ("${bytes%none}", "x\ufffdy"),
        ("${bytes#none}", "x\udcffy"),
        ("${bytes#x\ufffd}", "y"),
        ("${bytes//\ufffd/}", "xy"),
        ("${name#\ufeffw}", "eb"),
    ],
)
def test_bytes_that_are_no_text_and_marks(word: str, text: str) -> None:
    assert expand_text(word, ENVIRONMENT) == text
    assert expand(word, ENVIRONMENT).text == text


DEPTH = 50_000


@pytest.mark.parametrize(
    ("opening", "middle", "closing", "text"),
    [
        ("${none:-", "x", "}", "x"),
        ("${none:-a", "", "}", "a" * DEPTH),
        ("${name:-", "x", "}", "web"),
        ("${name+", "$name", "}", "web"),
        ("${none#", "x", "}", ""),
        ("${name/", "web", "/web}", "web"),
        ("${none/x/", "y", "}", ""),
        ('"${none:-', "x", '}"', "x"),
    ],
)
def test_deep_nesting(opening: str, middle: str, closing: str, text: str) -> None:
    word = opening * DEPTH + middle + closing * DEPTH
    assert expand_text(word, ENVIRONMENT) == text
    assert expand(word, ENVIRONMENT).words == ((text,) if text else ())


def test_deep_nesting_that_stays_as_written() -> None:
    word = "${none:-a" * DEPTH + "}" * DEPTH
    assert expand_text(word, ENVIRONMENT, keep_unset=True) == word


@pytest.mark.parametrize(
    ("opening", "cause"),
    [
        ("${none:-", "syntax error: missing '}'"),
        ('${none:-"', "syntax error: missing '}'"),
        ("${none/", "syntax error: missing '/' in ${}"),
    ],
)
def test_deep_nesting_that_never_closes(opening: str, cause: str) -> None:
    assert complaint(opening * DEPTH) == cause


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("${long#*a*a*a*a*a*a*a*b}", None),
        ("${long%b*a*a*a*a*a*a*a*}", None),
        ("${long/a*a*a*a*a*a*b/x}", None),
        ("${long//?a*?a*b/x}", None),
        ("${long##*a*a*a*a*a}", ""),
        ("${long//a*a*a/x}", "x"),
    ],
)
def test_patterns_do_not_backtrack(word: str, text: str | None) -> None:
    long = "a" * 20_000
    assert expand_text(word, {"long": long}) == (long if text is None else text)


@pytest.mark.parametrize(
    "word",
    ["$long$long", "'x'$long$long", "${none:-$long$long}", '"$long$long"', "${long//a/'$0$0'}", "${long/a/$long}"],
)
def test_a_value_does_not_grow_beyond_the_limit(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_lexer, "MAX_EXPANSION", 150)
    environment = {"long": "a" * 100}
    with pytest.raises(LimitComplaint, match="the value grows beyond 150 characters, a limit of stagegraph"):
        expand_text(word, environment)
    with pytest.raises(LimitComplaint):
        split_words(word, environment, "\\")


def test_the_limit_is_sixteen_mebi_characters() -> None:
    with pytest.raises(LimitComplaint) as caught:
        expand_text("$long" * 17, {"long": "a" * 1_048_576})
    assert caught.value.message == "the value grows beyond 16777216 characters, a limit of stagegraph"


def test_the_patterns_of_a_word_have_a_limit_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_lexer, "MAX_MATCHING", 50_000)
    environment = {"long": "a" * 100}
    assert expand_text("${long#aaa}", environment) == "a" * 97
    with pytest.raises(LimitComplaint, match="the patterns take more than 50000 comparisons, a limit of stagegraph"):
        expand_text("${long#" + "a" * 300 + "}", environment)
    with pytest.raises(LimitComplaint):
        expand_text("${long#a}${long#a}", environment)


@given(st.text(st.characters(exclude_characters="$'\"\\`\ufeff", exclude_categories=["Cs"])))
def test_law_plain_words_are_returned_unchanged(word: str) -> None:
    """A word without special characters is its own expansion."""
    assert expand_text(word, ENVIRONMENT) is word
    assert expand(word, ENVIRONMENT).text == word


@given(st.text(st.characters(exclude_characters="'", exclude_categories=["Cs"])))
def test_law_single_quotes_keep_all(text: str) -> None:
    """What stands between single quotes comes back verbatim, and is one word if it is anything."""
    result = expand(f"'{text}'", ENVIRONMENT)
    assert result.text == text
    assert result.words == ((text,) if text else ())


@given(st.lists(st.sampled_from(["$", "a", "$b", "${c}", "${d:-e}", "${f/g/h}", "${i%j}", " ", "{", "}", "-", "<<"])))
def test_law_keep_unset_keeps_unknown_references(parts: list[str]) -> None:
    """Where no name is set, a word without quotes and escapes stays as it is written."""
    word = "".join(part + " " * part.startswith("$") for part in parts)
    assert expand_text(word, {}, keep_unset=True) == word


@given(st.text("ab${}:-+?#%/*\\'\"`< \n", max_size=20), st.sampled_from("\\`"))
def test_law_the_ways_to_expand_agree(word: str, escape: str) -> None:
    """`expand`, `expand_text` and `split_words` give the same text, words and complaints."""
    environment = {"a": "b a", "b": ""}
    try:
        whole = expand(word, environment, escape=escape)
    except Complaint as error:
        with pytest.raises(Complaint, match=re.escape(error.message)):
            expand_text(word, environment, escape)
        with pytest.raises(Complaint, match=re.escape(error.message)):
            split_words(word, environment, escape)
    else:
        unmatched: set[str] = set()
        assert expand_text(word, environment, escape, unmatched=unmatched) == whole.text
        assert unmatched == whole.unmatched
        assert split_words(word, environment, escape) == list(whole.words)


def test_names_before_what_is_no_plain_text_take_no_time():
    word = "$ABCDEFGHIJ " * 200 + "\\'"
    assert expand_text(word, {"ABCDEFGHIJ": "x"}) == "x " * 200 + "'"
