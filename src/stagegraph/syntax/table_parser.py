"""Runs the parse table that Lark makes of the grammar, in a loop that does nothing else.

Lark's own loop looks every action up through objects that compare themselves in Python, keeps
what an interactive parse or an error message needs, and calls a method for each token. Here a
token can only be where the grammar has it, as `lexemes.py` makes it so; the loop is half the cost.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from lark.parsers.lalr_analysis import Shift
from lark.parsers.lalr_parser import LALR_Parser

if TYPE_CHECKING:
    from lark.common import ParserConf
    from lark.lexer import LexerThread

_END = "$END"


class Token(Protocol):
    """All that is asked of a token."""

    @property
    def type(self) -> str:
        """The name of its terminal."""


class TableParser(LALR_Parser):
    """Lark's LALR parser with a loop of its own; given to `Lark` as its plugin of that name."""

    def __init__(self, parser_conf: ParserConf, debug: bool = False, strict: bool = False) -> None:
        super().__init__(parser_conf, debug=debug, strict=strict)
        table, callbacks = self._parse_table, parser_conf.callbacks
        (self._start,) = table.start_states.values()
        (self._end,) = table.end_states.values()
        self._actions: dict[object, dict[str, object]] = {
            state: {
                str(name): target
                if action is Shift
                else (callbacks[target], len(target.expansion), str(target.origin.name))
                for name, (action, target) in actions.items()
            }
            for state, actions in table.states.items()
        }

    def parse(self, lexer: LexerThread, start: str, on_error: object = None) -> object:  # noqa: ARG002 - as Lark's
        """What the grammar makes of the tokens of `lexer`: the way through Lark's front door."""
        return self.read(lexer.lex(None))  # type: ignore[no-untyped-call]

    def read(self, tokens: Iterable[Token]) -> object:
        """What the grammar makes of `tokens`."""
        actions = self._actions
        states: list[object] = [self._start]
        values: list[object] = []
        for token in tokens:
            kind = token.type
            action = actions[states[-1]][kind]
            while type(action) is tuple:
                make, size, origin = action
                if size:
                    parts = values[-size:]
                    del values[-size:], states[-size:]
                else:
                    parts = []
                values.append(make(parts))
                states.append(actions[states[-1]][origin])
                action = actions[states[-1]][kind]
            states.append(action)
            values.append(token)
        while states[-1] != self._end:
            reduction = actions[states[-1]][_END]
            assert type(reduction) is tuple
            make, size, origin = reduction
            parts = values[len(values) - size :]
            del values[len(values) - size :], states[len(states) - size :]
            values.append(make(parts))
            states.append(actions[states[-1]][origin])
        return values[-1]
