"""Who sees which case: whoever started it, acts in it or was copied, who decides for them today, positions that watch
over it, administrators.

And who sees which version of a process: what is or was in effect everybody; what is not yet, those who prepare it and
those who review it.
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
from huiqian.process.rules import speaks_for


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


# What everybody may read: what cases run by, or ran by.
PUBLIC = (Version.Status.IN_EFFECT, Version.Status.RETIRED)


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

    Reviewers: who may speak today for a position that a review of it asks, or did speak in one.
    """
    found = Version.objects.all()
    if actor.admin or actor.id is None:
        return found
    owners = Definition.objects.values_list("pk", "owner")
    prepared = [definition for definition, owner in owners if may_prepare(actor, owner)]
    spoke = Opinion.objects.filter(review__version=OuterRef("pk"), person_id=actor.id)
    asked = Opinion.objects.filter(review__version=OuterRef("pk"), position__in=_speaks_for(actor))
    reviews = Q(Exists(spoke)) | Q(Exists(asked))
    return found.filter(Q(status__in=PUBLIC) | Q(definition__in=prepared) | reviews)


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
