"""Groups of positions: several positions that processes name as one."""

from collections.abc import Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid
from huiqian.org.access import check_may_administer
from huiqian.org.commands.departments import check_code_and_name
from huiqian.org.effects import note
from huiqian.org.events import GroupSaved
from huiqian.org.models import GroupPlace, Position, PositionGroup


@command
def save_group(actor: Actor, code: str, *, name_zh: str, positions: Sequence[str], name_en: str = "") -> PositionGroup:
    """Add a group of positions or change the one with this code; `positions` are codes, in the order that counts.

    Refusals: Forbidden; Invalid for a code that a position has, for no positions, unknown ones or one named twice.
    """
    check_may_administer(actor)
    errors = check_code_and_name(code, name_zh)
    if Position.objects.filter(code=code).exists():
        errors["code"] = [_("A position has this code. A lane names either by its code, so choose another one.")]
    found = {one.code: one for one in Position.objects.filter(code__in=positions)}
    unknown = [one for one in positions if one not in found]
    if not positions:
        errors["positions"] = [_("Choose at least one position.")]
    elif unknown:
        errors["positions"] = [format_lazy(_("There is no position “{code}”."), code=unknown[0][:64])]
    elif len(set(positions)) < len(positions):
        errors["positions"] = [_("A position stands in a group once.")]
    if errors:
        raise Invalid(errors)
    group, _created = PositionGroup.objects.select_for_update().get_or_create(code=code, defaults={"name_zh": name_zh})
    before = [place.position.code for place in group.places.select_related("position")]
    group.name_zh, group.name_en = name_zh.strip(), name_en.strip()
    group.save(update_fields=["name_zh", "name_en"])
    group.places.all().delete()
    GroupPlace.objects.bulk_create(
        GroupPlace(group=group, position=found[one], rank=rank) for rank, one in enumerate(positions)
    )
    note(actor, GroupSaved(code=code, name=group.name_zh, positions=list(positions), before=before))
    return group
