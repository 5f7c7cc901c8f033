"""Links: quotes that can be opened again by the key of an address; nothing of who asked is kept with them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

import msgspec

from bot.journal.file import JournalFile
from retrieval import Quote


class Links(JournalFile):
    """Kept for good: an address that somebody passed on lasts as long as the quote stands in its document."""

    async def keep_links(self, quotes: Sequence[Quote]) -> tuple[str, ...]:
        """A key for each quote, not to be guessed; the same quote always has the same."""
        keys = []
        async with self._writing() as connection:
            for quote in quotes:
                text = msgspec.json.encode(quote)
                digest = hashlib.sha256(text).hexdigest()
                await connection.execute(
                    "INSERT OR IGNORE INTO links (key, digest, at, quote) VALUES (?, ?, ?, ?)",
                    (secrets.token_urlsafe(12), digest, self._now, text.decode()),
                )
                ((key,),) = await connection.execute_fetchall("SELECT key FROM links WHERE digest = ?", (digest,))
                keys.append(str(key))
        return tuple(keys)

    async def linked_quote(self, key: str) -> Quote | None:
        """The quote of that key; None where there is none."""
        for (text,) in await self._rows("SELECT quote FROM links WHERE key = ?", key):
            try:
                return msgspec.json.decode(text, type=Quote)
            except msgspec.DecodeError:
                return None  # from a version whose quotes had another shape
        return None
