"""Departments."""

import re

from django.utils.translation import gettext_lazy as _

from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid, Text
from huiqian.org.access import check_may_administer
from huiqian.org.effects import note
from huiqian.org.events import DepartmentSaved
from huiqian.org.models import Department

CODE = re.compile(r"[a-z][a-z0-9_]{1,62}")


def check_code_and_name(code: str, name_zh: str) -> dict[str, list[Text]]:
    """What is wrong with a new thing's code and name, by field."""
    errors: dict[str, list[Text]] = {}
    if not CODE.fullmatch(code):
        errors["code"] = [_("Use 2 to 63 lower-case letters, digits and _, beginning with a letter.")]
    if not name_zh.strip() or len(name_zh) > 100:
        errors["name_zh"] = [_("Enter the name, 100 characters at most.")]
    return errors


@command
def save_department(
    actor: Actor, code: str, *, name_zh: str, name_en: str = "", parent: str = "", rank: int | None = None
) -> Department:
    """Add a department or change the one with this code; a department cannot stand below itself."""
    check_may_administer(actor)
    errors = check_code_and_name(code, name_zh)
    above = Department.objects.filter(code=parent).first() if parent else None
    if parent and above is None:
        errors["parent"] = [_("There is no such department.")]
    step = above
    while step is not None and "parent" not in errors:
        if step.code == code:
            errors["parent"] = [_("A department cannot stand below itself.")]
        step = step.parent
    if errors:
        raise Invalid(errors)
    department, _created = Department.objects.update_or_create(
        code=code,
        defaults={"name_zh": name_zh.strip(), "name_en": name_en.strip(), "parent": above}
        | ({} if rank is None else {"rank": rank}),
    )
    note(actor, DepartmentSaved(code=code, name=name_zh, parent=parent))
    return department
