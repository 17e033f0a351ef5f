"""The market research planning process, as the tests use it."""

from huiqian.engine import compile_definition

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hq="urn:huiqian:bpmn:1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="urn:test">
"""

SC001 = (
    HEAD
    + """
<bpmn:process id="SC-001" name="市场调研策划流程" isExecutable="true" hq:code="SC-001" hq:title="topic">
<bpmn:laneSet id="lanes">
  <bpmn:lane id="lane_mm" name="市场经理" hq:position="marketing_manager">
    <bpmn:flowNodeRef>start</bpmn:flowNodeRef><bpmn:flowNodeRef>draft</bpmn:flowNodeRef></bpmn:lane>
  <bpmn:lane id="lane_pm" name="产品市场部经理" hq:position="product_marketing_director">
    <bpmn:flowNodeRef>review</bpmn:flowNodeRef><bpmn:flowNodeRef>convene</bpmn:flowNodeRef></bpmn:lane>
  <bpmn:lane id="lane_bu" name="事业部经理" hq:position="business_unit_director">
    <bpmn:flowNodeRef>budget</bpmn:flowNodeRef></bpmn:lane>
  <bpmn:lane id="lane_gm" name="公司总经理" hq:position="general_manager">
    <bpmn:flowNodeRef>opinion</bpmn:flowNodeRef><bpmn:flowNodeRef>sign_general</bpmn:flowNodeRef></bpmn:lane>
  <bpmn:lane id="lane_td" name="技术总监" hq:position="technical_director">
    <bpmn:flowNodeRef>sign_technical</bpmn:flowNodeRef></bpmn:lane>
  <bpmn:lane id="lane_ka" name="大客户部经理" hq:position="key_account_director">
    <bpmn:flowNodeRef>sign_key_account</bpmn:flowNodeRef></bpmn:lane>
</bpmn:laneSet>
<bpmn:startEvent id="start"/>
<bpmn:userTask id="draft" name="起草策划书" hq:form="plan" hq:kind="do" hq:document="plan"/>
<bpmn:userTask id="review" name="审核策划书" hq:returnTo="draft" hq:deadline="P2D"/>
<bpmn:userTask id="budget" name="审批预算" hq:returnTo="draft"/>
<bpmn:businessRuleTask id="opinion_rule" name="是否须总经理审核"
  hq:decision="general_manager_opinion" hq:result="needs_opinion"/>
<bpmn:exclusiveGateway id="needed" default="f_skip"/>
<bpmn:userTask id="opinion" name="总经理审核" hq:returnTo="draft"/>
<bpmn:exclusiveGateway id="merge"/>
<bpmn:userTask id="convene" name="组织会签" hq:kind="do" hq:returnTo="any"/>
<bpmn:parallelGateway id="fork"/>
<bpmn:userTask id="sign_technical" name="技术总监签准" hq:sign="plan" hq:returnTo="draft"/>
<bpmn:userTask id="sign_general" name="总经理签准" hq:sign="plan" hq:returnTo="draft"/>
<bpmn:userTask id="sign_key_account" name="大客户部经理签准" hq:sign="plan" hq:returnTo="draft"/>
<bpmn:parallelGateway id="join"/>
<bpmn:serviceTask id="archive" name="存档" hq:operation="archive_document">
  <bpmn:extensionElements><hq:input name="document" value="&quot;plan&quot;"/></bpmn:extensionElements>
</bpmn:serviceTask>
<bpmn:endEvent id="end"/>
<bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="draft"/>
<bpmn:sequenceFlow id="f2" sourceRef="draft" targetRef="review"/>
<bpmn:sequenceFlow id="f3" sourceRef="review" targetRef="budget"/>
<bpmn:sequenceFlow id="f4" sourceRef="budget" targetRef="opinion_rule"/>
<bpmn:sequenceFlow id="f5" sourceRef="opinion_rule" targetRef="needed"/>
<bpmn:sequenceFlow id="f_ask" name="须审核" sourceRef="needed" targetRef="opinion">
  <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression"
    language="feel">needs_opinion = true</bpmn:conditionExpression>
</bpmn:sequenceFlow>
<bpmn:sequenceFlow id="f_skip" sourceRef="needed" targetRef="merge"/>
<bpmn:sequenceFlow id="f6" sourceRef="opinion" targetRef="merge"/>
<bpmn:sequenceFlow id="f7" sourceRef="merge" targetRef="convene"/>
<bpmn:sequenceFlow id="f8" sourceRef="convene" targetRef="fork"/>
<bpmn:sequenceFlow id="f9" sourceRef="fork" targetRef="sign_technical"/>
<bpmn:sequenceFlow id="f10" sourceRef="fork" targetRef="sign_general"/>
<bpmn:sequenceFlow id="f11" sourceRef="fork" targetRef="sign_key_account"/>
<bpmn:sequenceFlow id="f12" sourceRef="sign_technical" targetRef="join"/>
<bpmn:sequenceFlow id="f13" sourceRef="sign_general" targetRef="join"/>
<bpmn:sequenceFlow id="f14" sourceRef="sign_key_account" targetRef="join"/>
<bpmn:sequenceFlow id="f15" sourceRef="join" targetRef="archive"/>
<bpmn:sequenceFlow id="f16" sourceRef="archive" targetRef="end"/>
</bpmn:process>
</bpmn:definitions>
"""
).encode()


def sc001():
    """The process, compiled."""
    return compile_definition(SC001)
