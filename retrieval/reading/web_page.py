"""A saved web page → Document: its article, without the menus, banners and teasers around it."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from retrieval.errors import ReadingError
from retrieval.reading.assembly import assembled
from retrieval.reading.web_article import Article, article_of
from retrieval.reading.web_charset import decoded_page
from retrieval.reading.web_elements import Run
from retrieval.reading.web_furniture import prose_of
from retrieval.reading.web_head import Head, head_of
from retrieval.reading.web_imprint import imprint_of
from retrieval.reading.web_metadata import metadata_of
from retrieval.reading.web_pieces import pieces_of
from retrieval.reading.web_tree import parsed, tree_of
from retrieval.records import Document

_FEWEST_SHOWN = 6
"""A page that shows less than one in so many characters of its article does so by scripts, or for money."""


def read_html(content: bytes, name: str) -> Document:
    """The Document of the web page `content`, the file `name`; raises ReadingError where nothing of it can be read."""
    text = decoded_page(content, name)
    root = parsed(text, name)
    head = head_of(root, text)
    tree = tree_of(root, name)
    article = article_of(tree, head)
    if sum(map(prose_of, article.runs)) * _FEWEST_SHOWN < len(head.linked_data.body):
        article = replace(article, runs=_unshown(article, head, name))
    imprint = imprint_of(article.runs, article.marks)
    document = assembled(name, pieces_of(article, imprint), metadata_of(head, article, imprint))
    if not document.blocks:
        what = "is a web page without text: it may fetch its words only when a browser shows it."
        raise ReadingError(what, where=name, remedy="Save it from the browser once it shows, or save its text as .txt.")
    return document


def _unshown(article: Article, head: Head, name: str) -> tuple[Run, ...]:
    """The runs of an article that the page gives machines to read, but shows only with the help of its scripts."""
    body = head.linked_data.body
    markup = body if "</" in body or "<br" in body else "<br>".join(escape(body, quote=False).split("\n"))
    runs = tree_of(parsed(f"<div>{markup}</div>", name), name).runs
    return (*([article.heading] if article.heading else []), *runs)
