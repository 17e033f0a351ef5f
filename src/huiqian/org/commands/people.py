"""Accounts of people."""

import re

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Forbidden, Invalid, NotFound, Text
from huiqian.org.access import check_may_administer
from huiqian.org.effects import note
from huiqian.org.events import PasswordSet, PersonAdded, PersonChanged
from huiqian.org.models import Deputy, Holding, Person

LOGIN = re.compile(r"[a-z0-9][a-z0-9_.@-]{1,62}")


def sort_key(name: str) -> str:
    """Where a name stands in an alphabetical list: its pinyin, lower case, without spaces."""
    # Loads 40,000 phrases: only who writes a name waits for them, not every start.
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(name)).lower().replace(" ", "")[:200]


def _check(login: str, name: str, email: str) -> None:
    errors: dict[str, list[Text]] = {}
    if not LOGIN.fullmatch(login):
        errors["login"] = [_("Use 2 to 63 lower-case letters, digits and _ . @ -, beginning with a letter or digit.")]
    elif Person.objects.filter(login=login).exists():
        errors["login"] = [_("Somebody has this login already. Choose another one.")]
    errors |= _check_name(name, email)
    if errors:
        raise Invalid(errors)


def _check_name(name: str, email: str) -> dict[str, list[Text]]:
    errors: dict[str, list[Text]] = {}
    if not name.strip() or len(name) > 100:
        errors["name"] = [_("Enter the name, 100 characters at most.")]
    if email:
        try:
            validate_email(email)
        except ValidationError:
            errors["email"] = [_("This is not an e-mail address.")]
    return errors


@command
def add_person(
    actor: Actor,
    login: str,
    name: str,
    *,
    email: str = "",
    password: str | None = None,
    hashed: str = "",
    admin: bool = False,
) -> Person:
    """Give somebody an account. Without a password nobody can sign in with it until one is set.

    `hashed` is a password as it is kept, for many people at once: hashing is slow on purpose.
    """
    check_may_administer(actor)
    _check(login, name, email)
    person = Person(login=login, name=name.strip(), sort_key=sort_key(name), email=email, is_admin=admin)
    if hashed:
        person.password = hashed
    else:
        person.set_password(password)
    person.save()
    note(actor, PersonAdded(login=login, name=person.name))
    return person


@command
def change_person(
    actor: Actor, login: str, *, name: str, email: str = "", admin: bool = False, active: bool = True
) -> Person:
    """Change somebody's name, e-mail or rights, or close their account; the last administrator cannot be closed.

    Somebody who holds a position keeps the account until the position is handed on.
    """
    check_may_administer(actor)
    person = Person.objects.select_for_update().filter(login=login).first()
    if person is None:
        raise NotFound
    if errors := _check_name(name, email):
        raise Invalid(errors)
    others = Person.objects.filter(is_admin=True, is_active=True).exclude(pk=person.pk).exists()
    if person.is_admin and not (admin and active) and not others:
        raise Invalid({"admin": [_("This is the last administrator. Make somebody else one first.")]})
    if not active and Holding.objects.on(clock.today()).filter(person=person).exists():
        raise Invalid({"active": [_("This person still holds a position. Hand the position on first.")]})
    old = {"name": person.name, "email": person.email, "admin": person.is_admin, "active": person.is_active}
    new = {"name": name.strip(), "email": email, "admin": admin, "active": active}
    person.name, person.email, person.is_admin, person.is_active = name.strip(), email, admin, active
    person.sort_key = sort_key(person.name)
    person.save(update_fields=["name", "email", "is_admin", "is_active", "sort_key"])
    if not active:
        # Nobody decides for somebody who has left: their open work is handed over.
        own = Deputy.objects.filter(Q(deputy=person) | Q(person=person), ended_at__isnull=True)
        own.filter(until__gte=clock.today()).update(ended_at=clock.now())
    changes = {key: [old[key], value] for key, value in new.items() if old[key] != value}
    note(actor, PersonChanged(login=login, changes=dict(changes)))
    return person


@command
def set_password(actor: Actor, login: str, password: str, *, current: str | None = None) -> None:
    """Set a password: one's own with the current one, anybody's as an administrator. Weak ones are told why."""
    person = Person.objects.select_for_update().filter(login=login).first()
    if person is None:
        raise NotFound
    own = actor.id == person.pk
    if own and current is not None and not person.check_password(current):
        raise Invalid({"current": [_("This is not your current password.")]})
    if not actor.admin and (not own or current is None):
        raise Forbidden
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid({"password": list(error.messages)}) from None
    person.set_password(password)
    person.save(update_fields=["password"])
    note(actor, PasswordSet(login=login))


@command
def set_language(actor: Actor, language: str) -> None:
    """Remember the language somebody reads in ("zh-hans" or "en")."""
    if language not in ("zh-hans", "en"):
        raise Invalid({"language": [_("Choose one of the languages offered.")]})
    Person.objects.filter(pk=actor.person).update(language=language)


@command
def set_single_keys(actor: Actor, on: bool) -> None:
    """Switch one's single-letter keys on or off (WCAG 2.1.4)."""
    Person.objects.filter(pk=actor.person).update(single_keys=on)
