"""What this room does when the engine asks: open tasks for people, close those whose place was left."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Invalid
from huiqian.documents.effects import add_readers, remove_readers
from huiqian.engine import CancelTask, Element, OpenTask
from huiqian.feel import ExpressionError, compile_expression
from huiqian.org.rules import Chosen
from huiqian.process.members import Scope, scope_of, variables_of
from huiqian.process.run import Case
from huiqian.work.events import CaseCopied, TakenOff, TaskOpened
from huiqian.work.models import Assignment, Copy, Recheck

OPEN = """
with task as (
    insert into work_task (instance_id, wait, element, name_zh, name_en, member, position, kind, mode, quorum, status,
                           round, returned_from, opened_at, due_at)
    values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 'open', %s, %s, %s, %s) returning id
), shares as (
    insert into work_assignment (task_id, person_id, status, via, turn, assigned_at, due_at, outcome, opinion)
    select task.id, share.person, share.status, share.via, share.turn, %s, %s, '', ''
    from task, unnest(%s::bigint[], %s::text[], %s::text[], %s::smallint[]) as share(person, status, via, turn)
)
select id from task
"""
CLOSE = """
with task as (
    update work_task set status = 'cancelled', closed_at = %s
    where instance_id = %s and wait = %s and status = 'open' returning id
)
update work_assignment set status = 'closed' from task
where work_assignment.task_id = task.id and work_assignment.status in ('open', 'waiting')
"""


def open_task(case: Case, effect: OpenTask) -> None:
    """Ask the people of a step: the starter, the lane's holders today, their superior, or the administrators."""
    element = case.content.definition.elements[effect.element]
    scope = scope_of(case.content.definition, case.state, effect.wait)
    chosen = case.ask_again.pop(element.id, None) or _who(case, element, scope)
    mode = element.settings.get("mode", "single")
    due = _due(case, element, scope)
    statuses = ["open" if mode != "sequence" or turn == 0 else "waiting" for turn in range(len(chosen))]
    people = [choice.person.id for choice in chosen]
    with connection.cursor() as cursor:
        cursor.execute(
            OPEN,
            [
                case.id, effect.wait, element.id, element.name, element.settings.get("nameEn", ""), scope.key,
                element.position or "", element.settings.get("kind", "approve"), mode, _quorum(element), case.round,
                case.returned_from, case.now, due,
                case.now, due, people, statuses, [choice.via for choice in chosen], list(range(len(chosen))),
            ],
        )  # fmt: skip
        task_id = cursor.fetchone()[0]
    add_readers(case.id, people, case.now)
    case.facts.append(
        TaskOpened(
            task=task_id, element=element.id, position=element.position or "", people=people,
            via=chosen[0].via, due_at=due,
        )
    )  # fmt: skip


def _who(case: Case, element: Element, scope: Scope) -> tuple[Chosen, ...]:
    named = _named(case, element.settings.get("assignee", ""), scope)
    return (named,) if named else case.roster.choose(element.position or "", case.now.astimezone(COMPANY_ZONE).date())


def _named(case: Case, assignee: str, scope: Scope) -> Chosen | None:
    """The one person whom the diagram names: the starter, or whose login an expression gives; None for nobody."""
    if not assignee:
        return None
    if assignee == "starter":
        starter = case.roster.people.get(case.starter_id)
        return Chosen(starter, "starter") if starter and starter.active else None
    try:
        login = compile_expression(assignee).evaluate(variables_of(case, scope), now=case.now)
    except ExpressionError:
        return None
    person = next((p for p in case.roster.people.values() if p.login == login and p.active), None)
    return Chosen(person, "named") if person else None


def _due(case: Case, element: Element, scope: Scope) -> datetime | None:
    """What the step says (hq:due, from the case's answers), else its usual time (hq:deadline)."""
    said, usual = element.settings.get("due"), element.settings.get("deadline", "")
    value = compile_expression(said).evaluate(variables_of(case, scope), now=case.now) if said else None
    return case.roster.calendar.due_by(case.now, value, usual)


