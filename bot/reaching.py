"""Whether Telegram can be reached, knows the token, and what time it is there: one request of `check`."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from bot.settings import Settings

TIMEOUT_SECONDS = 5.0
LONGEST_ANSWER_BYTES = 1 << 16
NO_BOT_API = "what answers there is no Bot API"


@dataclass(frozen=True, slots=True)
class Reached:
    """What came of the request: the bot's name where the token is known, else why not.

    `is_refused` says that it is the token that is wrong; `ahead` is how much this computer's clock is ahead of that of
    whoever answered, None where nobody did.
    """

    name: str = ""
    failure: str = ""
    is_refused: bool = False
    ahead: dt.timedelta | None = None


def reach_telegram(settings: Settings, timeout_seconds: float = TIMEOUT_SECONDS) -> Reached:
    """Ask who the bot of the token is (https://core.telegram.org/bots/api#getme)."""
    token = settings.telegram_bot_token.reveal() if settings.telegram_bot_token else ""
    suffix = "/test" if settings.telegram_test_environment else ""
    request = Request(f"{settings.telegram_api_url}/bot{token}{suffix}/getMe", method="POST")  # noqa: S310 (settings know http and https alone)
    try:
        with urlopen(request, timeout=timeout_seconds) as answer:  # noqa: S310 (as above)
            name, ahead = _name_in(answer.read(LONGEST_ANSWER_BYTES)), _ahead(answer.headers)
    except HTTPError as error:
        is_refused = error.code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}
        return Reached(failure=f"HTTP {error.code}", is_refused=is_refused, ahead=_ahead(error.headers))
    except URLError as error:
        return Reached(failure=str(error.reason))
    except OSError as error:
        return Reached(failure=str(error))
    except HTTPException:  # what this says may hold the address, and so the token
        return Reached(failure=NO_BOT_API)
    return Reached(name, "" if name else NO_BOT_API, ahead=ahead)


def _name_in(body: bytes) -> str:
    """The bot's name in the answer of a Bot API; empty where it is none."""
    try:
        return str(json.loads(body)["result"]["username"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""


def _ahead(headers: Message) -> dt.timedelta | None:
    """How much this computer's clock is ahead of the Date of an answer, to the second."""
    try:
        at = parsedate_to_datetime(headers["Date"])
    except (TypeError, ValueError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    return dt.datetime.now(dt.UTC).replace(microsecond=0) - at
