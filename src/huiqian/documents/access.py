"""Who may read what: whoever takes part in a case, who decides for them, positions that watch over it,
administrators.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.documents.models import Document, Dossier, Enclosure, File, Reader
from huiqian.org.queries import roster
from huiqian.org.rules import Roster


def reads_as(actor: Actor, snapshot: Roster) -> list[int]:
    """As whom somebody reads: themselves, and those they decide for today. What those take part in they read as they
    do, for as long as that lasts; not what those only watch over by their position.
    """
    return sorted({actor.person} | snapshot.stands_in_for(actor.person, clock.today()))


def visible_dossiers(actor: Actor, positions: Collection[str], readers: Collection[int]) -> QuerySet[Dossier]:
    """The dossiers this person may read: they started, take part, were copied, or hold a watching position today;
    `readers` is as whom they read.
    """
    if actor.admin:
        return Dossier.objects.all()
    if actor.id is None:
        return Dossier.objects.none()
    takes_part = Q(pk__in=Reader.objects.filter(person_id__in=readers).values("dossier_id"))
    return Dossier.objects.filter(takes_part | Q(watch__overlap=sorted(positions)) if positions else takes_part)


def dossiers_of(actor: Actor) -> QuerySet[Dossier]:
    """The dossiers this person may read, by the positions they hold today."""
    if actor.id is None or actor.admin:
        return visible_dossiers(actor, (), ())
    snapshot = roster()
    return visible_dossiers(actor, snapshot.positions_of(actor.id, clock.today()), reads_as(actor, snapshot))


def visible_documents(actor: Actor) -> QuerySet[Document]:
    """The documents this person may read."""
    if actor.admin:
        return Document.objects.all()
    if actor.id is None:
        return Document.objects.none()
    # Said of the document itself, not through visible_dossiers(): so the archive's first page is read along its index.
    snapshot = roster()
    readers = reads_as(actor, snapshot)
    takes_part = Q(Exists(Reader.objects.filter(dossier=OuterRef("dossier"), person_id__in=readers)))
    # What lies in a dossier one reads may be read, too: an approved plan that was handed on to the next process.
    positions = sorted(snapshot.positions_of(actor.id, clock.today()))
    handed = Enclosure.objects.filter(document=OuterRef("pk"), dossier__in=visible_dossiers(actor, positions, readers))
    takes_part |= Q(Exists(handed))
    return Document.objects.filter(takes_part | Q(dossier__watch__overlap=positions) if positions else takes_part)


def document_for(actor: Actor, number: str) -> Document:
    """A document by its number. 1 query; NotFound where there is none or it is not theirs to see."""
    found = visible_documents(actor).filter(number=number).first() if "\x00" not in number else None
    if found is None:
        raise NotFound
    return found


def file_for(actor: Actor, file_id: UUID) -> File:
    """A file: one's own while it is attached to nothing, else with its dossier, or with a document of it that one may
    read. 1 query; NotFound otherwise.
    """
    own = Q(dossier__isnull=True, uploader_id=actor.id)
    shown = Q(Exists(visible_documents(actor).filter(dossier=OuterRef("dossier"), versions__files__contains=[file_id])))
    found = File.objects.filter(own | Q(dossier__in=dossiers_of(actor)) | shown, pk=file_id).first()
    if found is None:
        raise NotFound
    return found
