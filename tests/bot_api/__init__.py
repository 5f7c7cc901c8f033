"""A Bot API that tests talk to instead of Telegram: as strict, in memory or over HTTP."""
