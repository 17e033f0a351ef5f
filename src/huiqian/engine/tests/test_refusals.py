"""Everything that a diagram may be refused for, or warned of: the smallest file that earns each finding."""

import pytest

from huiqian.engine import Definition, Refused, check, check_calls, compile_definition, messages
from huiqian.engine.messages import SENTENCES, say
from huiqian.engine.tests.drawing import HEAD, bpmn

LINE = "start s\nuser a assignee=starter\nend e\ns -> a -> e\n"
GOOD = bpmn(LINE).decode()


def inside(xml: str) -> bytes:
    """The good file with this written into its process."""
    return GOOD.replace("<startEvent", f"{xml}<startEvent", 1).encode()


def task(attributes: str = "", children: str = "") -> bytes:
    """The good file with its task said differently."""
    start = GOOD.index("<userTask")
    end = GOOD.index("</userTask>")
    return f'{GOOD[:start]}<userTask id="a" name="a" hq:assignee="starter" {attributes}>{children}{GOOD[end:]}'.encode()


def timer(form: str) -> bytes:
    return bpmn(LINE + "boundary b on=a date=X\nend e2\nb -> e2").decode().replace(
        '<timeDate xsi:type="tFormalExpression">X</timeDate>', form
    ).encode()  # fmt: skip


HANDLER = "handler h {\nstart hs message=m\nend he\nhs -> he\n}\n"
MULTI = "<multiInstanceLoopCharacteristics{}>{}</multiInstanceLoopCharacteristics>"
EVENTS = (
    "start s\nuser a assignee=starter\nend e\ns -> g\nevent g\ncatch c message=m\ncatch d timer=P1D\ng -> c -> a -> e\n"
)

