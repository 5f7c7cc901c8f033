"""How much of what people write out in a follow-up a question carries: `python -m tests.fitting.rewrites DATA`.

DATA is the folder of a set of conversations (`queries.jsonl.gz`: id, text, conversation, turn, and `resolved`, the
question as a person wrote it out). Counted are the content words that the person added: those that `understood` holds
stand in the question as it was read, those carried take part in ranking and in sureness at a smaller weight.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from retrieval.index import EMPTY
from retrieval.query import Query
from retrieval.questions import understood
from retrieval.records import Turn
from retrieval.words import words


def main() -> None:
    """Ask every conversation in order of its turns, and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, metavar="DATA")
    with gzip.open(parser.parse_args().data / "queries.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    conversations: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        conversations[row["conversation"]].append(row)
    found: Counter[str] = Counter()
    for conversation in conversations.values():
        before: tuple[Turn, ...] = ()
        for row in sorted(conversation, key=lambda row: row["turn"]):
            query = understood(row["text"], before, EMPTY)
            _count(found, query, row)
            before = (*before, Turn(row["text"], query.understood, "answer"))
    print(f"{found['questions']} follow-ups to which people added {found['added']} words; of these words")
    for kind in ("written out", "carried", "neither"):
        print(f"  {kind}: {found[kind]} ({100 * found[kind] / found['added']:.1f} %)")
    print(f"follow-ups with all that was added: {found['whole']} ({100 * found['whole'] / found['questions']:.1f} %)")


def _count(found: Counter[str], query: Query, row: dict[str, Any]) -> None:
    own = _terms(row["text"])
    added = [word.terms for word in words(row["resolved"]) if word.is_content and own.isdisjoint(word.terms)]
    if not added:
        return
    written, carried = _terms(query.understood), {term for word in query.carried for term in word.terms}
    kinds = [
        "written out" if not written.isdisjoint(terms) else "neither" if carried.isdisjoint(terms) else "carried"
        for terms in added
    ]
    found.update(kinds)
    found.update({"questions": 1, "added": len(added), "whole": "neither" not in kinds})


def _terms(text: str) -> set[str]:
    return {term for word in words(text) for term in word.terms}


if __name__ == "__main__":
    main()
