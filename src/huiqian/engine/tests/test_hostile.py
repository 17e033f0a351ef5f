"""Files and inputs that mean harm, or are broken: a clear refusal or an incident, never a hang, a crash or code run."""

import json
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from huiqian.engine import Complete, Fire, NotPossible, Refused, Start, State, check, compile_definition, step
from huiqian.engine.tests.drawing import HEAD, bpmn
from huiqian.engine.tests.playing import NOW, Case, check_state

GOOD = bpmn("start s\nuser a assignee=starter\nend e\ns -> a -> e")
PATTERNS = sorted((Path(__file__).parent / "patterns").glob("*.bpmn"))
FUZZ = int(os.environ.get("ENGINE_FUZZ", "1500"))
# Mutations that once did harm; they are tried first, for ever.
SEEDS = (7, 12, 99, 1031)


def refused(xml: bytes) -> set[str]:
    """The codes of what is refused; every finding says something in both languages."""
    with pytest.raises(Refused) as error:
        compile_definition(xml)
    return told(error.value)


def told(error: Refused) -> set[str]:
    for finding in error.findings:
        assert len(finding.text("zh")) > 5
        assert len(finding.text("en")) > 10
    return {finding.code for finding in error.findings}


def body(xml: str) -> bytes:
    """A file with this as its process."""
    return f'{HEAD}<process id="p">{xml}</process></definitions>'.encode()


def test_the_good_file_is_good() -> None:
    assert check(GOOD) == ()


@pytest.mark.parametrize(
    ("doctype", "text"),
    [
        ("<!DOCTYPE definitions>", ""),
        ('<!DOCTYPE definitions SYSTEM "http://127.0.0.1/evil.dtd">', ""),
        ('<!DOCTYPE definitions [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
        ('<!DOCTYPE definitions [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>', ""),
        (
            "<!DOCTYPE definitions [<!ENTITY a0 'ha'>"
            + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
            + "]>",
            "&a11;",
        ),
    ],
    ids=["bare", "external", "file", "parameter", "billion laughs"],
)
def test_no_document_type(doctype: str, text: str) -> None:
    head, rest = HEAD.split("\n", 1)
    assert refused(f'{head}{doctype}{rest}<process id="p">{text}</process></definitions>'.encode()) == {"xml-doctype"}


def test_unknown_entity() -> None:
    assert refused(body("&nbsp;")) == {"xml-syntax"}


def test_fifty_megabytes() -> None:
    assert refused(GOOD + b" " * 50_000_000) == {"xml-size"}


def test_depth_of_ten_thousand() -> None:
    assert refused(body("<subProcess>" * 10_000 + "</subProcess>" * 10_000)) == {"xml-depth"}


def test_deeply_nested_subprocesses() -> None:
    inner = "<startEvent id='s'/>"
    for n in range(60):
        inner = f"<subProcess id='p{n}'>{inner}</subProcess>"
    assert refused(body(inner))


def test_a_hundred_thousand_elements() -> None:
    assert refused(body("<task/>" * 100_000)) == {"xml-elements"}


def many(text: str, count: int) -> str:
    return "".join(text.replace("#", str(number)) for number in range(count))


@pytest.mark.parametrize(
    "xml",
    [
        many('<startEvent id="s#"/>', 9_000),
        many('<intermediateThrowEvent id="t#"><linkEventDefinition name="x#"/></intermediateThrowEvent>', 9_000),
        '<parallelGateway id="a"/><parallelGateway id="b"/>'
        + many('<sequenceFlow id="f#" sourceRef="a" targetRef="b"/>', 30_000),
        '<userTask id="a"/>'
        + many('<boundaryEvent id="b#" attachedToRef="a"><timerEventDefinition/></boundaryEvent>', 9_000),
    ],
    ids=["starts", "links", "flows", "boundaries"],
)
def test_more_than_anybody_draws(xml: str) -> None:
    assert "elements-many" in refused(body(xml))


def test_a_join_of_a_thousand_ways() -> None:
    ways = "\n".join(f"user u{n}\np -> u{n} -> j" for n in range(1_000))
    case = Case(f"start s\nand p\nand j\nend e\ns -> p\nj -> e\n{ways}").start()
    assert len(case.open()) == 1_000


@pytest.mark.parametrize(
    "xml",
    [
        b"", b" ", b"\x00", b"BPMN", b"<", b"<a/>", b"\xff\xfe\x00", b"<?xml version='1.0' encoding='utf-7'?><a/>",
        GOOD[:-5], GOOD.decode().encode("utf-16"), GOOD.replace(b"UTF-8", b"latin-1"),
        GOOD.replace(b"UTF-8", b"cp65001"),
        b"<definitions/>", HEAD.encode() + b"</definitions>", b"\xef\xbb\xbf" + GOOD + b"\x00",
    ],
)  # fmt: skip
def test_what_is_no_bpmn_is_refused_or_read(xml: bytes) -> None:
    try:
        definition = compile_definition(xml)
    except Refused as error:
        told(error)
    else:
        assert set(definition.elements) == {"s", "a", "e"}


def test_duplicate_ids() -> None:
    assert "duplicate-id" in refused(body('<startEvent id="s"/><userTask id="s"/><endEvent id="e"/>'))


def test_dangling_references() -> None:
    codes = refused(
        body(
            '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>'
            '<sequenceFlow id="f1" sourceRef="s" targetRef="no"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/>'
            '<boundaryEvent id="b" attachedToRef="nobody"><messageEventDefinition messageRef="none"/></boundaryEvent>'
        )
    )
    assert {"dangling", "boundary-host", "reference"} <= codes


def test_everything_is_said_at_once() -> None:
    codes = refused(
        body(
            '<startEvent id="s"/><scriptTask id="a"><script>import os</script></scriptTask>'
            '<complexGateway id="c"/><transaction id="t"/><adHocSubProcess id="h"/>'
            '<userTask id="u" hq:frm="x"/><dataObject id="d"/>'
        )
    )
    assert len(codes) >= 2
    findings = check(body('<startEvent id="s"/><scriptTask id="a"/><complexGateway id="c"/><transaction id="t"/>'))
    assert {"a", "c", "t"} <= {finding.element for finding in findings}


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os').system('true')", "(", "1 +", "x = ", "open('/etc/passwd')", "().__class__", "a" * 200_000,
        "(" * 50_000, "not(" * 5_000, '"', "x\x01y", "[1..", "for x in y", "if a then", "\U0001f4a3" * 1000, "--1--",
    ],
)  # fmt: skip
def test_conditions_that_do_not_compile_or_mean_nothing(expression: str) -> None:
    from xml.sax.saxutils import escape

    clean = "".join(c for c in expression if c >= " ")
    text = "start s\nxor x e2\nend e1\nend e2\ns -> x -> e2\nx -> e1 if CONDITION"
    try:
        definition = compile_definition(bpmn(text).replace(b"CONDITION", escape(clean).encode()))
    except Refused as error:
        codes = told(error)
    else:
        codes = set()
        state = step(definition, None, Start({}), NOW).state
        assert state.ended
        check_state(definition, state)
    assert codes <= {"expression", "xml-size"}