# For each finding a file that has it: lines for `drawing`, or a file.
FILES: dict[str, str | bytes] = {
    "not-bpmn": b"<a/>",
    "no-process": f"{HEAD}</definitions>".encode(),
    "processes": GOOD.replace("</definitions>", '<process id="q"><userTask id="t"/></process></definitions>').encode(),
    "no-id": GOOD.replace('<userTask id="a"', "<userTask").encode(),
    "duplicate-id": inside('<userTask id="s"/>'),
    "reference": LINE.replace("user a", "boundary b on=a message=m\nend e2\nb -> e2\nuser a"),
    "dangling": GOOD.replace('targetRef="a"', 'targetRef="nobody"').encode(),
    "flow-across": LINE + "sub x {\nstart s1\nend e1\ns1 -> e1\n}\na -> x -> e\na -> e1",
    "lane-reference": inside('<laneSet><lane id="l"><flowNodeRef>nobody</flowNodeRef></lane></laneSet>'),
    "nesting": "start s\nend e\n" + "".join(f"sub x{n} {{\n" for n in range(40)) + "}\n" * 40,
    "element": inside('<scriptTask id="x"/>'),
    "child": task(children="<ioSpecification/>"),
    "attribute": GOOD.replace("<userTask", '<userTask cancelActvity="false"').encode(),
    "attribute-value": task('startQuantity="2"'),
    "attribute-truth": task('isForCompensation="no"'),
    "language": "start s\nxor x e\nend e\nend e2\ns -> x -> e\nx -> e2 if q",
    "compensation": task('isForCompensation="true"'),
    "foreign": task('xmlns:z="urn:z" z:color="red"'),
    "trigger": LINE + "boundary b on=a timer=P1D\nend e2\nb -> e2",
    "triggers": LINE + "boundary b on=a timer=P1D\nend e2\nb -> e2",
    "trigger-reference": LINE + "boundary b on=a timer=P1D\nend e2\nb -> e2",
    "trigger-here": LINE + "boundary b on=a terminate=yes\nend e2\nb -> e2",
    "trigger-missing": LINE + "boundary b on=a\nend e2\nb -> e2",
    "expression": "start s\nxor x e\nend e\nend e2\ns -> x -> e\nx -> e2 if (1 +",
    "expression-language": "start s\nxor x e\nend e\nend e2\ns -> x -> e\nx -> e2 if 1 = 1",
    "hq-attribute": task('hq:frm="plan"'),
    "hq-row": task(children='<extensionElements><hq:feild name="x"/></extensionElements>'),
    "hq-value": task('hq:mode="everybody"'),
    "hq-missing": "start s\nservice a\nend e\ns -> a -> e",
    "hq-target": task('hq:returnTo="nobody"'),
    "no-position": "start s\nuser a\nend e\ns -> a -> e",
    "process-start": "user a\nend e\na -> e",
    "process-starts": LINE + "start s2\ns2 -> a",
    "subprocess-start": "start s\nend e\nsub x {\nuser a\nend e1\na -> e1\n}\ns -> x -> e",
    "start-inside": "start s\nend e\nsub x {\nstart s1 timer=P1D\nend e1\ns1 -> e1\n}\ns -> x -> e",
    "start-trigger": "start s error=E\nend e\ns -> e",
    "event-start-plain": LINE + "handler h {\nstart hs\nend he\nhs -> he\n}",
    "event-subprocess-flow": LINE + HANDLER + "a -> h",
    "event-subprocess-bare": LINE + HANDLER + "boundary b on=h timer=P1D\nend e2\nb -> e2",
    "error-interrupts": LINE + "boundary b on=a error=E interrupting=false\nend e2\nb -> e2",
    "flow-in": LINE + "a -> s",
    "flow-out": LINE + "e -> a",
    "default-flow": "start s\nxor x nobody\nend e\nend e2\ns -> x -> e\nx -> e2 if q",
    "flow-without-condition": "start s\nxor x e\nend e\nend e2\ns -> x -> e\nx -> e2",
    "flow-condition-idle": "start s\nand x\nend e\nend e2\ns -> x -> e\nx -> e2 if q",
    "no-default": "start s\nxor x\nend e\nend e2\ns -> x\nx -> e if q\nx -> e2 if r",
    "event-gateway-few": EVENTS.replace("catch d timer=P1D\n", ""),
    "event-gateway-target": EVENTS + "user u assignee=starter\ng -> u -> e",
    "event-gateway-shared": EVENTS + "g -> d -> e\na -> d",
    "boundary-host": LINE + "boundary b on=s timer=P1D\nend e2\nb -> e2",
    "boundary-across": LINE + "sub x {\nstart s1\nend e1\ns1 -> e1\nboundary b on=a timer=P1D\nb -> e1\n}\na -> x -> e",
    "message-name": LINE + "boundary b on=a message=*\nend e2\nb -> e2",
    "signal-name": LINE + "boundary b on=a signal=*\nend e2\nb -> e2",
    "error-code": "start s\nend e error=*\ns -> e",
    "error-uncaught": "start s\nend e error=E\ns -> e",
    "escalation-code": "start s\nend e escalation=*\ns -> e",
    "escalation-uncaught": "start s\nend e escalation=E\ns -> e",
    "link-target": "start s\nthrow t link=x\ns -> t",
    "link-flow": LINE + "throw t link=x\ncatch c link=x\na -> t -> c -> e",
    "timer-empty": timer(""),
    "timer-cycle": timer("<timeCycle>0 0 * * *</timeCycle>"),
    "timer-cycle-here": "start s\ncatch c cycle=R3/PT1H\nend e\ns -> c -> e",
    "loop-condition": task(children="<standardLoopCharacteristics/>"),
    "loop-maximum": task(children='<standardLoopCharacteristics loopMaximum="0"/>'),
    "multi-count": task(children=MULTI.format("", "")),
    "multi-behavior": task(children=MULTI.format(' behavior="One"', "<loopCardinality>2</loopCardinality>")),
    "call-process": "start s\ncall c\nend e\ns -> c -> e",
    "call-itself": "start s\ncall c calls=process\nend e\ns -> c -> e",
    "unreachable": LINE + "user b assignee=starter\nb -> e",
    "join-never": "start s\nxor x a\nuser a\nuser b\nand j\nend e\ns -> x -> a -> j -> e\nx -> b if q\nb -> j",
    "loop-endless": "start s\nxor m\nxor n\nend e\ns -> m -> n -> m",
    "elements-many": "start s\nend e\n" + "\n".join(f"user u{n}" for n in range(2001)),
}  # fmt: skip

# What a file of lines cannot say is exchanged in the drawn file.
EXCHANGE = {
    "reference": ('messageRef="message_1"', 'messageRef="nobody"'),
    "trigger": ("timerEventDefinition", "compensateEventDefinition"),
    "triggers": ("</timerEventDefinition>", '</timerEventDefinition><signalEventDefinition signalRef="x"/>'),
    "trigger-reference": ("<timerEventDefinition>", "<eventDefinitionRef>x</eventDefinitionRef><timerEventDefinition>"),
    "expression-language": ("<conditionExpression ", '<conditionExpression language="javascript" '),
    "language": ('expressionLanguage="feel"', 'expressionLanguage="http://www.w3.org/1999/XPath"'),
    "default-flow": ('default="x!"', 'default="nobody"'),
}
ELSEWHERE = {"xml-size", "xml-depth", "xml-elements", "xml-doctype", "xml-syntax"}  # in test_hostile
WARNINGS = {
    "foreign",
    "language",
    "no-position",
    "no-default",
    "error-uncaught",
    "escalation-uncaught",
    "flow-condition-idle",
}


