"""What of the engine's definition is drawn."""

from huiqian.diagram import Words, graph_of
from huiqian.diagram.tests.handbook import HANDBOOK, graph
from huiqian.engine import compile_definition

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hq="urn:huiqian:bpmn:1" '
    'targetNamespace="urn:test"><process id="p" name="流程" isExecutable="true">'
)


def test_names_lanes_and_documents_come_along() -> None:
    drawn = graph(HANDBOOK / "SC-001" / "process.bpmn")
    assert drawn.name == Words("市场调研策划流程", "Market research planning")
    assert [lane.name.zh for lane in drawn.lanes] == [
        "市场经理",
        "产品市场部经理",
        "事业部经理",
        "公司总经理",
        "技术总监",
        "大客户部经理",
    ]
    assert drawn.by_id["draft"].writes
    assert not drawn.by_id["review"].writes
    assert drawn.by_id["draft"].lane == "lane_marketing_manager"


def test_the_default_flow_is_marked_and_flows_have_both_names() -> None:
    flows = {flow.id: flow for flow in graph(HANDBOOK / "SC-001" / "process.bpmn").flows}
    assert [key for key, flow in flows.items() if flow.default] == ["opinion_skipped"]
    assert flows["opinion_asked"].name == Words("年度、月度、重大专项", "annual, monthly, major")


def test_boundary_events_loops_and_subprocesses_come_along() -> None:
    xml = HEAD + (
        '<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="box"/>'
        '<subProcess id="box" name="调研"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>'
        '</multiInstanceLoopCharacteristics><startEvent id="s2"/><sequenceFlow id="f3" sourceRef="s2" targetRef="t"/>'
        '<userTask id="t" name="走访"/><sequenceFlow id="f4" sourceRef="t" targetRef="e2"/><endEvent id="e2"/>'
        "</subProcess>"
        '<boundaryEvent id="late" attachedToRef="box" cancelActivity="false"><timerEventDefinition><timeDuration>P3D'
        '</timeDuration></timerEventDefinition></boundaryEvent><sequenceFlow id="f5" sourceRef="late" targetRef="e"/>'
        '<sequenceFlow id="f2" sourceRef="box" targetRef="e"/><endEvent id="e"/></process></definitions>'
    )
    drawn = graph_of(compile_definition(xml.encode()))
    late, box = drawn.by_id["late"], drawn.by_id["box"]
    assert (late.attached_to, late.interrupting, late.trigger) == ("box", False, "timer")
    assert box.loop == "parallel"
    assert drawn.by_id["t"].scope == "box"
