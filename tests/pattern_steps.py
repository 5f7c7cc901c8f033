"""How many steps a backtracking engine takes with a pattern: counted on the parsed pattern, not read off a clock.

The engine here does what Python's own does for each part of a pattern, without its short cuts: a pattern that is linear
here is linear there. A repeat with a bound counts as a constant, so its bound is cut to a few.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Then = Callable[[int], bool]
Step = Callable[[int, Then], bool]
REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}
DEEPEST = 100_000
"""Frames of Python's, which take no room of the machine's own stack."""
MOST_OF_A_BOUNDED_REPEAT = 3
MOST_STEPS = 100_000
"""After so many a pattern is given up: on the short texts here, none that is linear takes a tenth of them."""
CHARACTERS = "aA1 \n\t.,;:'\"“”’‘(){}[]<>|/\\-–·&=#*_`@?!\r가김은ㅏ\u0301é，：（）「」※▲\u00a0"
"""One of each kind that patterns of this house tell apart."""


class TooManyStepsError(Exception):
    """A pattern blows up."""


class Counted:
    """A pattern whose every comparison counts."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
        self.tree = parser.parse(
            text, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
        )
        self.steps, self._text = 0, ""
        self._groups: dict[int, tuple[int, int]] = {}
        self._match = self._sequence(list(self.tree), pattern.flags)

    def steps_on(self, text: str, *, everywhere: bool) -> int:
        """The steps of one match at the start of `text`, or of finding every match in it."""
        self._text, self.steps = text, 0
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(limit, DEEPEST))
        try:
            self._count(everywhere=everywhere)
        finally:
            sys.setrecursionlimit(limit)  # other tests rely on it
        return self.steps

    def _count(self, *, everywhere: bool) -> None:
        at = 0
        while at <= len(self._text):
            ends: list[int] = []
            self._groups.clear()
            self._match(at, lambda end, ends=ends: not ends.append(end))  # type: ignore[misc]
            if not everywhere:
                break
            at = max(at + 1, ends[0] if ends else 0)

    def end_of_match(self, text: str, start: int) -> int | None:
        """Where the match that begins at `start` ends; None where there is none."""
        self._text = text
        ends: list[int] = []
        self._groups.clear()
        self._match(start, lambda end: not ends.append(end))  # type: ignore[func-returns-value]
        return ends[0] if ends else None

    def _sequence(self, nodes: list[Any], flags: int) -> Step:
        steps = [self._node(node, flags) for node in nodes]

        def run(index: int, at: int, then: Then) -> bool:
            if index == len(steps):
                return then(at)
            return steps[index](at, lambda end: run(index + 1, end, then))

        return partial(run, 0)

    def _node(self, node: tuple[Any, Any], flags: int) -> Step:
        kind, value = node
        if accepts := accepts_of(node, flags):
            return self._one(accepts)
        if kind in REPEATS:
            return self._repeat(kind, *value, flags)
        if kind is op.SUBPATTERN:
            group, added, removed, inside = value
            return self._group(group, self._sequence(list(inside), (flags | added) & ~removed))
        if kind is op.BRANCH:
            ways = [self._sequence(list(way), flags) for way in value[1]]
            return lambda at, then: any(way(at, then) for way in ways)
        if kind is op.ATOMIC_GROUP:
            return self._atomic(self._sequence(list(value), flags))
        if kind in {op.ASSERT, op.ASSERT_NOT}:
            return self._assert(value[0], value[1], self._sequence(list(value[1]), flags), is_not=kind is op.ASSERT_NOT)
        if kind is op.AT:
            return self._at(value, flags)
        if kind is op.GROUPREF:
            return self._reference(value)
        if kind is op.GROUPREF_EXISTS:
            yes, no = (self._sequence(list(way or []), flags) for way in value[1:])
            return lambda at, then: yes(at, then) if value[0] in self._groups else no(at, then)
        raise NotImplementedError(kind)

    def _one(self, accepts: Callable[[str], bool]) -> Step:
        def one(at: int, then: Then) -> bool:
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise TooManyStepsError
            return at < len(self._text) and accepts(self._text[at]) and then(at + 1)

        return one

    def _repeat(self, kind: Any, least: int, most: Any, inside: Any, flags: int) -> Step:
        most = None if most is op.MAXREPEAT else max(least, min(most, MOST_OF_A_BOUNDED_REPEAT))
        body = self._sequence(list(inside), flags)
        accepts = accepts_of(inside[0], flags) if len(inside) == 1 else None
        if accepts:
            return self._run(kind, least, most, accepts)
        is_lazy = kind is op.MIN_REPEAT

        def again(count: int, at: int, then: Then) -> bool:
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise TooManyStepsError
            if count < least:
                return body(at, lambda end: again(count + 1, end, then))
            if is_lazy and then(at):
                return True
            if (most is None or count < most) and body(at, lambda end: end > at and again(count + 1, end, then)):
                return True
            return not is_lazy and then(at)

        def greedy(at: int, then: Then) -> bool:
            return again(0, at, then)

        return self._atomic(greedy) if kind is op.POSSESSIVE_REPEAT else greedy

    def _run(self, kind: Any, least: int, most: int | None, accepts: Callable[[str], bool]) -> Step:
        """The repeat of one character, without a frame of Python's for each."""

        def run(at: int, then: Then) -> bool:
            end, last = at, len(self._text) if most is None else min(len(self._text), at + most)
            if kind is op.MIN_REPEAT:
                while end - at < least or not then(end):
                    self.steps += 1
                    if end >= last or not accepts(self._text[end]):
                        return False
                    end += 1
                return True
            while end < last and accepts(self._text[end]):
                self.steps += 1
                end += 1
            if kind is op.POSSESSIVE_REPEAT:
                return end - at >= least and then(end)
            while end - at >= least:
                self.steps += 1
                if self.steps > MOST_STEPS:
                    raise TooManyStepsError
                if then(end):
                    return True
                end -= 1
            return False

        return run

    def _group(self, group: int | None, inside: Step) -> Step:
        if group is None:
            return inside

        def kept(at: int, then: Then) -> bool:
            def close(end: int) -> bool:
                before = self._groups.get(group)
                self._groups[group] = (at, end)
                if then(end):
                    return True
                self._groups.pop(group) if before is None else self._groups.update({group: before})
                return False

            return inside(at, close)

        return kept

    def _atomic(self, inside: Step) -> Step:
        def atomic(at: int, then: Then) -> bool:
            ends: list[int] = []
            return inside(at, lambda end: not ends.append(end)) and then(ends[0])  # type: ignore[func-returns-value]

        return atomic

    def _assert(self, direction: int, tree: Any, inside: Step, *, is_not: bool) -> Step:
        width = tree.getwidth()[0]

        def looked(at: int, then: Then) -> bool:
            start = at - width if direction < 0 else at
            return (start >= 0 and inside(start, lambda _: True)) is not is_not and then(at)

        return looked

    def _at(self, where: Any, flags: int) -> Step:
        def stands(at: int) -> bool:
            text = self._text
            if where in {op.AT_BEGINNING, op.AT_BEGINNING_STRING}:
                lines = where is op.AT_BEGINNING and flags & re.MULTILINE
                return at == 0 or bool(lines and text[at - 1] == "\n")
            if where is op.AT_END_STRING:
                return at == len(text)
            if where is op.AT_END:
                return text[at:] in {"", "\n"} or bool(flags & re.MULTILINE and text[at] == "\n")
            before, after = (text[i : i + 1] for i in (at - 1 if at else len(text), at))
            return (is_word(before) != is_word(after)) is (where is op.AT_BOUNDARY)

        def at_it(at: int, then: Then) -> bool:
            self.steps += 1
            return stands(at) and then(at)

        return at_it

    def _reference(self, group: int) -> Step:
        def same(at: int, then: Then) -> bool:
            start, end = self._groups.get(group, (0, -1))
            words = self._text[start:end]
            self.steps += 1 + len(words)
            return end >= 0 and self._text.startswith(words, at) and then(at + len(words))

        return same


