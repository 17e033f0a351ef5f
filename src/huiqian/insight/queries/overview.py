"""Business overview (业务总览): the processes in effect as one picture, with what is going on in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.languages import language
from huiqian.diagram import Flow, Graph, Lane, Layout, Mark, Node, Words, draw, lay_out
from huiqian.insight.queries.links import links_between
from huiqian.org.queries import roster
from huiqian.process.content import Content
from huiqian.process.queries import contents_in_effect

FIGURES = """
select d.code,
       count(*) filter (where i.status = 'running'),
       count(*) filter (where i.status = 'suspended'),
       count(*) filter (where i.status = 'running' and exists (
           select 1 from work_task t where t.instance_id = i.dossier_id and t.status = 'open' and t.due_at < %s)),
       count(*) filter (where i.status = 'completed' and i.ended_at > %s - interval '90 days')
from process_instance i
join process_version v on v.id = i.version_id join process_definition d on d.id = v.definition_id
where i.status in ('running', 'suspended') or i.ended_at > %s - interval '90 days' group by d.code
"""
WAITING = "select process, count(*) from process_handover where taken_by_id is null group by process"


@dataclass(frozen=True, slots=True)
class ProcessFigures:
    """A process with its counts: cases that go on, of them late, standing still, ended within 90 days.

    `waiting` are approved documents of other processes that its next case will take up.
    """

    code: str
    name: str
    department: str
    running: int
    late: int
    suspended: int
    ended: int
    waiting: int
    feeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The picture as SVG, and the same in rows."""

    picture: str
    rows: tuple[ProcessFigures, ...]


def overview(actor: Actor, addresses: Mapping[str, str]) -> Overview:
    """All processes in effect with their counts, for everybody who is signed in: numbers only, no case is named.

    `addresses` are where the boxes lead, by code. 3 queries.
    """
    contents = contents_in_effect()
    links = links_between(contents)
    counts = _counts()
    names = {ref.department: Words(ref.department_zh, ref.department_en) for ref in roster().positions.values()}
    rows = tuple(_figures(content, names, links, *counts) for content in contents)
    marks = {row.code: _mark(row) for row in rows}
    return Overview(draw(map_of(contents, names), marks, language=language(), links=addresses), rows)


def map_of(contents: Sequence[Content], departments: Mapping[str, Words]) -> Layout:
    """The processes as one picture: a lane for each owning department, an arrow where one feeds another."""
    flows = tuple(Flow(f"{one}-{other}", one, other) for one, other in links_between(contents))
    owners = dict.fromkeys(content.owner for content in contents)
    graph = Graph(
        Words("业务总览", "Business overview"),
        tuple(Lane(code, departments.get(code, Words(code))) for code in owners),
        tuple(_node(content) for content in contents),
        flows,
    )
    return lay_out(graph)


def _counts() -> tuple[Mapping[str, tuple[int, ...]], Mapping[str, int]]:
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, [now, now, now])
        figures = {row[0]: tuple(row[1:]) for row in cursor.fetchall()}
        cursor.execute(WAITING)
        return figures, dict(cursor.fetchall())


def _figures(
    content: Content,
    names: Mapping[str, Words],
    links: Sequence[tuple[str, str]],
    figures: Mapping[str, tuple[int, ...]],
    waiting: Mapping[str, int],
) -> ProcessFigures:
    running, suspended, late, ended = figures.get(content.code, (0, 0, 0, 0))
    department = names.get(content.owner, Words()).of(language())
    return ProcessFigures(
        code=content.code, name=content.name, department=department, running=running, late=late, suspended=suspended,
        ended=ended, waiting=waiting.get(content.code, 0),
        feeds=tuple(other for one, other in links if one == content.code),
    )  # fmt: skip


def _node(content: Content) -> Node:
    english = f"{content.code} {content.name_en or content.name_zh}"
    return Node(content.code, "userTask", Words(f"{content.code} {content.name_zh}", english), content.owner)


def _mark(row: ProcessFigures) -> Mark:
    said = [_("%(n)d open") % {"n": row.running}] if row.running else []
    said += [_("%(n)d late") % {"n": row.late}] if row.late else []
    said += [_("%(n)d to take up") % {"n": row.waiting}] if row.waiting else []
    text = " · ".join(said) or _("none open")
    return Mark("overdue" if row.late else "current" if row.running else "future", when=text)
