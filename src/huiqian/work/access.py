"""Who sees which task and re-check, and whose they are to decide: whoever was asked, or their deputy meanwhile."""

from typing import Any

from django.db import connection
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Forbidden, NotFound, Refusal, Stale, Text
from huiqian.org.queries import roster
from huiqian.process.access import may_see_case, visible_cases
from huiqian.process.run import Case
from huiqian.work.models import Assignment, Recheck
from huiqian.work.rules import OUTCOME_DONE, OpenTask, Share, is_own_draft

READ = """
select t.id, t.instance_id, t.wait, t.element, t.member, t.position, t.kind, t.mode, t.quorum, t.status, t.round,
       a.id, a.person_id, a.status, a.turn, a.outcome, a.decided_by_id, a.decided_at, a.via
from work_task t join work_assignment a on a.task_id = t.id where t.id = %s order by a.turn, a.id
"""


class AlreadyDecided(Stale):
    """Somebody was faster, or the task was closed in the meantime."""

    code = "already-decided"


class CaseClosed(Refusal):
    """The case does not go on: it ended or stands still."""

    code = "case-closed"
    text = _("This case has ended or is suspended; nothing more can be decided in it.")


def read_task(task_id: int) -> OpenTask:
    """A task with its shares. 1 query; call it under the case's lock. NotFound where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [task_id])
        rows = cursor.fetchall()
    if not rows:
        raise NotFound
    fields: tuple[Any, ...] = (*rows[0][:11], tuple(Share(*row[11:]) for row in rows))
    return OpenTask(*fields)


def share_for_decision(actor: Actor, case: Case, task: OpenTask, behalf: str = "") -> Share:
    """The actor's open share of an open task, or that of `behalf` (a login), for whom they decide today.

    Nobody signs for somebody else without saying so. Not part of the case: NotFound. Part of it but not asked, or not
    (any more) the deputy: Forbidden. Decided or closed already: AlreadyDecided, which tells who was faster.
    """
    person = _for_whom(actor, case, task, behalf)
    own = next((share for share in reversed(task.shares) if share.person == person), None)
    if own is None:
        if not may_see_case(actor, case.id):
            raise NotFound
        raise Forbidden(_not_asked(actor, case, task))
    if not case.running:
        raise CaseClosed
    if task.status != "open" or own.status in ("done", "closed"):
        raise _too_late(actor, case, task, own)
    if own.status == "waiting":
        raise Forbidden(_("It is not your turn yet: others are asked before you."))
    return own


def takes_part(actor: Actor, case_id: int, starter: int) -> bool:
    """Whether somebody takes part in a case, or decides for somebody who does, or administers: not only looks on.

    1 query, none for the starter.
    """
    if actor.admin or actor.id == starter:
        return True
    if actor.id is None:
        return False
    people = {actor.id} | roster().stands_in_for(actor.id, clock.today())
    return Assignment.objects.filter(task__instance_id=case_id, person_id__in=people).exists()


def recheck_for(actor: Actor, recheck: int) -> Recheck:
    """A re-check of a case one may read. 1 query; NotFound otherwise."""
    found = Recheck.objects.filter(pk=recheck, instance__in=visible_cases(actor)).first()
    if found is None:
        raise NotFound
    return found


def check_may_answer(actor: Actor, recheck: Recheck) -> None:
    """Forbidden for whoever was not asked, stands in for nobody who was, and is not whom the case waits for now."""
    people = {actor.person} | roster().stands_in_for(actor.person, clock.today())
    if actor.admin or recheck.person_id in people:
        return
    shares = Assignment.objects.filter(task__instance_id=recheck.instance_id, task__status="open", status="open")
    if not shares.filter(person_id__in=people).exists():
        raise Forbidden(_("Somebody else was asked to look at this again."))


def _for_whom(actor: Actor, case: Case, task: OpenTask, behalf: str) -> int:
    if not behalf or actor.id is None:
        return actor.person
    away = next((one for one in case.roster.people.values() if one.login == behalf), None)
    if away is not None and away.id == actor.id:
        return away.id
    if away is None or away.id not in _away(actor, case):
        if not may_see_case(actor, case.id):
            raise NotFound
        raise Forbidden(_("You do not decide for %(name)s today.") % {"name": away.name if away else behalf})
    if is_own_draft(task, case.starter_id, actor.person):
        raise Forbidden(
            _("You started this case yourself, so you cannot approve it for somebody else. It waits for %(name)s.")
            % {"name": away.name}
        )
    return away.id


def _away(actor: Actor, case: Case) -> frozenset[int]:
    return case.roster.stands_in_for(actor.person, case.now.astimezone(COMPANY_ZONE).date())


def _not_asked(actor: Actor, case: Case, task: OpenTask) -> Text:
    away = _away(actor, case) & {share.person for share in task.shares if share.status == "open"}
    if away and task.status == "open":
        names = pgettext("between items of a list", ", ").join(case.roster.people[one].name for one in sorted(away))
        return _("This step is waiting for %(name)s, for whom you decide: say that it is for them.") % {"name": names}
    return _("This step is waiting for somebody else. You can read the case and comment on it.")


def _too_late(actor: Actor, case: Case, task: OpenTask, own: Share) -> AlreadyDecided:
    decided = own if own.status == "done" else next((s for s in task.shares if s.status == "done"), None)
    if decided is None or decided.decided_by is None or decided.decided_at is None:
        return AlreadyDecided(
            _("This step was closed in the meantime, because the case took another way. Look at the case's progress.")
        )
    when = date_format(localtime(decided.decided_at), "H:i")
    what = OUTCOME_DONE.get(decided.outcome, decided.outcome)
    if decided.decided_by == actor.id:
        return AlreadyDecided(_("You have decided this already, at %(when)s: %(what)s.") % {"when": when, "what": what})
    name = case.roster.people[decided.decided_by].name
    return AlreadyDecided(
        _("%(name)s was faster: decided at %(when)s: %(what)s. Your entry was not saved.")
        % {"name": name, "when": when, "what": what}
    )
