"""The drawing part of BPMN files: complete, repeatable, and the only thing that changes."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from huiqian.diagram import write_interchange
from huiqian.diagram.tests.handbook import FILES, HANDBOOK, layout
from huiqian.engine import compile_definition

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
SC001 = HANDBOOK / "SC-001" / "process.bpmn"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_the_handbooks_files_hold_the_drawing_that_the_product_shows(path: Path) -> None:
    xml = path.read_text()
    assert write_interchange(xml, layout(path)) == xml, "run: python -m huiqian.diagram on this file"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_lane_node_and_flow_is_drawn_once(path: Path) -> None:
    definition = compile_definition(path.read_bytes())
    root = ElementTree.parse(path).getroot()
    shapes = [shape.get("bpmnElement") for shape in root.iter(f"{DI}BPMNShape")]
    edges = [edge.get("bpmnElement") for edge in root.iter(f"{DI}BPMNEdge")]
    pools = {part.get("id") for part in root.iter() if part.tag.endswith("}participant")}
    assert sorted(filter(None, shapes)) == sorted(
        [*definition.elements, *(lane.id for lane in definition.lanes), *filter(None, pools)]
    )
    assert sorted(filter(None, edges)) == sorted(definition.flows)
    assert all(len(edge.findall(WAYPOINT)) >= 2 for edge in root.iter(f"{DI}BPMNEdge"))
    ids = [part.get("id") for part in root.iter() if part.get("id")]
    assert len(ids) == len(set(ids))


def test_the_plane_draws_the_collaboration() -> None:
    root = ElementTree.parse(SC001).getroot()
    planes = [plane.get("bpmnElement") for plane in root.iter(f"{DI}BPMNPlane")]
    assert planes == ["SC-001-collaboration"]


def test_nothing_but_the_drawing_part_changes() -> None:
    xml = SC001.read_text()
    head, _drawing = xml.split("  <bpmndi:BPMNDiagram", 1)
    bare = head + "</bpmn:definitions>\n"
    commented = bare.replace("</bpmn:definitions>", "<!-- kept: > ]]&gt; -->\n</bpmn:definitions>")
    assert write_interchange(bare, layout(SC001)) == xml
    drawn = write_interchange(commented, layout(SC001))
    assert "<!-- kept: > ]]&gt; -->" in drawn
    assert write_interchange(drawn, layout(SC001)) == drawn
    assert compile_definition(drawn.encode()).elements.keys() == compile_definition(xml.encode()).elements.keys()


def test_other_prefixes_and_chinese_before_it_do_not_confuse_it() -> None:
    xml = SC001.read_text().replace("bpmndi:", "图:").replace("xmlns:bpmndi", "xmlns:图")
    drawn = write_interchange(xml, layout(SC001))
    assert drawn.count("BPMNPlane ") == 1
    assert "图:" not in drawn


def test_what_is_not_xml_is_refused() -> None:
    with pytest.raises(ValueError, match="not XML"):
        write_interchange("<a><b></a>", layout(SC001))


def test_a_dtd_is_refused() -> None:
    with pytest.raises(ValueError, match="DTD"):
        write_interchange('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', layout(SC001))
