"""The handbook 《市场部工作职责与工作流程》, written from the versions in effect and today's organisation."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.languages import language
from huiqian.diagram import Words
from huiqian.insight.queries.duties import all_duties_of, raci_of
from huiqian.insight.queries.handbook.chapters import chapter, lines_between
from huiqian.insight.queries.handbook.positions import position_lines
from huiqian.insight.queries.handbook.shape import Handbook, Named, Picture, ProcessChapter, Rule
from huiqian.insight.queries.handbook.tables import decision_part
from huiqian.insight.queries.links import links
from huiqian.insight.queries.overview import map_of
from huiqian.org.queries import departments, roster
from huiqian.org.rules import Roster
from huiqian.process.content import Content
from huiqian.process.queries import DecisionRow, Standing, decision_tables, standings
from huiqian.process.rules import REVIEWERS
from huiqian.process.schedules import schedule_words

__all__ = ["Handbook", "handbook"]


def handbook(actor: Actor) -> Handbook:
    """The whole handbook in the reader's language, for everybody who is signed in. 6 queries beside the roster's."""
    snapshot, known = roster(), standings()
    contents = [one.content for one in known if one.content is not None]
    by_code = {content.code: content for content in contents}
    units = departments()
    named = {unit.code: Words(unit.name_zh, unit.name_en) for unit in units}
    found = links(contents)
    chapters = _chapters(known, snapshot, {unit.code: unit.name for unit in units}, by_code)
    reviewers = _reviewers(snapshot, chapters)
    return Handbook(
        title=_("Duties and processes of the marketing department"), company=units[0].name if units else "",
        day=clock.today(), rules=_rules(reviewers, chapters, len(found)), reviewers=reviewers, processes=chapters,
        without=tuple(Named(one.code, one.name) for one in known if one.content is None),
        map=Picture(map_of(contents, named), {}), links=tuple(lines_between(found, by_code)),
        duties=all_duties_of(snapshot, contents), raci=raci_of(snapshot, contents),
        positions=position_lines(contents, snapshot, clock.today()),
    )  # fmt: skip


def _chapters(
    known: Sequence[Standing], snapshot: Roster, units: Mapping[str, str], contents: Mapping[str, Content]
) -> tuple[ProcessChapter, ...]:
    schedules, found = schedule_words(), links(list(contents.values()))
    rows: dict[str, list[DecisionRow]] = {}
    for row in decision_tables():
        rows.setdefault(row.process_code, []).append(row)
    return tuple(
        chapter(
            one, one.content, snapshot, units.get(one.owner, ""),
            {row.key: decision_part(row, one.content, snapshot) for row in rows.get(one.code, ())},
            found, contents, schedules.get(one.code, ""),
        )
        for one in known
        if one.content is not None
    )  # fmt: skip


def _reviewers(snapshot: Roster, chapters: Sequence[ProcessChapter]) -> tuple[Named, ...]:
    group = snapshot.groups.get(REVIEWERS)
    return tuple(Named(code, snapshot.position_name(code)) for code in group.positions) if group else ()


def _rules(reviewers: Sequence[Named], chapters: Sequence[ProcessChapter], links: int) -> tuple[Rule, ...]:
    """The company's three general rules, and how the system keeps each."""
    signed = sum(1 for one in chapters if one.signed)
    adopted = len(chapters) - signed
    names = _(", ").join(one.name for one in reviewers) or _("the positions of the joint review")
    kept = ngettext(
        "%(n)d version in effect carries the signatures of its joint review.",
        "%(n)d versions in effect carry the signatures of their joint review.", signed,
    ) % {"n": signed} if signed else ""  # fmt: skip
    came = ngettext(
        "%(n)d version came into effect as the company adopted the handbook; every later one goes through the review.",
        "%(n)d versions came into effect as the company adopted the handbook; every later one goes through the review.",
        adopted,
    ) % {"n": adopted} if adopted else ""  # fmt: skip
    return (
        Rule(
            "G1", _("The steps of all processes feed each other with information."),
            ngettext(
                "%(n)d link between the processes: an approved document goes on by itself, the chain stays readable.",
                "%(n)d links between the processes: an approved document goes on by itself, the chain stays readable.",
                links,
            ) % {"n": links},
        ),
        Rule(
            "G2",
            _("A process takes effect only after a joint review by %(positions)s.") % {"positions": names},
            ("" if language() == "zh" else " ").join((kept, came)).strip(),
        ),
        Rule(
            "G3", _("Positions and people are those of the company's real organisation and can be changed."),
            _("The diagrams name positions only; who holds them is read from the organisation, as it is on the day."),
        ),
    )  # fmt: skip
