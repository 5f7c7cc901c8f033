"""Answers in the chat: found, sent with their buttons, and kept in the journal, whatever asked for them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.choices import choices_of
from bot.errors import JournalError
from bot.events import Event
from bot.handlers.keyboards import answer_keyboard, choice_keyboard
from bot.handlers.languages import Languages
from bot.handlers.replies import conversation_of, reply, reply_instead, with_typing
from bot.handlers.share_button import share_button
from bot.journal import Conversation, Journal, SentAnswer, new_key
from bot.rendering import render_answer
from bot.wording import Wording, wording_in
from retrieval import Answer, Library, Place

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and the number of the message that does; None where nobody knows, or where a button asks."""

    person: int | None
    question: int | None = None


class Answers:
    """The one way from a question to an answer in the chat, and from an answer to the next page of it."""

    def __init__(self, library: Library, journal: Journal, languages: Languages, limit: int) -> None:
        self._library = library
        self._journal = journal
        self._languages = languages
        self._limit = limit

    async def ask(self, message: Message, question: str, conversation: Conversation, asker: Asker) -> None:
        """Answer `question`, asked in `conversation`, by a reply to `message`."""
        think = partial(self._library.ask, question, conversation.turns, limit=self._limit)
        answer, speaker = await self._thought(message, think)
        await self._send(message, _draft(message, answer, speaker, asker), conversation)

    async def ask_again(self, message: Message, question: str, old: SentAnswer) -> None:
        """Let the answer to `question` stand where `old` stands, in the conversation that `old` was given in."""
        conversation = await self._conversation_before(old)
        think = partial(self._library.ask, question, conversation.turns, limit=self._limit)
        answer, speaker = await self._thought(message, think)
        new = replace(old, answer=answer, speaker=speaker, past=(), pressed=frozenset())
        wording = await self.wording_of(new)
        parts = render_answer(answer, wording)
        messages = await reply_instead(message, old.messages, parts, await self._keyboard(message, new, wording))
        _log_answer(message, answer)
        try:
            await self._journal.replace_answer(replace(new, messages=messages))
        except JournalError:
            log.exception("An edited answer is lost; it was sent, but its buttons and a follow-up will not know of it.")

    async def next_page(
        self, message: Message, old: SentAnswer, asker: Asker, question: str | None = None
    ) -> SentAnswer | None:
        """The next answers to the question of `old`, or to another `question`; None where there are none."""
        past = (*old.past, *old.answer.as_turn().shown)
        think = partial(self._library.more, question or old.answer.understood, past, limit=self._limit)
        answer, speaker = await self._thought(message, think, past)
        return None if not answer.quotes else replace(_draft(message, answer, speaker, asker), past=past)

    async def send_page(self, message: Message, page: SentAnswer, old: SentAnswer) -> None:
        """Send what `next_page` gave, in the conversation of `old`."""
        await self._send(message, page, await self._conversation_after(old))

    async def ask_alone(self, message: Message, old: SentAnswer, asker: Asker) -> None:
        """Answer the question of `old` as it stands, without what came before it."""
        aside = (await self._conversation_after(old)).aside
        await self.ask(message, old.answer.question, Conversation(aside=aside), asker)

    async def show(self, message: Message, answer: Answer, asker: Asker) -> None:
        """Send an answer that is known already; a conversation begins with it."""
        answer, speaker = await self._thought(message, lambda: answer)
        await self._send(message, _draft(message, answer, speaker, asker), Conversation())

    async def share_button(
        self, sent: SentAnswer, number: int, wording: Wording, bot: Bot
    ) -> InlineKeyboardButton | None:
        """The button that shares the quote of that number, counted from 1; None where there is none to share."""
        quotes = sent.answer.quotes or sent.answer.closest
        if not 1 <= number <= len(quotes):
            return None
        mark = number if len(quotes) > 1 else None
        return await share_button(quotes[number - 1], mark, wording, self._journal, bot.username)

    async def wording_of(self, sent: SentAnswer) -> Wording:
        """The wording of an answer: in the language that its asker chose, else in the question's."""
        return await self._languages.of_person(sent.person, sent.answer.language)

    async def _conversation_before(self, sent: SentAnswer) -> Conversation:
        """The conversation that an answer was given in; none where the journal fails."""
        try:
            return await self._journal.conversation_before(sent.chat, sent.key)
        except JournalError:
            log.exception("The conversation before an edited question cannot be read; answering without it.")
            return Conversation()

    async def _conversation_after(self, sent: SentAnswer) -> Conversation:
        """The conversation that ends with an answer; none where the journal fails, for an answer comes first."""
        try:
            return await self._journal.conversation_after(sent.chat, sent.key)
        except JournalError:
            log.exception("The conversation so far cannot be read; going on without it.")
            return Conversation()

    async def _thought(
        self, message: Message, think: Callable[[], Answer], past: tuple[Place, ...] = ()
    ) -> tuple[Answer, str]:
        """The answer, and who has more to say than it quotes."""

        def thought() -> tuple[Answer, str]:
            answer = think()
            return answer, self._speaker_with_more(answer, past)

        return await with_typing(message, asyncio.to_thread(thought))

    def _speaker_with_more(self, answer: Answer, past: tuple[Place, ...]) -> str:
        """The one person quoted, where they say more than the answer and its next pages hold."""
        speakers = {quote.speaker for quote in (*answer.quotes, *answer.closest) if quote.speaker}
        if len(speakers) != 1:
            return ""
        speaker = speakers.pop()
        question = wording_in(answer.language).say("example_said", name=speaker)
        rest = self._library.more(question, (*past, *answer.as_turn().shown), limit=1)
        return speaker if rest.quotes and rest.more + 1 > answer.more else ""

    async def _send(self, message: Message, sent: SentAnswer, conversation: Conversation) -> None:
        wording = await self.wording_of(sent)
        keyboard = await self._keyboard(message, sent, wording)
        messages = await reply(message, render_answer(sent.answer, wording), keyboard)
        _log_answer(message, sent.answer)
        try:
            await self._journal.add_answer(replace(sent, messages=messages), conversation)
        except JournalError:
            log.exception("A turn is lost; the answer was sent, but a follow-up will not know of it.")

    async def _keyboard(self, message: Message, sent: SentAnswer, wording: Wording) -> InlineKeyboardMarkup | None:
        """The answer's buttons; none for choices where the journal fails, for the names stand in the answer too."""
        choices = choices_of(sent.answer, wording_in(sent.answer.language))
        if not choices:
            return answer_keyboard(sent, wording, share=await self.share_button(sent, 1, wording, message.get_bot()))
        try:
            key = await self._journal.keep_questions(sent.chat, tuple(choice.question for choice in choices))
        except JournalError:
            log.exception("Buttons are left out; the names stand in the answer.")
            return None
        return choice_keyboard(choices, key)


def _log_answer(message: Message, answer: Answer) -> None:
    """Tell the log that somebody was answered; neither who, nor what they asked."""
    fields = {"milliseconds": answer.elapsed_ms, "quotes": len(answer.quotes), "language": answer.language}
    log.info(Event("answered", kind=answer.kind, **fields, chat=message.chat.type))


def _draft(message: Message, answer: Answer, speaker: str, asker: Asker) -> SentAnswer:
    chat, thread = conversation_of(message)
    return SentAnswer(chat, thread, new_key(), answer, person=asker.person, question=asker.question, speaker=speaker)
