"""Conversations in memory: the last turns of each, for follow-ups."""

from __future__ import annotations

from collections import defaultdict, deque

from retrieval import Turn

KEPT_TURNS = 10
"""How many turns of a conversation a follow-up can look back on; the journal keeps to it too."""


class Conversations:
    """Many conversations, told apart by name; they end with the process."""

    def __init__(self) -> None:
        self._turns: defaultdict[str, deque[Turn]] = defaultdict(lambda: deque(maxlen=KEPT_TURNS))

    def turns(self, name: str) -> tuple[Turn, ...]:
        """The last turns of the conversation, oldest first; none where it has not begun."""
        return tuple(self._turns[name])

    def add(self, name: str, turn: Turn) -> None:
        """Let `turn` be the conversation's latest."""
        self._turns[name].append(turn)
