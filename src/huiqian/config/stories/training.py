"""Trainings (SC-008): one from its request to its last measure, one under way, one that nobody wanted."""

from collections.abc import Generator, Iterator

from huiqian.config.stories.telling import Pause, Story, Teller, day, respond
from huiqian.work.commands import decide
from huiqian.work.models import Task

ASKER, APPROVER, ORGANISER = "key_account_director", "product_marketing_director", "marketing_manager"
TRAINEES = ("高志远", "孙立", "周敏", "韩雪", "吕宏伟", "方晴")
SESSIONS = ("第一场 安装工艺与减振", "第二场 风管软连接实操")
# What each trainee thought: content, trainer, material, organisation, all in all; and what some of them wrote.
VOICES = (
    (5, 5, 4, 4, 9, "希望多安排实操。"), (4, 5, 4, 5, 9, ""), (5, 4, 3, 4, 8, "讲义字太小，图再大一些。"),
    (4, 4, 4, 4, 8, ""), (5, 5, 5, 4, 10, "减振器选型表很实用。"),
)  # fmt: skip


def _asked(teller: Teller, topic: str, **values: object) -> str:
    return teller.start(
        ASKER, "SC-008", training_topic=topic, expected_number=str(len(TRAINEES)),
        wanted={"start": day(7), "end": day(30)}, **values,
    )  # fmt: skip


def _sessions(count: int, first: int) -> list[dict[str, str]]:
    return [
        {
            "session": name, "date": day(first + place), "time": "9:00–12:00", "place": "客户项目部会议室",
            "trainer": "王丽", "hours": "3",
        }
        for place, name in enumerate(SESSIONS[:count])
    ]  # fmt: skip


def _planned(teller: Teller, number: str, sessions: int) -> None:
    people = [{"trainee": name, "unit": "安装班组", "job": "安装工"} for name in TRAINEES]
    cost = [{"item": "实操耗材", "quantity": str(len(TRAINEES)), "price": "120"}]
    teller.answer(number, ORGANISER, sessions=_sessions(sessions, 6), trainees=people, budget=cost)


def _up_to_training(teller: Teller, topic: str, **values: object) -> Generator[Pause, None, str]:
    """Asked for, given to 王丽, planned twice, prepared; the case's number."""
    number = _asked(teller, topic, **values)
    yield Pause(1)
    teller.answer(number, APPROVER, "同意，尽快安排。", task_note="以实操为主，请技术部配合。")
    yield Pause(1)
    _planned(teller, number, 1)
    yield Pause(1)
    teller.send_back(number, APPROVER, "只讲不练效果不好，请增加一场实操。")
    yield Pause(1)
    _planned(teller, number, 2)
    yield Pause(1)
    teller.answer(number, APPROVER, "同意。")
    yield Pause(1)
    teller.answer(number, ORGANISER)
    return number


def _record(teller: Teller, number: str, session: str, *missing: str) -> None:
    """王丽 records a session that was held today."""
    rows = [{"trainee": name, "attended": "absent" if name in missing else "present"} for name in TRAINEES]
    task = Task.objects.get(instance__number=number, element="give", member=session, status="open")
    decide(teller.who(ORGANISER), task.pk, "submit", values={"held_on": day(), "attendance": rows})


def _respond(number: str) -> None:
    """The trainees answer by the link that they were given."""
    respond(
        number,
        [
            {
                "useful": str(useful), "trainer": str(trainer), "material": str(material),
                "organised": str(organised),
                "length": "right" if place else "short", "overall": str(overall), "wishes": wishes,
            }
            for place, (useful, trainer, material, organised, overall, wishes) in enumerate(VOICES)
        ],
    )  # fmt: skip


def given(topic: str) -> Story:
    """A whole training; one measure is given back and goes to somebody else."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = yield from _up_to_training(teller, topic)
        yield Pause(5)
        _record(teller, number, SESSIONS[0], "吕宏伟")
        yield Pause(1)
        _record(teller, number, SESSIONS[1])
        _respond(number)
        yield Pause(3)
        teller.answer(number, ORGANISER, survey_voices="多安排实操；讲义的图再大一些。")
        yield Pause(2)
        measures = [
            {"measure": "把减振吊装讲义改成图示版", "responsible": "graphic_designer", "due": day(14)},
            {"measure": "给班组配发减振器选型卡", "responsible": "project_director", "due": day(20)},
        ]
        found = "班组能独立完成减振吊装和软连接，样板间噪声问题可以在安装环节解决。"
        teller.answer(number, ORGANISER, measures=measures, conclusions=found)
        yield Pause(1)
        teller.answer(number, APPROVER, "总结到位，两项措施抓紧落实。")
        yield Pause(3)
        reason = "选型卡的参数归技术部管，应由技术总监负责。"
        teller.answer(
            number, "project_director", measure_state="given_back", given_back_reason=reason,
            measure_done_on=None, measure_result=None,
        )  # fmt: skip
        yield Pause(1)
        teller.answer(number, ORGANISER, measure_person="technical_director", measure_due=day(20))
        yield Pause(4)
        results = {
            "graphic_designer": "讲义改为图示版，共 18 页。",
            "technical_director": "选型卡已印制 40 份并发到各班组。",
        }
        for login, result in results.items():
            teller.answer(number, login, measure_done_on=day(), measure_result=result)
            yield Pause(1)
            teller.answer(number, ORGANISER, "已核实。")

    return story


def under_way(topic: str) -> Story:
    """A training of one's own people these days: the first session was held, the second is still to come."""

    def story(teller: Teller) -> Iterator[Pause]:
        own = {"need_from": "employees", "need_department": "sales", "customer": None, "contact": None}
        number = yield from _up_to_training(teller, topic, **own, need="两位新同事不熟悉选型和报价依据。")
        yield Pause(5)
        _record(teller, number, SESSIONS[0], "方晴")

    return story


def refused(topic: str) -> Story:
    """A request that is not agreed to."""

    def story(teller: Teller) -> Iterator[Pause]:
        number = _asked(teller, topic)
        yield Pause(2)
        teller.answer(
            number, APPROVER, "该客户上月刚培训过，先看效果，本季度不再安排。", outcome="refuse", example=False
        )

    return story