def test_code_is_never_run(tmp_path: Path) -> None:
    target = tmp_path / "touched"
    for place in (
        'name="{}"',
        'hq:form="{}"',
        'hq:assignee="{}"',
        'hq:returnTo="{}"',
        'hq:deadline="{}"',
        'hq:document="{}"',
    ):
        evil = f"__import__('pathlib').Path('{target}').touch()"
        xml = GOOD.replace(b'<userTask id="a" name="a"', f'<userTask id="a" {place.format(evil)}'.encode())
        try:
            case = Case(xml)
        except Refused:
            continue
        case.start().done("a")
    assert not target.exists()


@pytest.mark.parametrize(
    "text",
    [
        "xor x\nxor y y2\nxor y2 \ns -> x -> y -> y2 -> x\ny -> e if out",
        "and p\nxor m\ns -> m -> p\np -> m\np -> m",
        "or o\nxor m\ns -> m -> o\no -> m if true\no -> e if false",
        "xor m\nsub q {\nstart s1\nend e1\ns1 -> e1\n}\nxor x m\ns -> m -> q -> x -> m\nx -> e if out",
        "throw t link=back\ncatch c link=back\nxor x t\ns -> x\nc -> x\nx -> t\nx -> e if out",
    ],
    ids=["exclusive", "parallel", "inclusive", "empty subprocess", "links"],
)
def test_endless_gateways_are_refused_or_become_an_incident(text: str) -> None:
    try:
        case = Case(f"start s\nend e\n{text}", out=False)
    except Refused:
        return
    case.start()
    assert case.open("incident")
    assert len(case.state.tokens) < 100
    assert len(json.dumps(case.state.to_json())) < 20_000


def test_a_hundred_thousand_members_become_an_incident() -> None:
    case = Case("start s\nuser a multi=n\nend e\ns -> a -> e", n=100_000).start()
    assert case.open("incident") == ["a"]
    case = Case("start s\nuser a multi=n\nend e\ns -> a -> e", n=-4).start()
    assert case.how or case.open("incident")


