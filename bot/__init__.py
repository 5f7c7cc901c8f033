"""What people touch: the Telegram bot and the command line."""
