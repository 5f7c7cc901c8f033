"""The conversation in a terminal."""

from __future__ import annotations

import sys

from bot.citation import fold_space
from retrieval import Answer


def print_answer(answer: Answer) -> None:
    """Print the answer for a person to read."""
    for quote in answer.quotes or answer.closest:
        sys.stdout.write(fold_space(quote.text) + "\n")
