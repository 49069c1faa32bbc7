"""Runs the parse table that Lark makes of the grammar, in a loop that does nothing else.

Lark's own loop looks every action up through objects that compare themselves in Python, keeps
what an interactive parse or an error message needs, and calls a method for each token. Here a
token can only be where the grammar has it, as `lexemes.py` makes it so; the loop is half the cost.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from lark.parsers.lalr_analysis import Shift
from lark.parsers.lalr_parser import LALR_Parser

if TYPE_CHECKING:
    from lark.common import ParserConf
    from lark.lexer import LexerThread


class Token(Protocol):
    """All that is asked of a token."""

    @property
    def type(self) -> str:
        """The name of its terminal."""


class _End:
    """The token behind the last one."""

    type = "$END"


_ENDS = (_End(),)

Row = dict[str, object]
"""What a state does for each terminal: another row to go to, or a reduction; and where each rule leads."""


class TableParser(LALR_Parser):
    """Lark's LALR parser with a loop of its own; given to `Lark` as its plugin of that name."""

    def __init__(self, parser_conf: ParserConf, debug: bool = False, strict: bool = False) -> None:
        super().__init__(parser_conf, debug=debug, strict=strict)
        table, callbacks = self._parse_table, parser_conf.callbacks
        rows: dict[object, Row] = {state: {} for state in table.states}
        for state, actions in table.states.items():
            for name, (action, target) in actions.items():
                rows[state][str(name)] = (
                    rows[target]
                    if action is Shift
                    else (callbacks[target], len(target.expansion), str(target.origin.name))
                )
        (start,), (end,) = table.start_states.values(), table.end_states.values()
        self._start, rows[end][_End.type] = rows[start], {}

    def parse(self, lexer: LexerThread, start: str, on_error: object = None) -> object:  # noqa: ARG002 - as Lark's
        """What the grammar makes of the tokens of `lexer`: the way through Lark's front door."""
        return self.read(lexer.lex(None))  # type: ignore[no-untyped-call]

    def read(self, tokens: Iterable[Token]) -> object:
        """What the grammar makes of `tokens`."""
        row: Any = self._start
        rows: list[Any] = [row]
        values: list[object] = []
        for token in chain(tokens, _ENDS):
            kind = token.type
            action = row[kind]
            while type(action) is tuple:
                make, size, origin = action
                if size:
                    parts = values[-size:]
                    del values[-size:], rows[-size:]
                else:
                    parts = []
                values.append(make(parts))
                row = rows[-1][origin]
                rows.append(row)
                action = row[kind]
            row = action
            rows.append(row)
            values.append(token)
        return values[-2]
