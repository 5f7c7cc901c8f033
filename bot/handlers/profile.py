"""What Telegram shows of the bot beside its messages: the menu of commands, and what it is for."""

from __future__ import annotations

import logging

from telegram import BotCommand
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.handlers.commands import MENU
from bot.wording import LANGUAGES, Wording, wording_in

log = logging.getLogger(__name__)


async def present_itself(bot: ExtBot[None]) -> None:
    """Set menu and descriptions in each language; the bot works without.

    A description that is there already stays: the owner may have written it with @BotFather.
    """
    for wording in map(wording_in, reversed(LANGUAGES)):  # the default last, for it stands in where there is no other
        language = None if wording.language == LANGUAGES[0] else wording.language
        try:
            menu = [BotCommand(name, wording.say(f"command_{name}")) for name in MENU]
            await bot.set_my_commands(menu, language_code=language)
        except TelegramError as error:
            log.warning("The menu of commands could not be set: %s", error)
        try:
            await _describe(bot, wording, language)
        except TelegramError as error:
            log.warning("The bot could not be described: %s", error)


async def _describe(bot: ExtBot[None], wording: Wording, language: str | None) -> None:
    if not (await bot.get_my_short_description(language_code=language)).short_description:
        await bot.set_my_short_description(wording.say("profile_short"), language_code=language)
    if not (await bot.get_my_description(language_code=language)).description:
        await bot.set_my_description(wording.say("profile"), language_code=language)
