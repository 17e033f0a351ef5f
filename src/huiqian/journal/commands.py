"""The day's seal over the journal."""

from django.db import connection

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.journal.models import Anchor, AnchoredHead, Chain, Entry
from huiqian.journal.rules import GENESIS, seal

# Any number: the same in every process, used for nothing else.
SEAL_LOCK = 0x5EA1


@command
def anchor_journal(actor: Actor) -> Anchor | None:
    """Seal the heads of all chains that grew since the last seal; once a day, None when today's stands already.

    A chain that is shortened, replaced or removed later no longer fits the seal.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [SEAL_LOCK])
    day = clock.today()
    if Anchor.objects.filter(day=day).exists():
        return None
    last = Anchor.objects.order_by("-day").first()
    since = last.upto if last else 0
    newest = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    # An entry with a smaller id may still commit later: its chain is then sealed tomorrow with what it grows by,
    # or found by the margin, as ids are handed out before commits.
    grown = Entry.objects.filter(id__gt=max(0, since - 1000), id__lte=newest).values("chain").distinct()
    heads = [(c.key, c.length, bytes(c.head)) for c in Chain.objects.filter(key__in=grown, length__gt=0)]
    previous = bytes(last.root) if last else GENESIS
    anchor = Anchor.objects.create(
        day=day, upto=newest, root=seal(previous, heads), previous=previous, made_at=clock.now()
    )
    AnchoredHead.objects.bulk_create(
        [AnchoredHead(anchor=anchor, chain=chain, length=length, head=head) for chain, length, head in heads],
        batch_size=1000,
    )
    return anchor
