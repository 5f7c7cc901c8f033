"""Reactions to an answer: a thumb up or down is a vote, and one taken away takes the vote back."""

from __future__ import annotations

import logging

from telegram import ReactionTypeEmoji, Update
from telegram.constants import ChatType, ReactionEmoji
from telegram.error import TelegramError
from telegram.ext import ContextTypes, ExtBot

from bot.errors import JournalError
from bot.handlers.answers import Answers
from bot.handlers.keyboards import answer_keyboard
from bot.journal import Journal, SentAnswer, Vote

log = logging.getLogger(__name__)

MEANINGS: dict[str, Vote] = {ReactionEmoji.THUMBS_UP: Vote.UP, ReactionEmoji.THUMBS_DOWN: Vote.DOWN}


class Reactions:
    """Counts reactions as the buttons below an answer are counted; other signs mean nothing."""

    def __init__(self, answers: Answers, journal: Journal) -> None:
        self._answers = answers
        self._journal = journal

    async def count(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Let the person's vote be what their reactions say now, if they are to an answer."""
        reaction = update.message_reaction
        if reaction is None or reaction.user is None:
            return
        before, now = _meaning(reaction.old_reaction), _meaning(reaction.new_reaction)
        if before is now:
            return
        try:
            sent = await self._journal.answer_in(reaction.chat.id, reaction.message_id)
            if sent is None:
                return
            if now is None:
                await self._journal.unvote(sent.chat, sent.key, reaction.user.id)
            else:
                await self._journal.vote(sent.chat, sent.key, reaction.user.id, now)
        except JournalError:
            log.exception("A reaction is not counted.")
            return
        if reaction.chat.type == ChatType.PRIVATE:
            await self._show(sent, now, context.bot)

    async def _show(self, sent: SentAnswer, vote: Vote | None, bot: ExtBot[None]) -> None:
        """Mark the vote on the answer's buttons, where they stand below it."""
        wording = await self._answers.wording_of(sent)
        share = await self._answers.share_button(sent, 1, wording, bot)
        try:
            await bot.edit_message_reply_markup(
                sent.chat, sent.messages[-1], reply_markup=answer_keyboard(sent, wording, vote, share)
            )
        except TelegramError as error:
            log.info("A vote is not shown: %s", error)


def _meaning(reactions: tuple[object, ...]) -> Vote | None:
    """The vote that the reactions are; None where there is none among them, or both."""
    votes = {MEANINGS.get(each.emoji) for each in reactions if isinstance(each, ReactionTypeEmoji)} - {None}
    return votes.pop() if len(votes) == 1 else None
