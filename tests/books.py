"""EPUBs made of a few lines of XHTML."""

from __future__ import annotations

from collections.abc import Mapping

from zip_files import zipped

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata><manifest>{items}</manifest>'
    '<spine toc="ncx">{spine}</spine></package>'
)
METADATA = "<dc:title>The tides</dc:title><dc:creator>Ann Lee</dc:creator><dc:language>en-GB</dc:language>"


def page(body: str) -> str:
    """An XHTML page."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>unseen</title></head><body>{body}</body></html>'
    )


def nav(**titles: str) -> str:
    """EPUB 3's table of contents: titles by where they lead, with `__` for `#`."""
    links = "".join(f'<li><a href="{to.replace("__", ".xhtml#")}">{title}</a></li>' for to, title in titles.items())
    return page(f'<nav epub:type="toc"><ol>{links}</ol></nav>')


def ncx(target: str, title: str) -> str:
    """EPUB 2's table of contents, with one entry."""
    point = f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{target}"/></navPoint>'
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{point}</navMap></ncx>'


def book(
    chapters: Mapping[str, str | bytes], *, metadata: str = METADATA, toc: str = "", ncx: str = "", **members: str
) -> bytes:
    """An EPUB of `chapters`, by the names that its manifest gives them; `members` with `__` for `/` and `_` for `.`."""
    listed = dict.fromkeys(chapters, 'media-type="application/xhtml+xml"')
    listed |= {"nav.xhtml": 'media-type="application/xhtml+xml" properties="nav"'} if toc else {}
    items = "".join(f'<item id="{name}" href="{name}" {more}/>' for name, more in listed.items())
    items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>' if ncx else ""
    spine = "".join(f'<itemref idref="{name}"/>' for name in listed)
    inside = {f"OEBPS/{name}": content for name, content in chapters.items()}
    inside |= {"OEBPS/nav.xhtml": toc} if toc else {}
    inside |= {"OEBPS/toc.ncx": ncx} if ncx else {}
    more = {name.replace("__", "/").replace("_", "."): content for name, content in members.items()}
    package = _PACKAGE.format(metadata=metadata, items=items, spine=spine)
    whole = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/book.opf": package}
    return zipped({**whole, **inside, **more})
