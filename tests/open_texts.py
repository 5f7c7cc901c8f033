"""OpenDocument texts made of a few lines of their XML."""

from __future__ import annotations

from zip_files import zipped

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("table", "table"),
        ("draw", "drawing"),
        ("meta", "meta"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
STYLES = """
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"/>
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Caption" style:family="paragraph"/>
<style:style style:name="Figure" style:family="paragraph" style:parent-style-name="Caption"/>
<style:style style:name="Author" style:family="paragraph"/>
<style:style style:name="Loop" style:family="paragraph" style:parent-style-name="Loop"/>
<style:style style:name="Unnumbered" style:family="paragraph" style:list-style-name=""/>
"""
AUTOMATIC = """
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="Up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="Down" style:family="text"><style:text-properties style:text-position="sub 58%"/></style:style>
<style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="GoneP" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"/>
<text:list-level-style-number text:level="2" style:num-suffix=")" style:num-format="a" text:display-levels="2"/>
</text:list-style>
<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1"/></text:list-style>
<text:list-style style:name="Hangul">
<text:list-level-style-number text:level="1" style:num-prefix="(" style:num-suffix=")"
 style:num-format="가, 나, 다, ..." text:start-value="2"/></text:list-style>
"""
OUTLINE = """<text:outline-style style:name="Outline">
<text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>
<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>"""


def flat_text(body: str) -> str:
    """A .fodt whose text is `body`."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMESPACES}><office:meta/>'
        f"<office:styles>{STYLES}</office:styles><office:automatic-styles>{AUTOMATIC}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def text_file(
    body: str, *, meta: str = "", styles: str = "", automatic: str = "", kind: str = "text", **members: str
) -> bytes:
    """An .odt whose text is `body`; `members` are more files inside, with `__` for `/` and `_` for `.`."""
    roots = {
        "content": f"<office:automatic-styles>{AUTOMATIC}{automatic}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body>",
        "styles": f"<office:styles>{STYLES}{styles}</office:styles>",
        "meta": f"<office:meta>{meta}</office:meta>",
    }
    made = {
        f"{part}.xml": f"<office:document {_NAMESPACES}>{inside}</office:document>" for part, inside in roots.items()
    }
    more = {name.replace("__", "/").replace("_", "."): content for name, content in members.items()}
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", **made, **more})


def p(words: str, style: str = "") -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def h(words: str, level: int = 1, style: str = "Heading_20_1") -> str:
    """A heading."""
    return f'<text:h text:outline-level="{level}" text:style-name="{style}">{words}</text:h>'


def items(*parts: str, more: str = "") -> str:
    """A list, each part an item's paragraphs and lists."""
    return f"<text:list {more}>{''.join(f'<text:list-item>{part}</text:list-item>' for part in parts)}</text:list>"


def row(*cells: str, more: str = "") -> str:
    """A table's row; a cell that is no XML is a paragraph."""
    made = (
        cell if cell.startswith("<table:") else cell_of(cell if cell.startswith("<") else p(cell)) for cell in cells
    )
    return f"<table:table-row {more}>{''.join(made)}</table:table-row>"


def cell_of(content: str, more: str = "") -> str:
    """A cell."""
    return f"<table:table-cell {more}>{content}</table:table-cell>"


def table(*rows: str) -> str:
    """A table."""
    return f"<table:table>{''.join(rows)}</table:table>"
