"""Deputies: who decides for somebody while they are away."""

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from huiqian.api.bearer import actor_of
from huiqian.api.idempotency import idempotent
from huiqian.org.access import person_for_deputies
from huiqian.org.commands import appoint_deputy, end_deputy
from huiqian.org.queries import deputies_of

router = Router()


class Deputyship(Schema):
    """Somebody decides for another person, both days inclusive."""

    id: int
    deputy: str = Field(description="The deputy's login.")
    name: str
    since: date
    until: date
    reason: str
    state: str = Field(description="now, coming, past, or ended (before its time).")
    ended_at: datetime | None


class NewDeputy(Schema):
    """Whom to name, for which days."""

    deputy: str = Field(description="The login of whoever decides meanwhile.")
    since: date
    until: date = Field(description="The last day, inclusive.")
    reason: str = ""
    person: str = Field("", description="Who is away; empty for oneself, anybody as an administrator.")


class Named(Schema):
    """The deputyship that was made."""

    id: int


class Ended(Schema):
    """The deputyship that has ended."""

    id: int


@router.get("", response=list[Deputyship], summary="Who decides while you are away")
def list_deputies(request: HttpRequest, person: str = "") -> list[Deputyship]:
    """Your deputies of all times, the latest first; as an administrator those of `person`."""
    away = person_for_deputies(actor_of(request), person)
    return [
        Deputyship(
            id=one.id, deputy=one.deputy.login, name=one.deputy.name, since=one.since, until=one.until,
            reason=one.reason, state=one.state, ended_at=one.ended_at,
        )
        for one in deputies_of(away.pk)
    ]  # fmt: skip


@router.post("", response={201: Named}, summary="Name a deputy")
@idempotent
def post_deputy(request: HttpRequest, body: NewDeputy) -> tuple[int, Named]:
    """Somebody decides for you from one day to another; both of you hear of it."""
    actor = actor_of(request)
    away = person_for_deputies(actor, body.person).login
    made = appoint_deputy(actor, away, body.deputy, since=body.since, until=body.until, reason=body.reason)
    return 201, Named(id=made.pk)


@router.post("/{deputy_id}/end", response={200: Ended}, summary="End a deputyship early")
@idempotent
def post_end(request: HttpRequest, deputy_id: int) -> tuple[int, Ended]:
    """It ends now, or is called off before it begins; both of you hear of it."""
    end_deputy(actor_of(request), deputy_id)
    return 200, Ended(id=deputy_id)
