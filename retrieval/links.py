"""A link to the very words on the publisher's page: a text fragment (https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

from urllib.parse import quote

WORDS_AT_EACH_END = 5
_WHOLE_UP_TO_CHARS = 80


def text_fragment(url: str, words: str) -> str:
    """`url` with a fragment that makes a browser scroll to `words` and mark them; "start,end" where they are long."""
    plain = words.split()
    if not url.startswith(("http://", "https://")) or not plain:
        return url
    base, hash_mark, fragment = url.partition("#")
    joined = " ".join(plain)
    if len(joined) <= _WHOLE_UP_TO_CHARS or len(plain) <= 2 * WORDS_AT_EACH_END:
        directive = _encoded(joined)
    else:
        directive = f"{_encoded(' '.join(plain[:WORDS_AT_EACH_END]))},{_encoded(' '.join(plain[-WORDS_AT_EACH_END:]))}"
    kept = fragment.partition(":~:")[0] if hash_mark else ""
    return f"{base}#{kept}:~:text={directive}"


def _encoded(words: str) -> str:
    """Percent-encoded, the hyphen too: it has a meaning of its own in a text directive."""
    return quote(words, safe="").replace("-", "%2D")
