"""The knowledge folder: what it holds now, found out with as little reading as can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.contents import Contents
from retrieval.listing import listed
from retrieval.looking import Look, Progress, nobody
from retrieval.mounts import is_below, out_of_reach
from retrieval.store import Known, Store
from retrieval.workers import Workers


@dataclass(frozen=True, slots=True)
class Folder:
    """A knowledge folder, and what it is read with; `ignored` are folders in it that are not part of it, resolved."""

    root: Path
    workers: Workers
    store: Store | None = None
    ignored: frozenset[Path] = frozenset()

    def look(self, before: Contents | None = None, progress: Progress | None = None) -> Contents:
        """What is in the folder now; `before` itself where nothing is different.

        Only files whose stamp changed are read, and only those whose content did are taken in. A file that somebody
        is writing to stays as it was for a while. What is out of reach stays as it was, with a problem. Raises
        FolderError where the folder itself cannot be listed, SourcesError where sources.yaml cannot be read at the
        first look; later the sources read last stay in force.
        """
        listing = listed(self.root, self.ignored)
        was = before or Contents()
        unmounted = out_of_reach(was.folders, was.files, listing)
        lost = (*listing.unreachable, *(problem.where for problem in unmounted))
        look = Look(self.root, self.workers, self.store, before)
        look.run(listing, lost, progress or nobody)
        as_before = {
            folder: was.folders[folder] for folder in was.folders if any(is_below(folder, each) for each in lost)
        }
        problems = (*listing.problems, *unmounted)
        now = Contents(
            dict(sorted(look.files.items())),
            look.catalogue,
            look.sources_file,
            {**listing.folders, **as_before},
            look.waiting,
            problems,
        )
        if now == before:
            return before
        return self._remember(now, is_first=before is None)

    def _remember(self, contents: Contents, *, is_first: bool) -> Contents:
        if self.store is None:
            return contents
        files = [file for file in contents.files.values() if file.digest and file.is_settled]
        self.store.keep({file.path: Known(file.stamp, file.digest) for file in files})
        is_mounted = bool(contents.catalogue)  # an empty folder may be one that is not mounted yet
        if is_first and is_mounted and not self.store.was_used_today:
            self.store.clear_out([(file.digest, file.ending) for file in contents.files.values()])
        shelved = self.store.shelve(
            contents.catalogue, lambda path: contents.files[path].digest, contents.sources_file.digest
        )
        return contents if shelved is contents.catalogue else replace(contents, catalogue=shelved)
