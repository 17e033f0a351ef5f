"""Who sees which case: whoever started it, acts in it or was copied, positions that watch over it, administrators."""

from django.db.models import QuerySet

from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.documents.access import visible_dossiers
from huiqian.org.queries import positions_of
from huiqian.process.models import Instance


def visible_cases(actor: Actor) -> QuerySet[Instance]:
    """The cases this person may read. The organisation's snapshot tells the positions they hold today."""
    if actor.admin:
        return Instance.objects.all()
    positions = positions_of(actor.id) if actor.id is not None else frozenset[str]()
    return Instance.objects.filter(dossier__in=visible_dossiers(actor, positions))


def may_see_case(actor: Actor, case_id: int) -> bool:
    """Whether this person may read the case. 1 query."""
    return visible_cases(actor).filter(pk=case_id).exists()


def case_for(actor: Actor, number: str) -> Instance:
    """A case by its number. 1 query; NotFound where there is none or it is not theirs to see."""
    found = visible_cases(actor).select_related("version__definition").filter(number=number).first()
    if found is None:
        raise NotFound
    return found
