"""Before the first request: tables, what the handbook says, the demo company or the first administrator."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from huiqian.base.actors import SYSTEM
from huiqian.config import company, demo
from huiqian.config.stories.history import tell_history
from huiqian.host.place import Refused
from huiqian.jobs.upkeep import keep_inserting_quiet
from huiqian.org.commands import add_person, set_password
from huiqian.org.models import Person

ADMIN = "admin"
# Any number: the same on every machine, used for nothing else.
PREPARE_LOCK = 0x5E7


def prepare(password_file: Path | None = None, *, history: bool = False) -> str:
    """Bring the database up to date; safe at every start, from several machines at once.

    `history` tells the demo company's last four months where it has none. Returns the administrator's new password
    where one was made up, to be told once; else an empty text.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [PREPARE_LOCK])
    try:
        call_command("migrate", verbosity=0, interactive=False)
        _check_letters()
        keep_inserting_quiet()
        with transaction.atomic():
            company.load(since=demo.since() if settings.DEMO else None)
        told = _people(password_file)
        if history and settings.DEMO:
            tell_history()
        return told
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [PREPARE_LOCK])


def _check_letters() -> None:
    """With a character type that knows no Chinese letters, searching would silently find nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select cardinality(show_trgm('费用报销'))")
        (known,) = cursor.fetchone()
    if known <= 1:
        raise Refused(
            "This database's character type does not know Chinese letters. Make it anew: create database huiqian "
            "template template0 encoding 'UTF8' locale 'C.UTF-8';"
        )


def _people(password_file: Path | None) -> str:
    if settings.DEMO:
        if not os.environ.get("HUIQIAN_EMBEDDED"):
            _check_is_a_demo()
        with transaction.atomic():
            demo.load()
        return ""
    return _first_administrator(password_file)


def _check_is_a_demo() -> None:
    """In a demo anybody may sign in as anybody: a company's database must never become one.

    The embedded database need not be asked: its data folder remembers what it is.
    """
    admin = Person.objects.filter(login=ADMIN).first()
    others = Person.objects.filter(is_admin=True).exists()
    if (admin and not admin.check_password(demo.PASSWORD)) or (others and not admin):
        raise Refused("This database holds a company's people, not a demo: start with --no-demo, or use another one.")


def _first_administrator(password_file: Path | None) -> str:
    if any(person.has_usable_password() for person in Person.objects.filter(is_admin=True, is_active=True)):
        return ""
    given = password_file.read_text(encoding="utf-8").strip() if password_file else ""
    password = given or secrets.token_urlsafe(15)
    with transaction.atomic():
        if not Person.objects.filter(login=ADMIN).exists():
            add_person(SYSTEM, ADMIN, "系统管理员", admin=True)
        set_password(SYSTEM, ADMIN, password)
    return "" if given else password
