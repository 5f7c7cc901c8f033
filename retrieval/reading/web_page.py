"""A saved web page → Document: its article, without the menus, banners and teasers around it."""

from __future__ import annotations

from retrieval.errors import ReadingError
from retrieval.reading.assembly import assembled
from retrieval.reading.web_article import article_of
from retrieval.reading.web_charset import decoded_page
from retrieval.reading.web_head import head_of
from retrieval.reading.web_imprint import imprint_of
from retrieval.reading.web_metadata import metadata_of
from retrieval.reading.web_pieces import pieces_of
from retrieval.reading.web_tree import parsed, tree_of
from retrieval.records import Document


def read_html(content: bytes, name: str) -> Document:
    """The Document of the web page `content`, the file `name`; raises ReadingError where nothing of it can be read."""
    text = decoded_page(content, name)
    root = parsed(text, name)
    head = head_of(root, text)
    tree = tree_of(root, name)
    article = article_of(tree, head)
    imprint = imprint_of(article.runs, article.captions, article.bylines)
    document = assembled(name, pieces_of(article, imprint), metadata_of(head, article, imprint))
    if not document.blocks:
        what = "is a web page without text: it may fetch its words only when a browser shows it."
        raise ReadingError(what, where=name, remedy="Save it from the browser once it shows, or save its text as .txt.")
    return document
