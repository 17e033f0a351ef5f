"""Tables of the registers. Money is in yuan; a month is its first day."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from huiqian.documents.models import Document
from huiqian.process.models import Instance

# What re-checks that a price list asks for name as their cause, before the ripple's number.
PRICES = "prices:"


class Entry(models.Model):
    """Something in a register with a code and a name of its own; what is no longer used is closed, not deleted."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=100, unique=True)
    sort_key = models.CharField(max_length=200, editable=False)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def active(self) -> bool:
        """Whether it may be chosen."""
        return self.closed_at is None


class Customer(Entry):
    """A customer; `owner` is the key account manager who looks after it."""

    class Kind(models.TextChoices):
        DEVELOPER = "developer"
        CONTRACTOR = "contractor"
        DECORATOR = "decorator"
        DEALER = "dealer"
        INSTITUTION = "institution"
        OTHER = "other"

    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.OTHER)
    region = models.CharField(max_length=50, blank=True)
    address = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=50, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["sort_key", "code"]
        constraints: ClassVar = [
            # A code can be typed on any keyboard, and stands in addresses.
            models.CheckConstraint(name="customer_code_is_plain", condition=Q(code__regex=r"^[A-Z0-9][A-Z0-9._-]*$")),
            models.CheckConstraint(name="customer_has_a_name", condition=~Q(name="")),
        ]


class Product(Entry):
    """A product. What it costs to make is not for everybody's eyes (rules.INNER_PRICES)."""

    spec = models.CharField(max_length=100, blank=True)
    unit = models.CharField(max_length=16)
    category = models.CharField(max_length=50, blank=True)
    cost = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["category", "sort_key", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(name="product_code_is_plain", condition=Q(code__regex=r"^[A-Z0-9][A-Z0-9._-]*$")),
            models.CheckConstraint(name="product_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="product_cost_is_not_negative", condition=Q(cost__isnull=True) | Q(cost__gte=0)
            ),
        ]


class PriceList(models.Model):
    """Prices that were approved together, in force from a day on, with the document that made them."""

    number = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    effective_from = models.DateField()
    predecessor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    case_number = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=100)
    published_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-effective_from", "-id"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class PriceLineQuerySet(models.QuerySet["PriceLine"]):
    """Prices by date."""

    def on(self, day: date) -> "PriceLineQuerySet":
        """Those in force on this day: at most one a product."""
        return self.filter(Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day)))


def _days(since: str, until: str) -> Func:
    return Func(F(since), F(until), RangeBoundary(), function="daterange", output_field=DateRangeField())


class PriceLine(models.Model):
    """What a product costs customers from a day (inclusive) until a day (exclusive; open while none follows).

    `discount_…` is how many percent off the list price the position may grant by itself.
    """

    price_list = models.ForeignKey(PriceList, on_delete=models.PROTECT, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="prices")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    list_price = models.DecimalField(max_digits=15, decimal_places=2)
    project_price = models.DecimalField(max_digits=15, decimal_places=2)
    dealer_price = models.DecimalField(max_digits=15, decimal_places=2)
    floor_price = models.DecimalField(max_digits=15, decimal_places=2)
    discount_manager = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    discount_director = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))

    objects = PriceLineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["product__category", "product__sort_key", "since"]
        constraints: ClassVar = [
            # A product has one price on any day.
            ExclusionConstraint(
                name="price_one_a_product_and_day",
                expressions=[("product", RangeOperators.EQUAL), (_days("since", "until"), RangeOperators.OVERLAPS)],
            ),
            # A price does not end before it begins.
            models.CheckConstraint(
                name="price_ends_after_start", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
            # Nothing is sold for less than the floor price by list.
            models.CheckConstraint(
                name="price_not_under_its_floor",
                condition=Q(floor_price__gt=0)
                & Q(list_price__gte=F("floor_price"))
                & Q(project_price__gte=F("floor_price"))
                & Q(dealer_price__gte=F("floor_price")),
            ),
            models.CheckConstraint(
                name="price_discounts_are_percent",
                condition=Q(discount_manager__range=(0, 100)) & Q(discount_director__range=(0, 100)),
            ),
        ]


class PriceRipple(models.Model):
    """What a proposal or a price list changes, to be brought to the open cases that quote the prices before (价格联动).

    `changes`: product code → its name and prices before and after. A tick looks for cases while `spread_at` is empty:
    when the prices are approved, and again when they take effect; `void_at`: the proposal was withdrawn before.
    """

    case_number = models.CharField(max_length=64, blank=True)
    price_list = models.OneToOneField(PriceList, null=True, on_delete=models.PROTECT, related_name="ripple")
    title = models.CharField(max_length=200)
    effective_from = models.DateField()
    changes = models.JSONField()
    made_at = models.DateTimeField()
    spread_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="ripple_once_a_case", fields=["case_number"], condition=~Q(case_number="")),
            models.CheckConstraint(
                name="ripple_comes_from_somewhere", condition=~Q(case_number="") | Q(price_list__isnull=False)
            ),
        ]
        indexes: ClassVar = [models.Index(name="ripple_to_spread", fields=["id"], condition=Q(spread_at__isnull=True))]

    @property
    def cause(self) -> str:
        """What its re-checks name as their cause."""
        return f"{PRICES}{self.pk}"


class SalesMonth(models.Model):
    """A month whose sales plan is signed: once, by one case."""

    month = models.DateField(primary_key=True)
    case_number = models.CharField(max_length=64)
    document_number = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-month"]
        constraints: ClassVar = [
            models.CheckConstraint(name="sales_month_is_its_first_day", condition=Q(month__day=1)),
        ]


