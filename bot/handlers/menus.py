"""Menus for some: what groups are offered, and what owners are, each in its own scope."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from telegram import BotCommand, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeChat, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes, ExtBot

from bot.handlers.commands import MENU
from bot.handlers.owners import OWNER_MENU
from bot.wording import LANGUAGES, wording_in

log = logging.getLogger(__name__)

GROUP_MENU = ("ask", "people", "sources", "help")
"""What makes sense before others."""


async def set_menus(bot: ExtBot[None], owners: Iterable[int]) -> None:
    """Set the menus of groups and of each owner, in each language; the bot works without."""
    await _set(bot, BotCommandScopeAllGroupChats(), GROUP_MENU)
    for owner in sorted(owners):
        await _set(bot, BotCommandScopeChat(owner), (*MENU, *OWNER_MENU))


async def set_own_menu(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Set the menu of the owner who begins to use the bot: before, Telegram knows no chat to set it for."""
    if update.effective_user is not None:
        await _set(context.bot, BotCommandScopeChat(update.effective_user.id), (*MENU, *OWNER_MENU))


async def _set(bot: ExtBot[None], scope: BotCommandScope, names: Sequence[str]) -> None:
    try:
        for wording in map(wording_in, reversed(LANGUAGES)):  # the default last, as for everybody's menu
            language = None if wording.language == LANGUAGES[0] else wording.language
            menu = [BotCommand(name, wording.say(f"command_{name}")) for name in names]
            await bot.set_my_commands(menu, scope=scope, language_code=language)
    except TelegramError as error:
        log.info("A menu could not be set for %s (an owner has to /start the bot first): %s", scope.type, error)
