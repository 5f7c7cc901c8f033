"""Keeps the library current while the bot runs: it looks when the system tells of a change, and now and then anyway."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from watchfiles import Change, awatch

from bot.events import Event
from retrieval import Changes, ClosedError, Library

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 1.0
"""Not every change is told of: a network folder tells nothing of what others do in it."""
LOOK_AGAIN_SECONDS = 0.1
"""How soon to look again while somebody is writing to a file."""
SHARE_OF_TIME = 0.05
"""Looking unasked takes no more of the time than this: a large folder takes long to look through."""
TELL_EVERY_SECONDS = 10.0
"""How often the log says how far the first reading is."""
GATHERED_MS, GATHERED_AT_MOST_MS = 50, 200
"""Changes that follow each other within the first are one, for no longer than the second."""
CHECKED_EVERY_MS = 5000
"""How often to make sure that the folder that is watched is still the one of that name."""
GOODBYE_SECONDS = 5.0
NOTIFIED_AGAIN_SECONDS = 10.0
"""How soon it is tried again to be told of changes where that was not to be had."""


class Watcher:
    """Reads the library in a thread of its own: first all of the folder, then whatever changes.

    Where the folder cannot be read at first, `failure` says why, and `on_failure` is called until the watcher stops.
    """

    def __init__(self, library: Library, folder: Path, *, ignored: Path | None = None) -> None:
        """A watcher of `folder` that takes no notice of what happens in the directory `ignored`."""
        self._library, self._folder, self._ignored = library, folder, ignored.resolve() if ignored else None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reading")
        self._first: Future[None] = self._thread.submit(self._read_all)
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.failure: Exception | None = None
        self.on_failure: Callable[[], None] | None = None

    def wait(self, seconds: float) -> None:
        """Wait for the first reading, but no longer than this; raises what made it fail."""
        with suppress(TimeoutError):
            self._first.result(seconds)

    def start(self) -> None:
        """Go on in the running event loop."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Leave the library as it is."""
        self.close()
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        with suppress(TimeoutError):  # a disk that does not answer is not waited for
            await asyncio.wait_for(asyncio.to_thread(self._thread.shutdown), GOODBYE_SECONDS)

    def close(self) -> None:
        """Leave the library as it is, where there is no event loop any more, or not yet."""
        self._library.close()
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _run(self) -> None:
        try:
            await asyncio.wrap_future(self._first)
        except Exception as error:  # noqa: BLE001 (whoever started the bot is told)
            self.failure = error
            while self.on_failure:
                self.on_failure()
                await asyncio.sleep(1)  # a bot that is still starting cannot be stopped yet
            return
        listening = asyncio.create_task(self._listen())
        try:
            await self._keep_looking()
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def _keep_looking(self) -> None:
        seconds = LOOK_EVERY_SECONDS
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), seconds)
            self._changed.clear()
            took = await asyncio.get_running_loop().run_in_executor(self._thread, self._look)
            seconds = LOOK_AGAIN_SECONDS if self._library.is_waiting else max(LOOK_EVERY_SECONDS, took / SHARE_OF_TIME)

    def _look(self) -> float:
        """Let the library look at its folder; how many seconds that took, in the thread that reads."""
        began = time.monotonic()
        try:
            self._library.refresh(patience_seconds=0)
        except ClosedError:
            log.debug("The library is closed.")
        except Exception:
            log.exception("The folder could not be looked at; what is known goes on answering.")
        return time.monotonic() - began

    def _read_all(self) -> None:
        told = time.monotonic()

        def tell(done: int, total: int) -> None:
            nonlocal told
            if time.monotonic() - told > TELL_EVERY_SECONDS:
                told = time.monotonic()
                log.info("%s: read %d of %d files.", self._folder, done, total)

        changes = self._library.refresh(tell)
        gc.collect()
        gc.freeze()  # what was read is here to stay: to go through it for garbage takes half a second each time
        library = self._library
        counts = {"documents": len(library.documents), "passages": library.passage_count}
        log.info(Event("folder_read", folder=self._folder, **counts))
        if library.notice:
            log.warning("%s", library.notice)
        log_problems(changes)

    async def _listen(self) -> None:
        """Note whatever the system tells of the folder, for as long as it tells."""
        while True:
            try:
                await self._listen_to(await asyncio.to_thread(self._folder.resolve, strict=True))
            except (OSError, RuntimeError) as error:
                log.info("%s tells of no changes (%s); it is looked at all the same.", self._folder, error)
                await asyncio.sleep(NOTIFIED_AGAIN_SECONDS)

    async def _listen_to(self, folder: Path) -> None:
        """Listen until another folder, or none, is in this one's place."""

        def concerns(_change: Change, path: str) -> bool:
            place = Path(path)
            if self._ignored and place.is_relative_to(self._ignored):
                return False
            return not any(part.startswith(".") for part in place.relative_to(folder).parts)

        was = await asyncio.to_thread(os.stat, folder)
        told = awatch(
            folder,
            watch_filter=concerns,
            debounce=GATHERED_AT_MOST_MS,
            step=GATHERED_MS,
            rust_timeout=CHECKED_EVERY_MS,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        )
        self._changed.set()  # what changed before anybody listened
        async for changes in told:
            if changes:
                self._changed.set()
            elif not os.path.samestat(was, await asyncio.to_thread(os.stat, self._folder)):
                return


def log_changes(changes: Changes) -> None:
    """Tell the log of what changed in the folder."""
    documents = [len(each) for each in (changes.added, changes.changed, changes.removed)]
    if any(documents):
        log.info(Event("folder_changed", **dict(zip(("added", "changed", "removed"), documents, strict=True))))
    log_problems(changes)


def log_problems(changes: Changes) -> None:
    """Tell the log of problems that there were not before."""
    for problem in changes.problems:
        log.warning(Event("problem", where=problem.where, what=problem.what, remedy=problem.remedy))
