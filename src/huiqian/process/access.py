"""Who sees which case: whoever started it, acts in it or was copied, positions that watch over it, administrators."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.documents.models import Reader
from huiqian.org.queries import positions_of
from huiqian.process.models import Instance


def visible_cases(actor: Actor) -> QuerySet[Instance]:
    """The cases this person may read. The organisation's snapshot tells the positions they hold today."""
    if actor.admin:
        return Instance.objects.all()
    if actor.id is None:
        return Instance.objects.none()
    # Said of the case itself, as visible_documents() says it of documents: pages are read along their index.
    takes_part = Q(Exists(Reader.objects.filter(dossier=OuterRef("dossier"), person_id=actor.id)))
    positions = sorted(positions_of(actor.id))
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
