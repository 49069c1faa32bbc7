"""Strings as Go prints them with `%q`."""

from __future__ import annotations

import pytest

from stagegraph.quoting import go_quote


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("", '""'),
        ("plain ~!", '"plain ~!"'),
        ('"\\', r'"\"\\"'),
        ("\a\b\f\n\r\t\v", r'"\a\b\f\n\r\t\v"'),
        ("\0\x1b\x7f", r'"\x00\x1b\x7f"'),
        ("\x80\xa0\xad\u2028\ufeff", r'"\u0080\u00a0\u00ad\u2028\ufeff"'),
        ("é日€\u0301²\U0001f600\ufffd", '"é日€\u0301²\U0001f600\ufffd"'),
        ("\U000e0001\U0010ffff\ue000", r'"\U000e0001\U0010ffff\ue000"'),
        ("\udc80\udcff", r'"\x80\xff"'),
        ("'$`", '"\'$`"'),
    ],
)
def test_go_quote(text: str, quoted: str) -> None:
    assert go_quote(text) == quoted