def _quorum(element: Element) -> int | None:
    said = element.settings.get("quorum")
    return int(said) if said else None


def people_to_copy(case: Case, logins: Sequence[str], *, asked: bool = False) -> list[int]:
    """The people to copy on a case, each once, without whoever copies them; Invalid for a login that is nobody's, or
    where somebody is `asked` for and nobody is left.
    """
    if not logins and not asked:
        return []
    known = {person.login: person for person in case.roster.people.values() if person.active}
    wanted = dict.fromkeys(login.strip() for login in logins if login.strip())
    if any(login not in known for login in wanted):
        raise Invalid({"people": [_("There is no such person, or the account is closed.")]})
    people = [known[login].id for login in wanted if known[login].id != case.actor.id]
    if asked and not people:
        raise Invalid({"people": [_("Choose at least one colleague.")]})
    return people


def send_copies(case: Case, people: Sequence[int], text: str = "") -> int:
    """Let people read the case and find it among their copies, once each; how many had not been copied before."""
    if not people:
        return 0
    before = set(Copy.objects.filter(instance_id=case.id, person_id__in=people).values_list("person_id", flat=True))
    fresh = [person for person in people if person not in before]
    if fresh:
        Copy.objects.bulk_create(
            Copy(instance_id=case.id, person_id=person, sender_id=case.actor.person, text=text, sent_at=case.now)
            for person in fresh
        )
        add_readers(case.id, fresh, case.now, role="copied")
        case.facts.append(CaseCopied(people=fresh, text=text))
    return len(fresh)


def copy_by_step(case: Case, element: Element) -> None:
    """Copy those whom a settled step names (hq:copyTo: positions and groups) on the case: whoever holds them today."""
    day = case.now.astimezone(COMPANY_ZONE).date()
    holders = (one.id for code in element.settings.get("copyTo", "").split() for one in case.roster.holders(code, day))
    people = [one for one in dict.fromkeys(holders) if one != case.actor.id]
    send_copies(case, people, element.name)


def take_off(case: Case, people: Collection[int], waits: Collection[str]) -> None:
    """Let people out of a locked case whose shares of the tasks at `waits` are being closed: they hear of it, and no
    longer read the case, unless something else lets them: they began it, were copied on it, are asked or were asked and
    decided, were asked to look again, or a position of theirs watches over it. What they signed stays.
    """
    if not people:
        return
    shares = Assignment.objects.filter(task__instance_id=case.id)
    asked = shares.filter(person_id__in=people, status__in=("open", "waiting")).exclude(task__wait__in=waits)
    decided = shares.filter(Q(person_id__in=people, status="done") | Q(decided_by_id__in=people))
    rechecks = Recheck.objects.filter(instance_id=case.id, person_id__in=people)
    stays = {
        *asked.values_list("person_id", flat=True), *rechecks.values_list("person_id", flat=True),
        *(person for pair in decided.values_list("person_id", "decided_by_id") for person in pair if person in people),
    }  # fmt: skip
    copies = Copy.objects.filter(instance_id=case.id, person_id__in=people)
    copied = set(copies.values_list("person_id", flat=True))
    remove_readers(case.id, set(people) - stays, copied=copied)
    day = case.now.astimezone(COMPANY_ZONE).date()
    watch = set(case.content.watch)
    stays |= copied | {one for one in people if one == case.starter_id or case.roster.positions_of(one, day) & watch}
    case.facts.append(TakenOff(people=sorted(people), read_on=sorted(stays & set(people))))


def cancel_task(case: Case, effect: CancelTask) -> None:
    """Close a task whose place was left, with all its open shares."""
    with connection.cursor() as cursor:
        cursor.execute(CLOSE, [case.now, case.id, effect.wait])
