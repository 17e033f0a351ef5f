"""Who sees which case: whoever started it, acts in it or was copied, who decides for them today, positions that watch
over it, administrators.

And who sees which version of a process: what is in effect everybody; what was, whoever may read a case of the process
or reviews versions; what is not yet, those who are asked for their opinion; all of them those who prepare them.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import Forbidden, NotFound
from huiqian.documents.access import reads_as
from huiqian.documents.models import Reader
from huiqian.org.queries import roster
from huiqian.process.models import Definition, Instance, Opinion, Version
from huiqian.process.rules import reviews_versions, speaks_for


def visible_cases(actor: Actor) -> QuerySet[Instance]:
    """The cases this person may read. The organisation's snapshot tells the positions they hold today."""
    if actor.admin:
        return Instance.objects.all()
    if actor.id is None:
        return Instance.objects.none()
    # Said of the case itself, as visible_documents() says it of documents: pages are read along their index.
    snapshot = roster()
    readers = reads_as(actor, snapshot)
    takes_part = Q(Exists(Reader.objects.filter(dossier=OuterRef("dossier"), person_id__in=readers)))
    positions = sorted(snapshot.positions_of(actor.id, clock.today()))
    return Instance.objects.filter(takes_part | Q(dossier__watch__overlap=positions) if positions else takes_part)


def may_see_case(actor: Actor, case_id: int) -> bool:
    """Whether this person may read the case. 1 query."""
    return visible_cases(actor).filter(pk=case_id).exists()


def case_for(actor: Actor, number: str) -> Instance:
    """A case by its number. 1 query; NotFound where there is none or it is not theirs to see."""
    found = visible_cases(actor).select_related("version__definition").filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def may_prepare(actor: Actor, owner: str) -> bool:
    """Whether this person prepares new versions of a process: administrators, and the head of its department.

    The head is whoever holds a position of the owning department that reports to none within it.
    """
    if actor.admin or actor.id is None:
        return actor.admin
    snapshot = roster()
    held = (snapshot.positions.get(code) for code in snapshot.positions_of(actor.id, clock.today()))
    within = {code for code, one in snapshot.positions.items() if one.department == owner}
    return any(one is not None and one.code in within and one.superior not in within for one in held)


def readable_versions(actor: Actor) -> QuerySet[Version]:
    """The versions of all processes that this person may read. 1 query beside its own, none for administrators.

    Reviewers: who may speak today for a position that a review of it asks, or did speak in one; those of the group that
    reviews every version read what it took over from, too.
    """
    found = Version.objects.all()
    if actor.admin or actor.id is None:
        return found
    owners = Definition.objects.values_list("pk", "owner")
    prepared = [definition for definition, owner in owners if may_prepare(actor, owner)]
    spoke = Opinion.objects.filter(review__version=OuterRef("pk"), person_id=actor.id)
    asked = Opinion.objects.filter(review__version=OuterRef("pk"), position__in=_speaks_for(actor))
    retired = Q(status=Version.Status.RETIRED)
    if not reviews_versions(roster(), actor.id, clock.today()):
        retired &= Q(Exists(visible_cases(actor).filter(version__definition=OuterRef("definition"))))
    now = Q(status=Version.Status.IN_EFFECT) | Q(definition__in=prepared)
    return found.filter(now | Q(Exists(spoke)) | Q(Exists(asked)) | retired)


def visible_versions(actor: Actor, code: str) -> QuerySet[Version]:
    """The versions of a process that this person may read. As many queries as readable_versions()."""
    return readable_versions(actor).filter(definition__code=code)


def _speaks_for(actor: Actor) -> list[str]:
    snapshot, day = roster(), clock.today()
    return [code for code in snapshot.positions if speaks_for(snapshot, actor.id, code, day)]


def version_for(actor: Actor, code: str, number: int) -> Version:
    """A version by its process and number. 2 queries; NotFound where there is none or it is not theirs to see."""
    found = visible_versions(actor, code).select_related("definition", "author").filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def may_read(actor: Actor, version: Version) -> bool:
    """Whether this person may read a version. 2 queries; none where it is in effect."""
    in_effect = version.status == Version.Status.IN_EFFECT
    return in_effect or readable_versions(actor).filter(pk=version.pk).exists()


def definition_for_change(actor: Actor, code: str) -> Definition:
    """A process, locked for whoever changes its versions, reviewers too; all of them queue here."""
    found = Definition.objects.select_for_update(no_key=True).filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def check_may_prepare(actor: Actor, definition: Definition) -> None:
    """Forbidden for whoever does not prepare versions of this process."""
    if not may_prepare(actor, definition.owner):
        raise Forbidden(
            _("New versions of this process are prepared by administrators and by the head of its department.")
        )


def version_for_change(actor: Actor, code: str, number: int) -> Version:
    """A version under the lock of its process. NotFound where this person may not know of it."""
    definition = definition_for_change(actor, code)
    found = version_for(actor, code, number)
    found.definition = definition
    return found
