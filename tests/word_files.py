"""Word files made of a few lines of WordprocessingML."""

from __future__ import annotations

from zip_files import zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:m="{_OFFICE}/math" xmlns:r="{_OFFICE}/relationships" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Chapter"><w:name w:val="장 이름"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="Deep"><w:name w:val="Deep"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="TOCHeading"><w:name w:val="TOC Heading"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="a4"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Author"><w:name w:val="Author"/></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
"""


def word_file(body: str, *, is_strict: bool = False, core: str = "", company: str = "", **parts: str) -> bytes:
    """A .docx whose body is `body`; `parts` are what styles.xml, footnotes.xml and others hold inside their roots."""
    parts.setdefault("styles", STYLES)
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relationships({"officeDocument": "word/document.xml", **_PROPERTIES}),
        "word/document.xml": _root("w:document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": _relationships({kind: f"{kind}.xml" for kind in parts}),
        "docProps/core.xml": _root("cp:coreProperties", core),
        "docProps/app.xml": _root("Properties", f"<Company>{company}</Company>"),
        **{f"word/{kind}.xml": _root(f"w:{kind}", content) for kind, content in parts.items()},
    }
    if is_strict:
        members = {path: content.replace(W, _STRICT) for path, content in members.items()}
    return zipped(members)


def p(words: str, style: str = "", properties: str = "") -> str:
    """A paragraph of one run."""
    return paragraph(f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>', style, properties)


def paragraph(runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of `runs`."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def table(*rows: str) -> str:
    """A table of `rows`."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str) -> str:
    """A row; a cell that is no XML is a paragraph."""
    made = (cell if cell.startswith("<w:tc>") else tc(cell if cell.startswith("<") else p(cell)) for cell in cells)
    return f"<w:tr>{''.join(made)}</w:tr>"


def tc(content: str, properties: str = "") -> str:
    """A cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


_PROPERTIES = {"core-properties": "docProps/core.xml", "extended-properties": "docProps/app.xml"}


def _root(name: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><{name} xmlns:cp="urn:cp" {_NAMESPACES}>{content}</{name}>'


def _relationships(targets: dict[str, str]) -> str:
    lines = (
        f'<Relationship Id="{kind}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f"<Relationships>{''.join(lines)}</Relationships>"
