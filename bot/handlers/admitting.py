"""Strangers at the door of a private bot: owners are told, and let them in or out by a button."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes, ExtBot

from bot.errors import JournalError
from bot.handlers.guests import Guests
from bot.handlers.languages import Languages
from bot.handlers.ownership import Ownership
from bot.handlers.replies import NO_PREVIEW, answer_press
from bot.journal import Journal
from bot.rendering import render_sentence
from bot.wording import Wording

log = logging.getLogger(__name__)

ADMIT = re.compile(r"admit:(?P<choice>in|out|revoke):(?P<chat>-?[0-9]{1,18})\Z")
LONGEST_NAME = 100


class Admitting:
    """Owners decide; what they decided survives a restart, and can be taken back."""

    def __init__(
        self, owners: Iterable[int], journal: Journal, guests: Guests, languages: Languages, ownership: Ownership
    ) -> None:
        self._owners = sorted(owners)
        self._journal = journal
        self._guests = guests
        self._languages = languages
        self._ownership = ownership

    async def tell_owners(self, message: Message, bot: ExtBot[None]) -> bool:
        """Tell every owner who would like to ask, unless they were told lately; whether any owner knows."""
        chat = message.chat.id
        if not self._owners:
            return False
        try:
            if not await self._journal.is_news(chat):
                return await self._journal.is_known(chat)
            told = [await self._tell(owner, message, bot) for owner in self._owners]
            if not any(told):
                await self._journal.not_told(chat)
        except JournalError:
            log.exception("Owners are not told of a stranger.")
            return False
        return any(told)

    async def press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Let the chat in, or out."""
        query = update.callback_query
        pressed = ADMIT.match((query.data or "") if query else "")
        if query is None or pressed is None:
            return
        wording = await self._languages.of_update(update)
        if not self._ownership.is_owner(query.from_user):
            await answer_press(query, wording.say("owner_only"))
            return
        chat, choice = int(pressed["chat"]), pressed["choice"]
        try:
            is_new = choice == "in" and not await self._guests.is_let_in(chat)
            await (self._guests.let_in(chat) if choice == "in" else self._guests.let_out(chat))
        except JournalError:
            log.exception("Nobody is let in or out.")
            await answer_press(query, wording.say("failed"))
            return
        sentence = {"in": "stranger_admitted", "out": "stranger_left_out", "revoke": "stranger_revoked"}[choice]
        await answer_press(query, wording.say(sentence, chat=str(chat)))
        if is_new:
            await self._welcome(chat, context.bot)
        try:
            await query.edit_message_reply_markup(_keyboard_after(query, choice, chat, wording))
        except BadRequest as error:
            log.info("The buttons below a stranger's name stay: %s", error)

    async def _tell(self, owner: int, message: Message, bot: ExtBot[None]) -> bool:
        wording = await self._languages.of_reader(owner)
        sentence = wording.phrases("stranger", name=_name_of(message), chat=str(message.chat.id))
        buttons = [_button(wording, key, choice, message.chat.id) for key, choice in _CHOICES]
        try:
            await bot.send_message(
                owner,
                render_sentence(sentence),
                parse_mode="HTML",
                link_preview_options=NO_PREVIEW,
                reply_markup=InlineKeyboardMarkup([buttons]),
            )
        except TelegramError as error:
            log.warning("An owner could not be told of a stranger: %s", error)
            return False
        return True

    async def _welcome(self, chat: int, bot: ExtBot[None]) -> None:
        """Tell whoever waits that the door is open; in a person's own language where that is known."""
        wording = await self._languages.of_reader(chat)
        try:
            await bot.send_message(chat, render_sentence(wording.phrases("stranger_welcome")), parse_mode="HTML")
        except TelegramError as error:
            log.info("Nobody could be told that they were let in: %s", error)


_CHOICES = (("button_admit", "in"), ("button_leave_out", "out"))


def _keyboard_after(query: CallbackQuery, choice: str, chat: int, wording: Wording) -> InlineKeyboardMarkup:
    """The buttons of the message, those about the chat replaced by one that takes the choice back."""
    markup = query.message.reply_markup if isinstance(query.message, Message) else None
    others = [
        [button for button in row if not str(button.callback_data).endswith(f":{chat}")]
        for row in (markup.inline_keyboard if markup else ())
    ]
    back = _button(wording, *(("button_revoke", "revoke") if choice == "in" else ("button_admit", "in")), chat)
    return InlineKeyboardMarkup([[back], *(row for row in others if row)])


def _button(wording: Wording, key: str, choice: str, chat: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(wording.say(key, chat=str(chat)), callback_data=f"admit:{choice}:{chat}")


def _name_of(message: Message) -> str:
    """How Telegram calls who asks: a group's title, a person's name, and the handle where there is one."""
    person, chat = message.from_user, message.chat
    if chat.type == ChatType.PRIVATE and person is not None:
        name, username = person.full_name, person.username
    else:
        name, username = chat.effective_name or "?", chat.username
    handle = f" (@{username})" if username else ""
    return f"{' '.join(name.split())[:LONGEST_NAME]}{handle}"
