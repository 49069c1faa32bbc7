"""Permission bits: the symbolic form of `--chmod`."""

from __future__ import annotations

import re

_clause = re.compile(r"([augo]*)((?:[-+=][rstwXxugo]*)+)")
_action = re.compile(r"([-+=])([rstwXxugo]*)")
_SHIFTS = {"u": 6, "g": 3, "o": 0}
_BITS = {"r": 4, "w": 2, "x": 1}
_SET_ID = {"u": 0o4000, "g": 0o2000}
_STICKY = 0o1000
_ANY_EXECUTE = 0o111


def changed_mode(mode: int, change: int | str | None, *, folder: bool) -> int:
    """The permission bits after `--chmod`: a number replaces them, `u=rw,go+r` changes them."""
    if change is None:
        return mode
    if isinstance(change, int):
        return change
    for who, actions in _clause.findall(change):
        for operator, letters in _action.findall(actions):
            mode = _apply(mode, _people(who), operator, letters, folder=folder)
    return mode


def _people(who: str) -> str:
    return "ugo" if not who or "a" in who else who


def _apply(mode: int, people: str, operator: str, letters: str, *, folder: bool) -> int:
    """One action for each of `people`; a copied class (`g=u`) is that of the mode before."""
    before = mode
    for person in people:
        bits = _bits(before, letters, folder=folder) << _SHIFTS[person]
        special = _special(person, letters)
        everything = 0o7 << _SHIFTS[person] | (_SET_ID.get(person, 0))
        if operator == "+":
            mode |= bits | special
        elif operator == "-":
            mode &= ~(bits | special)
        else:
            mode = mode & ~everything | bits | special
    return mode


def _bits(mode: int, letters: str, *, folder: bool) -> int:
    bits = 0
    for letter in letters:
        bits |= _BITS.get(letter, 0)
        if letter in _SHIFTS:
            bits |= mode >> _SHIFTS[letter] & 0o7
        if letter == "X" and (folder or mode & _ANY_EXECUTE):
            bits |= 1
    return bits


def _special(person: str, letters: str) -> int:
    special = _SET_ID.get(person, 0) if "s" in letters else 0
    return special | (_STICKY if "t" in letters else 0)
