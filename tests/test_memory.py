"""What is asked leaves nothing behind but what caches hold, and every cache that questions fill has a bound."""

from __future__ import annotations

import functools
import gc
import math
import re
from itertools import islice

import pytest
from benchmarks.made_words import Words
from benchmarks.memory import new_questions

from retrieval import Library

EARLY, LATE = 50, 150
MOST_OBJECTS_LEFT = 20
"""After a hundred questions; one of each would be a hundred."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder, words = tmp_path_factory.mktemp("memory"), Words(seed=0)
    for number in range(3):
        (folder / f"{number}.txt").write_text(words.document(f"Report {number}", 5), encoding="utf-8")
    library = Library(folder, look_every_seconds=math.inf)
    library.refresh()
    return library


def _caches() -> list[functools._lru_cache_wrapper[object]]:
    return [each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper)]


def _objects_beside_caches() -> int:
    for cache in _caches():
        if cache.__module__.startswith(("retrieval", "bot")) and cache.cache_info().maxsize is not None:
            cache.cache_clear()
    re.purge()  # the standard library's own cache, of 512 regular expressions
    gc.collect()
    return len(gc.get_objects())


def test_questions_leave_nothing_behind_but_what_caches_hold(library: Library) -> None:
    questions = list(islice(new_questions(seed=3), LATE))
    for question in questions[:EARLY]:
        library.ask(question)
    early = _objects_beside_caches()
    for question in questions[EARLY:]:
        library.ask(question)
    assert _objects_beside_caches() - early < MOST_OBJECTS_LEFT


def test_a_cache_without_a_bound_does_not_grow_with_what_is_asked(library: Library) -> None:
    unbounded = [each for each in _caches() if each.cache_info().maxsize is None]
    own = {each.__qualname__: each for each in unbounded if each.__module__.startswith(("retrieval", "bot"))}
    before = {name: cache.cache_info().currsize for name, cache in own.items()}
    for question in islice(new_questions(seed=4), 50):
        library.ask(question)
    assert {name: max(cache.cache_info().currsize, 1) for name, cache in own.items()} == {
        name: max(size, 1) for name, size in before.items()
    }
