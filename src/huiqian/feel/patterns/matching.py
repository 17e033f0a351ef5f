"""Runs a pattern's program over a text, all possibilities side by side (Pike's machine): no text makes it slow."""

from collections.abc import Callable
from typing import Any, Final

from huiqian.feel.patterns.reading import CHAR, END, JUMP, MATCH, SAVE, SPLIT, START, Pattern

Found = tuple[int | None, ...]
_Threads = list[tuple[int, Found]]
LINE_ENDS: Final = "\n"


def find(pattern: Pattern, text: str, start: int, pay: Callable[[int], None]) -> Found | None:
    """The first match from `start` on: where it and its groups begin and end. `pay` is told every piece of work."""
    empty: Found = (None,) * (2 * pattern.groups + 2)
    program: Any = pattern.program
    threads: _Threads = []
    best: Found | None = None
    for at in range(start, len(text) + 1):
        seen: set[int] = set()
        ready: _Threads = []
        for place, saved in threads:
            _follow(program, place, saved, at, text, seen, ready)
        if best is None:
            _follow(program, 0, empty, at, text, seen, ready)
        pay(1 + len(seen))
        threads = []
        sign = text[at] if at < len(text) else ""
        for place, saved in ready:
            if program[place][0] == MATCH:
                # Threads behind this one are worth less: first come, first served, as by backtracking.
                best = saved
                break
            if sign and program[place][1](sign):
                threads.append((place + 1, saved))
        if best is not None and not threads:
            break
    return best


def _follow(program: Any, place: int, saved: Found, at: int, text: str, seen: set[int], ready: _Threads) -> None:
    """Go on from a place to all the characters and matches that can come next, in order of preference."""
    waiting = [(place, saved)]
    while waiting:
        place, saved = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        code, first, second = program[place]
        if code in (CHAR, MATCH):
            ready.append((place, saved))
        elif code == JUMP:
            waiting.append((first, saved))
        elif code == SPLIT:
            waiting.append((second, saved))
            waiting.append((first, saved))
        elif code == SAVE:
            waiting.append((place + 1, (*saved[:first], at, *saved[first + 1 :])))
        elif _stands(code, first, at, text):
            waiting.append((place + 1, saved))


def _stands(code: int, by_line: object, at: int, text: str) -> bool:
    if code == START:
        return at == 0 or (bool(by_line) and text[at - 1] in LINE_ENDS)
    return code == END and (at == len(text) or (bool(by_line) and text[at] in LINE_ENDS))
