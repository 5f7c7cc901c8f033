"""What keeps a command of the bot from running: each error's text is one sentence for a person."""

from __future__ import annotations


class CannotRunError(Exception):
    """The command cannot do its work; the text says what is wrong, where, and what to do."""


class SettingsError(CannotRunError):
    """A setting that cannot be used: its text names the key, the value (a secret's never) and what to do."""


class QuestionFileError(CannotRunError):
    """A file of questions cannot be read, or some of its lines are broken; the text names each of them."""


class JournalError(CannotRunError):
    """The journal cannot be opened, read or written."""


class UnusableJournalError(JournalError):
    """The journal cannot be used for now; it has said so itself, once, in the log and to whoever listens to it."""


class StoppedError(CannotRunError):
    """The bot ran, and had to stop for no fault of its settings: started again, it may go on."""