@pytest.mark.parametrize("value", [None, "x", True, [], {}, 1.5, float("nan"), 10**400, object()])
def test_counts_and_timers_of_any_value(value: object) -> None:
    for line in ("user a multi=n", "user a each=n", "catch a timer=n", "catch a date=n", "user a while=n most=3"):
        case = Case(f"start s\n{line}\nend e\ns -> a -> e", n=value).start()
        assert case.how or case.state.waits


@pytest.mark.parametrize("wait", ["", "0", "-1", "1e9", "x", "１", "9" * 5000, "1 ", "None", "\x00"])
def test_waits_that_are_none(wait: str) -> None:
    case = Case(GOOD).start()
    for given in (Complete(wait, {}), Fire(wait, {})):
        with pytest.raises(NotPossible) as error:
            step(case.definition, case.state, given, NOW)
        assert error.value.text("zh") != error.value.text("en")


def test_a_process_that_calls_itself() -> None:
    assert refused(bpmn("start s\ncall c calls=process\nend e\ns -> c -> e")) == {"call-itself"}


# Random mutations of good files.

PARTS = (
    b"userTask", b"exclusiveGateway", b"parallelGateway", b"inclusiveGateway", b"eventBasedGateway", b"subProcess",
    b"endEvent", b"startEvent", b"boundaryEvent", b"true", b"false", b"sequenceFlow", b"timerEventDefinition", b"PT1H",
    b"messageEventDefinition", b"terminateEventDefinition", b"errorEventDefinition", b"callActivity", b"receiveTask",
)  # fmt: skip


def mutate(xml: bytes, random: Random) -> bytes:
    """A file with a few things broken: bytes, words, attributes, lines moved, doubled or lost."""
    for _ in range(random.randint(1, 4)):
        lines = xml.split(b"\n")
        kind = random.randrange(7)
        at = random.randrange(len(lines))
        if kind == 0 and xml:
            place = random.randrange(len(xml))
            xml = xml[:place] + bytes([random.randrange(256)]) + xml[place + 1 :]
        elif kind == 1:
            xml = b"\n".join(lines[:at] + lines[at + 1 :])
        elif kind == 2:
            xml = b"\n".join(lines[: at + 1] + lines[at:])
        elif kind == 3:
            other = random.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
            xml = b"\n".join(lines)
        elif kind == 4:
            xml = xml.replace(random.choice(PARTS), random.choice(PARTS), random.randint(1, 3))
        elif kind == 5:
            ids = [word.split(b'"')[0] for word in xml.split(b'id="')[1:]]
            if ids:
                xml = xml.replace(b'"%s"' % random.choice(ids), b'"%s"' % random.choice(ids), 1)
        else:
            place = random.randrange(len(xml) + 1)
            xml = xml[:place] + xml[place + random.randint(1, 30) :]
    return xml


def drive(case: Case, random: Random) -> None:
    """Answer whatever is open, in any order, some thirty times."""
    for _ in range(30):
        waits = [
            wait for wait in case.state.waits.values() if wait.kind in ("task", "service", "decision", "call", "timer")
        ]
        if case.state.ended or not waits:
            return
        wait = random.choice(waits)
        case.answer(Fire(wait.id, case.values) if wait.kind == "timer" else Complete(wait.id, case.values))
        case.now += timedelta(minutes=1)


@pytest.mark.parametrize("shard", range(5))
def test_mutations_of_good_files(shard: int) -> None:
    """Refused with findings, or a case that runs and holds together."""
    ran = 0
    for seed in [*SEEDS, *range(10_000 + shard, 10_000 + FUZZ, 5)]:
        random = Random(seed)
        xml = mutate(random.choice(PATTERNS).read_bytes(), random)
        try:
            case = Case(xml, amount=5, fire=True, flood=True, people=[1, 2], round=False, repeat=False)
        except Refused as error:
            told(error)
            continue
        try:
            case.start()
        except NotPossible:
            continue
        drive(case, random)
        ran += 1
    assert ran > FUZZ / 100


def test_states_that_were_tampered_with() -> None:
    case = Case("start s\nand p\nuser a\nuser b\nand j\nend e\ns -> p -> a -> j -> e\np -> b -> j").start().done("a")
    said = case.state.to_json()
    for change in ({"tokens": []}, {"passed": []}, {"flows": []}):
        state = State.from_json(json.loads(json.dumps(said | change)))
        for wait in ("1", "2", "3"):
            with suppress(NotPossible):
                check_state(case.definition, step(case.definition, state, Complete(wait, {}), NOW).state)
