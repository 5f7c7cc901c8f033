"""What goes wrong between the bot and Telegram: by a plan that a seed decides, each fault counted."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from .messages import RefusalError


class Fault(StrEnum):
    """One way in which a request fails."""

    TOO_MANY = "429, wait a second"
    BROKEN = "500"
    DROPPED = "dropped before it was read"
    LOST = "done, its answer dropped"
    HANGING = "hangs, then dropped"
    CONFLICT = "409, another poller"


class UnansweredError(Exception):
    """The request gets no answer; one that hangs gets none for a while."""

    def __init__(self, *, hangs: bool = False) -> None:
        super().__init__("the connection is closed")
        self.hangs = hangs


REFUSALS = {
    Fault.TOO_MANY: RefusalError(429, "Too Many Requests: retry after 1", retry_after=1),
    Fault.BROKEN: RefusalError(500, "Internal Server Error"),
    Fault.CONFLICT: RefusalError(409, "Conflict: terminated by other getUpdates request"),
}


class Faults:
    """Decides of each request whether it fails, and how: `rates` are the shares of requests that fail in each way."""

    def __init__(self, rates: Mapping[Fault, float], seed: int = 0) -> None:
        self.rates = dict(rates)
        self.injected: Counter[Fault] = Counter()
        self._random = random.Random(seed)  # noqa: S311 (nothing secret)
        self._lock = threading.Lock()

    def next_for(self, method: str) -> Fault | None:
        """What happens to a request; only polls meet another poller, only messages are sent with an answer lost."""
        with self._lock:
            chance = self._random.random()
            for fault, rate in self.rates.items():
                chance -= rate
                if chance < 0:
                    if (fault is Fault.CONFLICT) > (method == "getUpdates"):
                        return None
                    if (fault is Fault.LOST) > (method == "sendMessage"):
                        return None
                    self.injected[fault] += 1
                    return fault
        return None


NO_FAULTS = Faults({})