class SalesLine(models.Model):
    """What a key account manager plans to sell a customer in a month, and what came of it.

    A line without a plan (quantity 0) is a sale that nobody had planned. Actuals are empty until somebody reports them.
    """

    month = models.DateField()
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="sales")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="sales")
    quantity = models.DecimalField(max_digits=15, decimal_places=2)
    price = models.DecimalField(max_digits=15, decimal_places=2)
    amount = models.DecimalField(max_digits=17, decimal_places=2)
    payment_due = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    actual_quantity = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)
    actual_amount = models.DecimalField(max_digits=17, decimal_places=2, null=True, blank=True)
    actual_payment = models.DecimalField(max_digits=17, decimal_places=2, null=True, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(null=True, blank=True)
    case_number = models.CharField(max_length=64, blank=True)
    document_number = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["month", "manager__sort_key", "id"]
        indexes: ClassVar = [models.Index(name="sales_line_of_month", fields=["month", "manager"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="sales_line_month_is_its_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="sales_line_is_not_negative", condition=Q(quantity__gte=0) & Q(price__gte=0) & Q(amount__gte=0)
            ),
            # Who reported and when stand together.
            models.CheckConstraint(
                name="sales_line_report_is_signed",
                condition=(Q(reported_by__isnull=True) & Q(reported_at__isnull=True))
                | (Q(reported_by__isnull=False) & Q(reported_at__isnull=False)),
            ),
        ]


class ProductionLine(models.Model):
    """How much of a product is made in a month: what the sales plan needs, what is in stock, what is produced."""

    month = models.DateField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="production")
    sold = models.DecimalField(max_digits=15, decimal_places=2)
    stock = models.DecimalField(max_digits=15, decimal_places=2, default=Decimal(0))
    quantity = models.DecimalField(max_digits=15, decimal_places=2)
    note = models.CharField(max_length=200, blank=True)
    case_number = models.CharField(max_length=64, blank=True)
    document_number = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["month", "product__category", "product__sort_key"]
        constraints: ClassVar = [
            # A product stands once in a month's plan, so that months add up to the year.
            models.UniqueConstraint(name="production_once_a_product_and_month", fields=["month", "product"]),
            models.CheckConstraint(name="production_month_is_its_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="production_is_not_negative", condition=Q(sold__gte=0) & Q(stock__gte=0) & Q(quantity__gte=0)
            ),
        ]


class StockItem(Entry):
    """Something that lies in stock: printed material, give-aways, display stands."""

    unit = models.CharField(max_length=16)

    class Meta:
        ordering: ClassVar = ["sort_key", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(name="stock_code_is_plain", condition=Q(code__regex=r"^[A-Z0-9][A-Z0-9._-]*$")),
            models.CheckConstraint(name="stock_item_has_a_name", condition=~Q(name="")),
        ]


class StockLevel(models.Model):
    """How much of an item lies at a place now."""

    item = models.ForeignKey(StockItem, on_delete=models.PROTECT, related_name="levels")
    place = models.CharField(max_length=50)
    quantity = models.DecimalField(max_digits=15, decimal_places=2)

    class Meta:
        ordering: ClassVar = ["item", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="stock_level_one_a_place", fields=["item", "place"]),
            # Nobody takes out what is not there, whoever is faster.
            models.CheckConstraint(name="stock_is_not_negative", condition=Q(quantity__gte=0)),
        ]


class StockMove(models.Model):
    """What came into stock or was taken out; `left` is what lay at the place afterwards.

    `recipient` is who has what was taken, `purpose` what for; what a case brought in names it and its document.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received"
        TAKEN = "taken"

    item = models.ForeignKey(StockItem, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    place = models.CharField(max_length=50)
    quantity = models.DecimalField(max_digits=15, decimal_places=2)
    left = models.DecimalField(max_digits=15, decimal_places=2)
    recipient = models.CharField(max_length=100, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    case_number = models.CharField(max_length=64, blank=True)
    document_number = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(name="stock_moves_of_item", fields=["item", "-id"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="stock_move_moves_something", condition=Q(quantity__gt=0) & Q(left__gte=0)),
            # Who takes something out says what for.
            models.CheckConstraint(name="stock_taking_has_a_purpose", condition=~Q(kind="taken") | ~Q(purpose="")),
        ]


class EventTemplate(Entry):
    """What came of an event as a model for the next ones (活动样板): its answers as the archived document has them.

    `values` are the template's answers by field name, with the number of the report the event rested on.
    """

    event_kind = models.CharField(max_length=32, blank=True)
    values = models.JSONField(default=dict)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    case_number = models.CharField(max_length=64)
    renewed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["sort_key", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(name="event_template_code_is_plain", condition=Q(code__regex=r"^ET-[0-9]+$")),
            models.CheckConstraint(name="event_template_has_a_name", condition=~Q(name="")),
        ]


class EventLog(models.Model):
    """An event's log (活动记录): where it takes place, the template it follows, from when until when it is written."""

    case = models.OneToOneField(Instance, primary_key=True, on_delete=models.PROTECT, related_name="event_log")
    city = models.CharField(max_length=50, blank=True)
    template = models.ForeignKey(EventTemplate, null=True, on_delete=models.PROTECT, related_name="events")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-case_id"]


class EventEntry(models.Model):
    """What somebody wrote down while the event ran; never changed. `key` is the form it came from: sent twice, it is
    one entry.
    """

    log = models.ForeignKey(EventLog, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    key = models.UUIDField(unique=True)
    happened_at = models.DateTimeField()
    place = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)
    photos = ArrayField(models.UUIDField(), default=list, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=100)
    written_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["log_id", "happened_at", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="event_entry_number_once", fields=["log", "number"]),
            # An entry says something, in words or in pictures.
            models.CheckConstraint(name="event_entry_is_not_empty", condition=~Q(text="") | Q(photos__len__gt=0)),
        ]