def is_word(character: str) -> bool:
    """What \\w takes."""
    return character.isalnum() or character == "_"


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: is_word,
    op.CATEGORY_NOT_DIGIT: lambda character: not character.isdecimal(),
    op.CATEGORY_NOT_SPACE: lambda character: not character.isspace(),
    op.CATEGORY_NOT_WORD: lambda character: not is_word(character),
}


def accepts_of(node: tuple[Any, Any], flags: int) -> Callable[[str], bool] | None:
    """Which characters a part of a pattern takes that takes one; None for any other part."""
    kind, value = node
    if kind is op.ANY:
        return (lambda _: True) if flags & re.DOTALL else (lambda character: character != "\n")
    if kind not in {op.LITERAL, op.NOT_LITERAL, op.IN}:
        return None
    items = value if kind is op.IN else [(op.LITERAL, value)]
    is_not = kind is op.NOT_LITERAL or items[0][0] is op.NEGATE
    tests = [_item(*item) for item in items if item[0] is not op.NEGATE]

    def accepts(character: str) -> bool:
        cases = {character, character.lower(), character.upper()} if flags & re.IGNORECASE else {character}
        return any(test(case) for test in tests for case in cases) is not is_not

    return accepts


def _item(kind: Any, value: Any) -> Callable[[str], bool]:
    if kind is op.LITERAL:
        return lambda character: len(character) == 1 and ord(character) == value
    if kind is op.RANGE:
        return lambda character: len(character) == 1 and value[0] <= ord(character) <= value[1]
    return _CATEGORIES[value]


