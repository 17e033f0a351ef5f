"""Who sees which task, and whose it is to decide."""

from typing import Any

from django.db import connection
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from huiqian.base.actors import Actor
from huiqian.base.errors import Forbidden, NotFound, Refusal, Stale
from huiqian.process.access import may_see_case
from huiqian.process.run import Case
from huiqian.work.rules import OUTCOME_DONE, OpenTask, Share

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


def share_for_decision(actor: Actor, case: Case, task: OpenTask) -> Share:
    """The actor's open share of an open task.

    Not part of the case: NotFound. Part of it but not asked: Forbidden. Decided or closed already:
    AlreadyDecided, which tells who was faster.
    """
    own = next((share for share in reversed(task.shares) if share.person == actor.id), None)
    if own is None:
        if not may_see_case(actor, case.id):
            raise NotFound
        raise Forbidden(_("This step is waiting for somebody else. You can read the case and comment on it."))
    if not case.running:
        raise CaseClosed
    if task.status != "open" or own.status in ("done", "closed"):
        raise _too_late(actor, case, task, own)
    if own.status == "waiting":
        raise Forbidden(_("It is not your turn yet: others are asked before you."))
    return own


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
