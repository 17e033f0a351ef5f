"""A leaflet (SC-006) whose first version is with the department managers."""

import io
from uuid import UUID, uuid4

from huiqian.base.actors import Actor
from huiqian.documents.commands import upload_file
from huiqian.documents.models import Version
from huiqian.documents.tests.samples import picture
from huiqian.proofing.commands import answer_pin, set_pin
from huiqian.proofing.models import Pin
from huiqian.proofing.rules import PinCard
from huiqian.work.commands import start_case
from tests.loop import proposed
from tests.people import actor, answer

DESIGNER, LOOKING, OTHER = "marketing_manager", "technical_director", "project_director"


def upload(name: str = "封面.png", content: bytes | None = None) -> str:
    """The designer's picture."""
    return str(upload_file(actor(DESIGNER), name, io.BytesIO(content or picture(size=(60, 40)))).pk)


def in_review(*files: str) -> str:
    """A case whose draft, with these files, is being reviewed; its number."""
    number = start_case(actor("key_account_director"), "SC-006", proposed("SC-006", "request")).number
    answer(number, "product_marketing_director", "submit", values={"design_by": "2099-02-15"})
    hand_in(number, *files)
    return number


def hand_in(number: str, *files: str, **more: str) -> None:
    """The designer hands in a version."""
    draft = list(files) or [upload()]
    answer(number, DESIGNER, "submit", values={"draft_files": draft, "design_notes": "主色沿用品牌蓝。", **more})


def file_of(number: str, place: int = 0) -> UUID:
    """A file of the draft's latest version."""
    latest = Version.objects.filter(document__dossier__instance__number=number, document__key="draft").latest("number")
    return latest.files[place]


def pin(number: str, login: str = LOOKING, text: str = "图不清楚", key: UUID | None = None, **card: str) -> Pin:
    """Somebody sets a pin on the first file."""
    typed = PinCard(card.get("page", "1"), card.get("left", "25"), card.get("top", "75"), text)
    return set_pin(actor(login), number, file_of(number), typed, key or uuid4())


def say(pin: Pin, login: str, kind: str, text: str = "", key: UUID | None = None) -> Pin:
    """Somebody answers a pin."""
    who: Actor = actor(login)
    return answer_pin(who, pin.pk, kind, text, key or uuid4())
