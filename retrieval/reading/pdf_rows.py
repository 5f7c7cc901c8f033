"""Words → rows: those on a common baseline."""

from __future__ import annotations

from collections.abc import Iterable

from retrieval.reading.pdf_words import Word

_SAME_BASELINE = 0.25  # em

Row = tuple[Word, ...]


def rows_of(words: Iterable[Word]) -> list[Row]:
    """The rows of `words` from the top down, each from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.baseline, word.left)):
        row = rows[-1] if rows else None
        if row and word.baseline - row[0].baseline <= _SAME_BASELINE * max(word.size, row[0].size):
            row.append(word)
            if len(word.text) > len(row[0].text):  # a row stands where its longest word does
                row[0], row[-1] = word, row[0]
        else:
            rows.append([word])
    return [tuple(sorted(row, key=lambda word: word.left)) for row in rows]
