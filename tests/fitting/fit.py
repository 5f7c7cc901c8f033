"""Fit search.WEIGHTS and sureness.MODEL again: `python -m tests.fitting.fit DATA`, at the repository's top.

DATA holds one folder for each set (`squad`, `korquad`: corpus.jsonl.gz, queries.jsonl.gz, qrels.tsv). Weights are
fitted on the questions of half of the articles and judged on the other half, both ways; then on all, and printed. It
takes about two minutes.

A question counts as unanswerable where its article is not in the folder: folders of half of the articles, of two
articles, and of half of them among the passages of every other set in DATA.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np

from retrieval import search, sureness
from retrieval.query import Match, Signs
from retrieval.questions import understood
from tests.fitting.collection import Collection, Question, collection, indexed
from tests.fitting.models import Array, first_of_list, yes_or_no

SETS = ("squad", "korquad")
RANKED_BY = ("relative", "sentence", "whole", "near", "phrases")
MOST_OTHERS = 8_000
Articles = list[list[tuple[str, str, str]]]


def ranking(found: dict[str, Collection], sample: int) -> None:
    """Fit and judge what each sign adds to a passage's score."""
    columns = [field.name for field in fields(Signs)]
    chosen = [columns.index(name) for name in RANKED_BY]
    lists: dict[tuple[str, int], list[tuple[Array, Array]]] = {}
    for name, each in found.items():
        index, ids = indexed(each.articles.values())
        for question in random.Random(0).sample(each.questions, min(sample, len(each.questions))):
            candidates = search.candidates(understood(question.text, (), index), index)
            if candidates:
                rows = np.array([astuple(signs) for _, signs in candidates])[:, chosen]
                right = np.array([ids[number] in question.right for number, _ in candidates])
                lists.setdefault((name, question.half), []).append((rows, right))
    for name in found:
        shares = []
        for half in (0, 1):
            weights = first_of_list([one for each in found for one in lists[each, half] if one[1].any()])
            shares.append(np.mean([right[np.argmax(rows @ weights)] for rows, right in lists[name, 1 - half]]))
        print(f"{name}: right passage first {100 * np.mean(shares):.1f} % of the other half's questions")
    weights = first_of_list([one for each in lists.values() for one in each if one[1].any()])
    print("search.WEIGHTS:", ", ".join(f"{name}={weight:.2f}" for name, weight in zip(RANKED_BY, weights, strict=True)))


def trust(found: dict[str, Collection], others: Articles, sample: int) -> None:
    """Fit and judge when the best passage is an answer."""
    rows, yes, halves, groups = [], [], [], []
    for name, each in found.items():
        for group, articles, extra in _folders(each, others):
            index, _ = indexed([*(each.articles[article] for article in articles), *extra])
            for question, known in _sample(
                each.questions, set(articles), sample if len(articles) > 2 else sample // 10
            ):
                query = understood(question.text, (), index)
                matches = search.passage_matches(query, index)
                if matches:
                    rows.append(_signs_of(matches[0], len(query.words)))
                    yes.append(known)
                    halves.append(question.half)
                    groups.append(f"{name}, {group}")
    signs, answered, half, group = np.array(rows), np.array(yes), np.array(halves), np.array(groups)
    importance = np.array([1 / np.sum((group == g) & (answered == a)) for g, a in zip(group, answered, strict=True)])
    size = len(sureness.MODEL) - 2
    for one in sorted(set(groups)):
        kept, refused = [], []
        for part in (0, 1):
            weights = yes_or_no(signs[half == part], answered[half == part], importance[half == part], free=(size,))
            there = (half != part) & (group == one)
            said = signs[there] @ weights[:-1] + weights[-1] > 0
            kept.append(said[answered[there]].mean())
            refused.append(1 - said[~answered[there]].mean())
        print(
            f"{one}: answered {100 * np.mean(kept):.1f} %, refused {100 * np.mean(refused):.1f} % of the other half's"
        )
    weights = yes_or_no(signs, answered, importance, free=(size,))
    print("sureness.MODEL:", ", ".join(f"{weight:.2f}" for weight in weights))


def _signs_of(match: Match, words: int) -> tuple[float, ...]:
    assert match.signs is not None
    return sureness.evidence(match.signs, words)


def _folders(each: Collection, others: Articles) -> Iterable[tuple[str, list[str], Articles]]:
    names = sorted({question.article for question in each.questions})
    yield "half of the articles", names[::2], []
    yield "the other half", names[1::2], []
    yield "half among others", names[::2], others
    for number in range(8):
        yield "two articles", random.Random(number).sample(names, 2), []


def _sample(questions: tuple[Question, ...], inside: set[str], count: int) -> list[tuple[Question, bool]]:
    """As many questions on articles in the folder as on others."""
    chance = random.Random(1)
    known = [question for question in questions if question.article in inside]
    unknown = [question for question in questions if question.article not in inside]
    drawn = (
        *((q, True) for q in chance.sample(known, min(count, len(known)))),
        *((q, False) for q in chance.sample(unknown, min(count, len(unknown)))),
    )
    return list(drawn)


def main() -> None:
    """Fit, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--sample", type=int, default=2_500, help="questions of each set (default: %(default)s)")
    options = parser.parse_args()
    found = {name: collection(options.data / name) for name in SETS}
    others: Articles = []
    for path in sorted(options.data.glob("*/corpus.jsonl.gz")):
        if path.parent.name not in SETS:
            for article in collection(path.parent).articles.values():
                if sum(map(len, others)) + len(article) <= MOST_OTHERS:
                    others.append(article)
    sizes = ", ".join(f"{name}: {len(each.questions)} questions" for name, each in found.items())
    print(dt.datetime.now(tz=dt.UTC).date(), sizes)
    ranking(found, options.sample)
    trust(found, others, options.sample // 4)


if __name__ == "__main__":
    main()
