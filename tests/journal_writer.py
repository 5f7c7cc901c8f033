"""A process that writes to a journal until it is killed, and tells each turn once it is kept: `journal_writer FILE`."""

from __future__ import annotations

import asyncio
import itertools
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))

from canned import LAMP, PIER, answered

from bot.journal import Errand, Journal, SentAnswer, Vote, new_key

CHATS = (7, 8, -100)


async def _write(path: Path) -> None:
    chance = random.Random()  # noqa: S311 (no secret)
    async with Journal(path, retention_days=30) as journal:
        for number in itertools.count():
            chat, key = chance.choice(CHATS), new_key()
            sent = SentAnswer(chat, 0, key, answered(LAMP, PIER), messages=(number,), person=7)
            await journal.add_answer(sent, await journal.conversation(chat, 0))
            print(chat, key, flush=True)  # noqa: T201 (who waits for it reads that)
            await journal.vote(chat, key, 7, chance.choice(list(Vote)))
            match number % 8:
                case 0:
                    await journal.keep_links([LAMP, PIER])
                case 1:
                    errand = await journal.add_errand(Errand("upload", 9, "report.txt"))
                    await journal.take_errand(errand)
                case 2:
                    await journal.set_language(7, chance.choice(["en", "ko"]))
                case 3:
                    await journal.keep_questions(chat, (f"who said {number}",))
                case 4:
                    await journal.replace_answer(sent)
                case 5:
                    await journal.admit(number)
                case 6:
                    await journal.delete_outdated()


if __name__ == "__main__":
    asyncio.run(_write(Path(sys.argv[1])))
