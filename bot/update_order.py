"""The order of updates: those of one chat follow each other, those of different chats run at once, each to its end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import nullcontext
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import Application, BaseUpdateProcessor

from bot.inbox import Inbox

MOST_AT_ONCE = 256
"""Chats whose updates are handled at the same time."""

MOST_WAITING = 1_000_000
"""The library's own bound counts a chat as often as it has updates waiting: one chat could hold up all others."""

PARTING_SECONDS = 8.0
"""Within this, replies in flight are finished when the bot ends: less than the ten seconds that containers have
(https://docs.docker.com/reference/cli/docker/container/stop/)."""


class ChatByChat(BaseUpdateProcessor):
    """Handles the updates of a chat one after another, so that a follow-up finds the turn before it.

    Updates that the bot did not outlive, time and again, run one at a time, so that it is known which of them ends it.
    """

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(max_concurrent_updates=MOST_WAITING)
        self._inbox = inbox
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._at_once = asyncio.Semaphore(MOST_AT_ONCE)
        self._one_suspect = asyncio.Lock()
        self._running: set[asyncio.Task[Any]] = set()
        self._is_parting = False

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's updates before this one, then handle it."""
        if not isinstance(update, Update):
            await coroutine
            return
        chat = update.effective_chat
        lock = self._lock(chat.id) if chat else nullcontext()
        alone = self._one_suspect if self._inbox.is_suspect(update) else nullcontext()
        async with lock, self._at_once, alone:
            await self._handle(update, coroutine)

    async def part(self, within_seconds: float = PARTING_SECONDS) -> None:
        """Begin with nothing any more, and wait for what is running; what takes longer is interrupted."""
        self._is_parting = True
        if self._running:
            _, unfinished = await asyncio.wait(self._running, timeout=within_seconds)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    async def _handle(self, update: Update, coroutine: Awaitable[Any]) -> None:
        await self._inbox.begin(update)
        task = asyncio.ensure_future(coroutine)
        is_forgotten = self._inbox.is_forgotten(update)
        if self._is_parting or is_forgotten:
            task.cancel()
        self._running.add(task)
        try:
            await task
        finally:
            self._running.discard(task)
            await self._inbox.end(update, is_handled=is_forgotten or not task.cancelled())

    def _lock(self, chat: int) -> asyncio.Lock:
        lock = self._locks.get(chat)
        if lock is None:
            lock = self._locks[chat] = asyncio.Lock()
        return lock


class OrderedApplication(Application[Any, Any, Any, Any, Any, Any]):
    """An application that ends within a bound: what it has not finished by then waits in the inbox."""

    async def stop(self) -> None:
        """Finish or interrupt what is running, then stop."""
        if isinstance(self.update_processor, ChatByChat):
            await self.update_processor.part()
        await super().stop()
