"""Positions."""

from django.utils.translation import gettext_lazy as _

from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid
from huiqian.org.access import check_may_administer
from huiqian.org.commands.departments import check_code_and_name
from huiqian.org.effects import note
from huiqian.org.events import PositionSaved
from huiqian.org.models import Department, Position, PositionGroup


@command
def save_position(
    actor: Actor,
    code: str,
    *,
    name_zh: str,
    department: str,
    name_en: str = "",
    superior: str = "",
    several: bool = False,
    rank: int | None = None,
) -> Position:
    """Add a position or change the one with this code. Its superior takes over what nobody holds; no circles."""
    check_may_administer(actor)
    errors = check_code_and_name(code, name_zh)
    if PositionGroup.objects.filter(code=code).exists():
        errors["code"] = [_("A group of positions has this code. A lane names either, so choose another one.")]
    home = Department.objects.filter(code=department).first()
    if home is None:
        errors["department"] = [_("There is no such department.")]
    above = Position.objects.filter(code=superior).first() if superior else None
    if superior and above is None:
        errors["superior"] = [_("There is no such position.")]
    step = above
    while step is not None and "superior" not in errors:
        if step.code == code:
            errors["superior"] = [_("A position cannot report to itself, directly or through others.")]
        step = step.superior
    if errors or home is None:
        raise Invalid(errors)
    position, _created = Position.objects.update_or_create(
        code=code,
        defaults={
            "name_zh": name_zh.strip(), "name_en": name_en.strip(), "department": home, "superior": above,
            "several": several,
        }
        | ({} if rank is None else {"rank": rank}),
    )  # fmt: skip
    note(actor, PositionSaved(code=code, name=name_zh, department=department, superior=superior))
    return position
