"""Runs the parse table that Lark makes of the grammar, in a loop that does nothing else.

Lark's own loop looks every action up through objects that compare themselves in Python, keeps
what an interactive parse or an error message needs, and calls a method for each token. Here a
token can only be where the grammar has it, as `lexemes.py` makes it so.

The grammar is so simple that a state and the next token say all that happens until that token is
shifted: what is under a reduction leads to one state only. So that is worked out once, and the
loop keeps no stack of states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from lark.parsers.lalr_analysis import Shift
from lark.parsers.lalr_parser import LALR_Parser

if TYPE_CHECKING:
    from lark.common import ParserConf
    from lark.lexer import LexerThread
    from lark.parsers.lalr_analysis import IntParseTable

Token = tuple[str, object]
"""The name of a terminal, and what stands for it in the tree."""

_END = "$END"  # Lark's name for what is behind the last token
_ENDS: tuple[Token, ...] = ((_END, None),)
_TWO = 2

Make = Callable[[list[object]], object]
Reduction = tuple[Make, int]
"""What makes a value of the last values, and how many those are."""

Row = dict[str, Any]
"""What a state does at each terminal: reductions, and the row of the state that is next. (A type
that contains itself in a dict is more than can be said.)"""


class TableParser(LALR_Parser):
    """Lark's LALR parser with a loop of its own; given to `Lark` as its plugin of that name."""

    def __init__(self, parser_conf: ParserConf, debug: bool = False, strict: bool = False) -> None:
        super().__init__(parser_conf, debug=debug, strict=strict)
        self._start = _Rows(cast("IntParseTable", self._parse_table), parser_conf.callbacks).start()

    def parse(self, lexer: LexerThread, start: str, on_error: object = None) -> object:  # noqa: ARG002 - as Lark's
        """What the grammar makes of the tokens of `lexer`: the way through Lark's front door."""
        return self.read(lexer.lex(None))  # type: ignore[no-untyped-call]

    def read(self, tokens: Iterable[Token]) -> object:
        """What the grammar makes of `tokens`."""
        row = self._start
        values: list[object] = []
        for kind, value in chain(tokens, _ENDS):
            reductions, row = row[kind]
            for make, size in reductions:
                if size == _TWO:  # as nearly all are
                    last = values.pop()
                    values[-1] = make([values[-1], last])
                else:
                    first = len(values) - size
                    values[first:] = (make(values[first:]),)
            values.append(value)
        return values[0]


class _Rows:
    """The rows of a table, each state's with what happens until a token is shifted."""

    def __init__(self, table: IntParseTable, callbacks: Mapping[Any, Make]) -> None:
        self._states: Mapping[int, Mapping[str, tuple[object, Any]]] = cast("Any", table.states)
        self._callbacks = callbacks
        (self._first,), (self._last,) = table.start_states.values(), table.end_states.values()
        self._before: dict[int, set[int]] = {state: set() for state in self._states}
        for state, actions in self._states.items():
            for action, target in actions.values():
                if action is Shift:
                    self._before[target].add(state)

    def start(self) -> Row:
        """The row that a parse begins with."""
        rows: dict[int, Row] = {state: {} for state in self._states}
        for state, row in rows.items():
            for name in (*self._states[state], *([_END] if state == self._last else ())):
                reductions, target = self._until_shifted(state, str(name))
                row[str(name)] = reductions, {} if target is None else rows[target]
        return rows[self._first]

    def _until_shifted(self, state: int, name: str) -> tuple[tuple[Reduction, ...], int | None]:
        """The reductions before `name` is shifted, and the state behind it; None behind the end."""
        reductions: list[Reduction] = []
        while not (state == self._last and name == _END):
            action, target = self._states[state][name]
            if action is Shift:
                return tuple(reductions), target
            size = len(target.expansion)
            reductions.append((self._callbacks[target], size))
            state = self._state_behind(state, size, target.origin.name)
        return tuple(reductions), None

    def _state_behind(self, state: int, size: int, origin: str) -> int:
        """The state that a reduction of the last `size` symbols in `state` to `origin` leads to."""
        uncovered = {state}
        for _ in range(size):
            uncovered = {one for later in uncovered for one in self._before[later]}
        behind: set[int] = {self._states[one][origin][1] for one in uncovered if origin in self._states[one]}
        assert len(behind) == 1, f"what is under {origin} leads to several states"
        return behind.pop()
