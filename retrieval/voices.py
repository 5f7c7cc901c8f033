"""Who speaks in the documents of a volume, how often, under which name and in which role."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.columns import Array
from retrieval.postings import Numbers
from retrieval.volumes import Volume


@dataclass(frozen=True)
class Voices:
    """Who speaks in the documents of a volume that are there (all of them where `is_there` is None)."""

    volume: Volume
    is_there: NDArray[np.bool_] | None = None

    @cached_property
    def _speaks(self) -> NDArray[np.bool_] | None:
        """For each statement whether its document is there."""
        return None if self.is_there is None else np.repeat(self.is_there, np.diff(self.volume.statement_firsts))

    @cached_property
    def counts(self) -> Array:
        """How many statements each name has."""
        if self._speaks is None:
            return np.diff(self.volume.columns["said_starts"])
        return np.bincount(self.volume.statement_names[self._speaks], minlength=len(self.volume.directory.spellings))

    def said_by(self, name: int) -> Numbers:
        """The statements of whoever is called so, in order."""
        found = self.volume.statements_of(name)
        return found if self._speaks is None else found[self._speaks[found]]

    def named(self, key: str, by: str) -> list[int]:
        """The names that have something to say, and this key in the directory `by` circle, word or sound."""
        return [name for name in self.volume.directory.lookups[by].having(key) if self.counts[name]]

    @cached_property
    def roles(self) -> list[str]:
        """Every role that somebody has, in small letters."""
        return [role.casefold() for role in self.volume.roles()]
