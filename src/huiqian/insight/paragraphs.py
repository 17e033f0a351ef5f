"""Pieces of WordprocessingML (ECMA-376 part 1, §17): runs, paragraphs, headings, tables, fields.

Tables are written as text and parsed at once: cell by cell they would take seconds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from huiqian.diagram.drawing.svg import text_of

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LATIN, CHINESE = "Arial", "微软雅黑"
INK = "1D4F9E"
# How a run looks, by the name of its style.
LOOKS = {
    "": "", "bold": "<w:b/>", "soft": '<w:color w:val="555555"/><w:sz w:val="17"/>',
    "ink": f'<w:color w:val="{INK}"/>', "warn": '<w:color w:val="A2460A"/>',
}  # fmt: skip
TIGHT = '<w:spacing w:before="20" w:after="20"/>'
MM = 56.7  # twentieths of a point in a millimetre
SIZES = {"Title": 28, "Heading 1": 17, "Heading 2": 13, "Heading 3": 10.5}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look; `raw` is markup instead of text."""

    text: str
    look: str = ""
    raw: str = ""


Line = list[Run]
# What stands in a cell: text, or lines of runs with tables (as markup) between them.
Content = str | Sequence[Line | str]


def restyle(word: Word, *, english: bool) -> None:
    """Chinese fonts for the text and all headings, sizes for A4, and fields that are worked out when it is opened."""
    for name in ("Normal", *SIZES):
        style = word.styles[name]
        font = style.font
        font.name = LATIN
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(key), None)
        fonts.set(qn("w:eastAsia"), CHINESE)
        fonts.set(qn("w:hAnsi"), LATIN)
        if name != "Normal":
            font.size, font.bold = Pt(SIZES[name]), True
            font.color.rgb = RGBColor.from_string(INK if name in ("Heading 1", "Title") else "1C2430")
    normal = word.styles["Normal"]
    normal.font.size = Pt(9)
    normal.paragraph_format.space_after = Pt(3)
    first = word.styles["Heading 1"].paragraph_format
    first.page_break_before = True
    tongue = "en-US" if english else "zh-CN"
    normal.element.get_or_add_rPr().append(parse_xml(f'<w:lang {NAMESPACE} w:val="{tongue}" w:eastAsia="{tongue}"/>'))
    # The schema has an order (§17.15.1.78): this one stands before the compatibility settings.
    word.settings.element.find(qn("w:compat")).addprevious(parse_xml(f'<w:updateFields {NAMESPACE} w:val="true"/>'))


def paragraph(line: Line, style: str = "", about: str = "") -> Any:
    """A paragraph; `about` are further properties of it, as markup."""
    return parse_xml(_paragraph(line, style, about, NAMESPACE))


def heading(level: int, text: str, mark: str, *, number: int, fresh: bool = False) -> Any:
    """A real heading with a bookmark that the contents lead to; a `fresh` one begins a page."""
    about = "<w:pageBreakBefore/>" if fresh else ""
    return parse_xml(
        f'<w:p {NAMESPACE}><w:pPr><w:pStyle w:val="Heading{level}"/>{about}</w:pPr>'
        f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/>{_run(Run(text))}<w:bookmarkEnd w:id="{number}"/></w:p>'
    )


def field(code: str) -> list[Run]:
    """A field of one instruction, for the footer."""
    return [
        Run("", raw='<w:r><w:fldChar w:fldCharType="begin"/></w:r>'),
        Run("", raw=f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'),
        Run("", raw='<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'),
        Run("", raw='<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    ]


def contents_field(title: str, listed: Sequence[tuple[int, str, str]]) -> Iterator[Any]:
    """The table of contents as a field, filled already: each heading leads to its place; page numbers come with the
    first update (which Word offers when it opens the file).
    """
    yield parse_xml(
        f'<w:p {NAMESPACE}><w:pPr><w:pageBreakBefore/></w:pPr>{_run(Run(title, "bold"))}</w:p>'
    )  # fmt: skip
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        r'<w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    for place, (level, text, mark) in enumerate(listed):
        link = f'<w:hyperlink w:anchor="{mark}" w:history="1">{_run(Run(text))}</w:hyperlink>'
        start = begin if place == 0 else ""
        indent = f'<w:pPr><w:spacing w:after="0"/><w:ind w:left="{(level - 1) * 400}"/></w:pPr>'
        yield parse_xml(f"<w:p {NAMESPACE}>{indent}{start}{link}</w:p>")
    yield parse_xml(f'<w:p {NAMESPACE}><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')


def table(heads: Sequence[str], rows: Iterable[Sequence[Content]], widths: Sequence[float]) -> Any:
    """A real table: heads repeat on every page, rows do not split, a single cell spans all columns."""
    return parse_xml(table_markup(heads, rows, widths, NAMESPACE))


def table_markup(
    heads: Sequence[str], rows: Iterable[Sequence[Content]], widths: Sequence[float], namespace: str = ""
) -> str:
    """The same as markup, for a table within a cell of another one."""
    grid = "".join(f'<w:gridCol w:w="{round(width * MM)}"/>' for width in widths)
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="A0A6AE"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = '<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
    about = (
        f'<w:tblPr><w:tblW w:w="{round(sum(widths) * MM)}" w:type="dxa"/><w:tblBorders>{border}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    )
    head = ""
    if heads:
        cells = "".join(
            _cell([[Run(text, "bold")]], width, "F0F2F5") for text, width in zip(heads, widths, strict=True)
        )
        head = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"
    body = "".join(_row(row, widths) for row in rows)
    return f"<w:tbl {namespace}>{about}<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"


def _row(row: Sequence[Content], widths: Sequence[float]) -> str:
    if len(row) == 1:
        cells = _cell(row[0], sum(widths), "FAFAFA", span=len(widths))
    else:
        cells = "".join(_cell(cell, width) for cell, width in zip(row, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(content: Content, width: float, fill: str = "", span: int = 1) -> str:
    parts = [[Run(content)]] if isinstance(content, str) else content
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    said = "".join(part if isinstance(part, str) else _paragraph(part, "", TIGHT) for part in parts)
    # A cell ends with a paragraph (§17.4.66).
    last = "" if said and not isinstance(parts[-1], str) else _paragraph([], "", TIGHT)
    return f'<w:tc><w:tcPr><w:tcW w:w="{round(width * MM)}" w:type="dxa"/>{spans}{shade}</w:tcPr>{said}{last}</w:tc>'


def _paragraph(line: Line, style: str = "", about: str = "", namespace: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p {namespace}><w:pPr>{named}{about}</w:pPr>{''.join(map(_run, line))}</w:p>"


def _run(run: Run) -> str:
    if run.raw:
        return run.raw
    look = f"<w:rPr>{LOOKS[run.look]}</w:rPr>" if LOOKS[run.look] else ""
    parts = "<w:br/>".join(f'<w:t xml:space="preserve">{text_of(part)}</w:t>' for part in run.text.split("\n"))
    return f"<w:r>{look}{parts}</w:r>"
