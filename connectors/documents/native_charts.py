"""Charts of bars as Word's own, drawn by Word: sharp at any size, and said in words to who cannot see them."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as DocumentType
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm

from casework.governors.paper import Chart

_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WIDTH, _ROW, _MARGIN = Cm(16), Cm(0.95), Cm(0.9)
_INK, _BAR = "1F2328", "1D3A5F"
_TEXT = (
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1000">'
    f'<a:solidFill><a:srgbClr val="{_INK}"/></a:solidFill><a:latin typeface="Arial"/></a:defRPr></a:pPr>'
    '<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
)


def add_chart(document: DocumentType, chart: Chart, *, number: int) -> None:
    """Put a chart at the end of a document; `number` is its place among the document's charts, from 1."""
    name = PackURI(f"/word/charts/chart{number}.xml")
    part = Part(name, _TYPE, _chart_xml(chart).encode(), document.part.package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    run = document.add_paragraph().add_run()
    run._r.append(parse_xml(_drawing_xml(chart, relation, number)))  # noqa: SLF001 - python-docx draws no charts itself


def _drawing_xml(chart: Chart, relation: str, number: int) -> str:
    height = _MARGIN + _ROW * len(chart.bars)
    return (
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{_WIDTH}" cy="{height}"/>'
        f'<wp:docPr id="{100 + number}" name="Chart {number}" title={quoteattr(chart.title)}'
        f" descr={quoteattr(chart.alternative)}/>"
        f'<a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def _chart_xml(chart: Chart) -> str:
    """The chart with its numbers written in: no workbook, so nothing is there to be opened that was hidden."""
    points = len(chart.bars)
    names = "".join(
        f'<c:pt idx="{place}"><c:v>{escape(f"{bar.name}: {bar.said}")}</c:v></c:pt>'
        for place, bar in enumerate(chart.bars)
    )
    lengths = "".join(
        f'<c:pt idx="{place}"><c:v>{bar.length:g}</c:v></c:pt>' for place, bar in enumerate(chart.bars)
    )
    fill = f'<c:spPr><a:solidFill><a:srgbClr val="{_BAR}"/></a:solidFill></c:spPr>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_MAIN}"><c:roundedCorners val="0"/><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/>'
        '<c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'<c:ser><c:idx val="0"/><c:order val="0"/>{fill}<c:invertIfNegative val="0"/>'
        f'<c:cat><c:strLit><c:ptCount val="{points}"/>{names}</c:strLit></c:cat>'
        f'<c:val><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{points}"/>{lengths}</c:numLit></c:val>'
        '</c:ser><c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f"<c:catAx>{_axis(1, 'l', 2, 'maxMin')}</c:catAx>"
        f"<c:valAx>{_axis(2, 'b', 1, 'minMax', hidden=True)}</c:valAx>"
        '</c:plotArea><c:plotVisOnly val="1"/></c:chart></c:chartSpace>'
    )


def _axis(number: int, side: str, other: int, order: str, *, hidden: bool = False) -> str:
    least = '<c:min val="0"/>' if hidden else ""
    return (
        f'<c:axId val="{number}"/><c:scaling><c:orientation val="{order}"/>{least}</c:scaling>'
        f'<c:delete val="{int(hidden)}"/><c:axPos val="{side}"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_TEXT}"
        f'<c:crossAx val="{other}"/><c:crosses val="autoZero"/>'
    )