def has_unbounded(nodes: Any) -> bool:
    """Whether anything in a pattern repeats without a bound."""
    return any(kind in REPEATS and value[1] is op.MAXREPEAT for kind, value in _every_node(nodes))


def _every_node(nodes: Any) -> Iterator[tuple[Any, Any]]:
    for kind, value in nodes:
        yield kind, value
        for inside in _insides(kind, value):
            yield from _every_node(inside)


def _insides(kind: Any, value: Any) -> list[Any]:
    if kind in REPEATS:
        return [value[2]]
    if kind is op.BRANCH:
        return list(value[1])
    if kind in {op.SUBPATTERN, op.ASSERT, op.ASSERT_NOT}:
        return [value[-1]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    return [way for way in value[1:] if way] if kind is op.GROUPREF_EXISTS else []


def pumped(tree: Any, flags: int) -> Iterator[tuple[str, str]]:
    """What a hostile text repeats, made from the pattern itself, each with what stands before it."""
    seen = set()
    for before, body in _repeats(tree, flags, ""):
        for unit in _samples(body, flags):
            for pair in ((before, unit), ("", before + unit)):
                if pair[1] and pair not in seen:
                    seen.add(pair)
                    yield pair


def _repeats(nodes: Any, flags: int, before: str) -> Iterator[tuple[str, Any]]:
    """Each unbounded repeat in `nodes`: a text that leads the engine to it, and what it repeats."""
    for kind, value in nodes:
        added = value[1] if kind is op.SUBPATTERN else 0
        if kind in REPEATS and value[1] is op.MAXREPEAT:
            yield before, value[2]
        for inside in _insides(kind, value):
            yield from _repeats(inside, flags | added, before)
        if kind not in {op.ASSERT, op.ASSERT_NOT, op.AT}:
            before += _samples([(kind, value)], flags)[0]


def _samples(nodes: Any, flags: int) -> list[str]:
    """A few texts that a pattern takes, the first of them short."""
    found = [""]
    for node in nodes:
        kind, value = node
        if accepts := accepts_of(node, flags):
            own = chr(value) if kind is op.LITERAL else ""
            ways = [own] if own else [character for character in CHARACTERS if accepts(character)]
            if kind is op.IN:
                ways += [chr(one) for what, one in value if what is op.LITERAL and accepts(chr(one))][:3]
            ways = ways or [chr(value[0][1][0]) if kind is op.IN and value[0][0] is op.RANGE else "a"]
        elif kind in REPEATS:
            once = _samples(value[2], flags)
            ways = [one * max(1, value[0]) for one in once] + ([""] if not value[0] else [])
        elif kind is op.BRANCH:
            ways = [sample for way in value[1] for sample in _samples(way, flags)[:2]]
        elif kind in {op.SUBPATTERN, op.ATOMIC_GROUP}:
            ways = _samples(_insides(kind, value)[0], flags)
        else:
            ways = [""]
        found = [found[0] + way for way in ways] + [one + ways[0] for one in found[1:]]
    return list(dict.fromkeys(found))[:60]