def file_of(code: str) -> bytes:
    said = FILES[code]
    xml = bpmn(said) if isinstance(said, str) else said
    if code in EXCHANGE:
        old, new = EXCHANGE[code]
        assert old.encode() in xml
        xml = xml.replace(old.encode(), new.encode())
    return xml


@pytest.mark.parametrize("code", FILES)
def test_finding(code: str) -> None:
    found = {finding.code: finding for finding in check(file_of(code))}
    assert code in found
    finding = found[code]
    for language in ("zh", "en"):
        text = finding.text(language)
        assert "{" not in text
        assert text.endswith(("。", "？", ".", "?", "！", "止。", "用。"))
    if finding.severity == "error":
        with pytest.raises(Refused):
            compile_definition(file_of(code))
    else:
        assert code in WARNINGS


def test_every_finding_has_its_file() -> None:
    """A sentence nobody can earn is no sentence; a finding without a test is none either."""
    said = {code for code in {**messages.FILES, **messages.GRAPHS} if not code.startswith("instead") and code != "at"}
    assert said - set(FILES) - ELSEWHERE - {"call-circle"} == set()


def test_processes_that_call_each_other_in_a_circle() -> None:
    def calling(name: str, called: str) -> Definition:
        text = f"start s\ncall c calls={called}\nend e\ns -> c -> e"
        return compile_definition(bpmn(text, f'id="{name}_1" name="{name}" hq:code="{name}"'))

    good = [calling("A", "B"), calling("B", "C"), calling("C", "elsewhere")]
    assert check_calls(good) == ()
    findings = check_calls([*good[:2], calling("C", "A")])
    assert {finding.code for finding in findings} == {"call-circle"}
    assert "A → B → C → A" in findings[0].text("zh")
    assert findings[0].element == "c"


@pytest.mark.parametrize(
    "tag",
    ["task", "scriptTask", "complexGateway", "transaction", "adHocSubProcess", "callChoreography", "subChoreography",
     "choreographyTask", "implicitThrowEvent", "event"],
)  # fmt: skip
def test_an_unknown_element_is_refused_with_its_id_its_name_and_what_to_do_instead(tag: str) -> None:
    with pytest.raises(Refused) as refused:
        compile_definition(inside(f'<{tag} id="x7" name="那一步"/>'))
    (finding,) = (f for f in refused.value.findings if f.code == "element")
    for language, what in (("zh", "请"), ("en", ". ")):
        text = finding.text(language)
        assert "x7" in text
        assert "那一步" in text
        assert tag in text
        assert what in text


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("userTask", 'startQuantity="2"'), ("userTask", 'completionQuantity="2"'),
        ("receiveTask", 'instantiate="true"'),
        ("eventBasedGateway", 'instantiate="1"'), ("eventBasedGateway", 'eventGatewayType="Parallel"'),
        ("intermediateCatchEvent", 'parallelMultiple="true"'), ("boundaryEvent", 'cancelActivity="no"'),
        ("boundaryEvent", 'canselActivity="false"'), ("multiInstanceLoopCharacteristics", 'isSequential="TRUE"'),
        ("timerEventDefinition", 'timeDuration="PT1H"'), ("sequenceFlow", 'condition="x"'),
    ],
)  # fmt: skip
def test_what_an_attribute_would_change_is_never_ignored(tag: str, said: str) -> None:
    """The same file is good without it, and with what it says when it is left out."""
    text = (
        "start s\nuser a multi=2 assignee=starter\nboundary b on=a timer=P1D\nreceive r message=m\nevent g\n"
        "catch c timer=P1D\ncatch d message=n\nxor x\nend e\ns -> a -> r -> g -> c -> x -> e\ng -> d -> x\nb -> x"
    )
    xml = bpmn(text).decode().replace(' cancelActivity="true"', "").replace(' isSequential="false"', "")
    assert not check(xml.encode())
    (finding,) = check(xml.replace(f"<{tag}", f"<{tag} {said}", 1).encode())
    assert finding.code.startswith("attribute")
    assert finding.severity == "error"
    assert finding.element


def test_all_findings_come_at_once() -> None:
    xml = inside('<scriptTask id="x"/><complexGateway id="y"/>').replace(
        b'hq:assignee="starter"', b'hq:asignee="starter"'
    )
    codes = [finding.code for finding in check(xml)]
    assert codes.count("element") == 2
    assert "hq-attribute" in codes


def test_a_misspelt_setting_names_the_nearest() -> None:
    (finding,) = check(task('hq:retunTo="a"'))
    assert "returnTo" in finding.text("zh")
    assert "returnTo" in finding.text("en")


def test_no_sentence_can_be_made_to_say_more() -> None:
    """A name in the file that looks like a placeholder stays what it is."""
    assert "{tag.__class__}" in say("element", "en", {"tag": "{tag.__class__}", "instead": "instead"})
    assert set(SENTENCES) >= set(FILES)
