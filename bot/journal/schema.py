"""The journal's tables: each script makes a journal of its version from one of the version before."""

from __future__ import annotations

SCHEMAS = (
    """
CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    at INTEGER NOT NULL,
    turn TEXT NOT NULL
);
CREATE INDEX turns_by_chat ON turns (chat, thread, id);
CREATE INDEX turns_by_time ON turns (at);
""",
    """
CREATE TABLE buttons (
    chat INTEGER NOT NULL,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    questions TEXT NOT NULL,
    PRIMARY KEY (chat, key)
);
CREATE INDEX buttons_by_time ON buttons (at);
""",
    # parent: the turn that this one followed; aside: whether it belongs to a thread of replies of its own;
    # question: the message that asked, null where a button did; answer: what was sent, null before this version;
    # past: the places quoted on the pages before it; speaker: who has more to say than it quotes;
    # pressed: buttons that have done what they can do once.
    """
ALTER TABLE turns ADD COLUMN parent INTEGER REFERENCES turns ON DELETE SET NULL;
ALTER TABLE turns ADD COLUMN aside INTEGER NOT NULL DEFAULT 0;
ALTER TABLE turns ADD COLUMN person INTEGER;
ALTER TABLE turns ADD COLUMN question INTEGER;
ALTER TABLE turns ADD COLUMN key TEXT;
ALTER TABLE turns ADD COLUMN answer TEXT;
ALTER TABLE turns ADD COLUMN past TEXT;
ALTER TABLE turns ADD COLUMN speaker TEXT;
UPDATE turns SET
    person = CASE WHEN chat > 0 THEN chat END,
    parent = (
        SELECT max(earlier.id) FROM turns AS earlier
        WHERE earlier.chat = turns.chat AND earlier.thread = turns.thread AND earlier.id < turns.id
    );
CREATE UNIQUE INDEX turns_by_key ON turns (chat, key);
CREATE INDEX turns_by_question ON turns (chat, question);
CREATE INDEX turns_by_parent ON turns (parent);
CREATE INDEX turns_by_person ON turns (person);
CREATE TABLE messages (
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    turn INTEGER NOT NULL REFERENCES turns ON DELETE CASCADE,
    PRIMARY KEY (chat, message)
);
CREATE INDEX messages_by_turn ON messages (turn);
CREATE TABLE pressed (
    turn INTEGER NOT NULL REFERENCES turns ON DELETE CASCADE,
    button TEXT NOT NULL,
    PRIMARY KEY (turn, button)
);
CREATE TABLE votes (
    turn INTEGER NOT NULL REFERENCES turns ON DELETE CASCADE,
    person INTEGER NOT NULL,
    vote INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (turn, person)
);
CREATE INDEX votes_by_person ON votes (person);
CREATE TABLE languages (
    person INTEGER PRIMARY KEY,
    language TEXT NOT NULL
);
""",
    # errands: what an owner has yet to confirm; admitted: chats that an owner let in; strangers: those that owners were
    # told of; links: quotes by the key of their address, the same quote always by the same key.
    """
CREATE TABLE errands (
    key TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    person INTEGER NOT NULL,
    at INTEGER NOT NULL,
    what TEXT NOT NULL
);
CREATE TABLE admitted (
    chat INTEGER PRIMARY KEY,
    at INTEGER NOT NULL
);
CREATE TABLE strangers (
    chat INTEGER PRIMARY KEY,
    at INTEGER NOT NULL
);
CREATE TABLE links (
    key TEXT PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    quote TEXT NOT NULL
);
""",
    # inbox: updates that Telegram delivered, by the bot that they are for, until they have been handled; tries: how
    # often the bot began with one anew and did not outlive it; handled: the numbers of those that were.
    """
CREATE TABLE inbox (
    bot INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    chat INTEGER,
    person INTEGER,
    tries INTEGER NOT NULL DEFAULT 0,
    content TEXT NOT NULL,
    PRIMARY KEY (bot, number)
);
CREATE INDEX inbox_by_time ON inbox (at);
CREATE TABLE handled (
    bot INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (bot, number)
) WITHOUT ROWID;
CREATE INDEX handled_by_time ON handled (at);
""",
)
