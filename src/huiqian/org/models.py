"""Tables of the organisation. What changes carries from–to dates: yesterday's case shows yesterday's holder."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from huiqian.base.actors import Actor
from huiqian.base.languages import pick


class Named(models.Model):
    """Something with a stable code and a name in two languages."""

    code = models.CharField(max_length=64, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return pick(self.name_zh, self.name_en)


class Department(Named):
    """A department; departments form a tree."""

    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["rank", "code"]


class Position(Named):
    """A position, which a lane of a process names by its code; its superior is the position it reports to."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="positions")
    superior = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="subordinates")
    several = models.BooleanField(default=False)
    rank = models.PositiveSmallIntegerField(default=0)
    duties_zh = models.TextField(blank=True)
    duties_en = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["rank", "code"]


class PersonManager(BaseUserManager["Person"]):
    """Finds people by their login, as Django's sign-in asks."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this login."""
        return self.get(login=username)


class Person(AbstractBaseUser):
    """Somebody with an account."""

    login = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    sort_key = models.CharField(max_length=200, db_index=True, editable=False)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="zh-hans")
    is_admin = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    single_keys = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        ordering: ClassVar = ["sort_key", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        """This person as the one who does something."""
        return Actor(id=self.pk, name=self.name, admin=self.is_admin)


class HoldingQuerySet(models.QuerySet["Holding"]):
    """Holdings by date."""

    def on(self, day: date) -> "HoldingQuerySet":
        """Those in force on this day."""
        return self.filter(Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day)))


def _days(since: str, until: str, *, both: bool = False) -> Func:
    return Func(
        F(since), F(until), RangeBoundary(inclusive_upper=both), function="daterange", output_field=DateRangeField()
    )


class Holding(models.Model):
    """A person holds a position from a day (inclusive) until a day (exclusive; open while they hold it)."""

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            # Nobody holds the same position twice on one day.
            ExclusionConstraint(
                name="holding_once_a_day",
                expressions=[
                    ("position", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (_days("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
            # A holding does not end before it begins.
            models.CheckConstraint(
                name="holding_ends_after_start", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        ]


class Deputy(models.Model):
    """While `person` is away (both days inclusive), `deputy` decides for them; both names go on the record."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputy_for")
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            # Nobody is their own deputy.
            models.CheckConstraint(name="deputy_is_another", condition=~Q(person=F("deputy"))),
            models.CheckConstraint(name="deputy_ends_after_start", condition=Q(until__gte=F("since"))),
            # Nobody has two deputies on one day.
            ExclusionConstraint(
                name="deputy_one_a_day",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (_days("since", "until", both=True), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at__isnull=True),
            ),
        ]


class PositionGroup(Named):
    """Several positions under one name ("all department managers"), in an order, edited by an administrator.

    A lane may name a group instead of a position; expressions read today's people of it as `group_<code>`.
    """

    positions = models.ManyToManyField(Position, through="GroupPlace", related_name="groups")

    class Meta:
        ordering: ClassVar = ["code"]


class GroupPlace(models.Model):
    """A position's place in a group."""

    group = models.ForeignKey(PositionGroup, on_delete=models.CASCADE, related_name="places")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="places")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["group", "rank"]
        constraints: ClassVar = [
            # A position stands in a group once.
            models.UniqueConstraint(name="group_position_once", fields=["group", "position"]),
        ]


class Revision(models.Model):
    """One row with the number of the last change: a roster read before is right while the number stands."""

    number = models.BigIntegerField(default=1)


class SpecialDay(models.Model):
    """A day that is not what its weekday says: a holiday, or a make-up workday (调休); seeded, then edited."""

    day = models.DateField(primary_key=True)
    works = models.BooleanField()
    name_zh = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering: ClassVar = ["day"]


class Token(models.Model):
    """A bearer token for the API: only its SHA-256 is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]


class CalendarFeed(models.Model):
    """A person's subscription to the marketing calendar: who has the address reads what they may read.

    Only the address's SHA-256 is kept. A person has one in force; a new one ends the one before.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="calendar_feed_one", fields=["person"], condition=Q(ended_at__isnull=True)),
        ]
