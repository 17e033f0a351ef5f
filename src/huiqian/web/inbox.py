"""The task centre: to do, done, started by me."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.process.opinions import SaidReview
from huiqian.process.queries import processes
from huiqian.process.reviews import WaitingReview, waiting_reviews
from huiqian.web.registers import english, sheet, stamp
from huiqian.web.requests import actor_of
from huiqian.work.queries import InboxRow, RecheckView, copies, inbox, waiting_rechecks
from huiqian.work.queries.inbox import urgency_of
from huiqian.work.queries.sheets import TITLES, tasks_sheet, with_reviews

TABS = ("open", "done", "started", "copied")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one urgency under a heading; one without a title has none."""

    title: str
    tone: str
    rows: tuple[InboxRow | SaidReview, ...]


def by_urgency(rows: Sequence[InboxRow]) -> list[Group]:
    """Rows in groups: overdue, due today, this week, later, without a deadline."""
    headings = {
        "overdue": (_("Overdue"), "red"),
        "today": (_("Due today"), "amber"),
        "week": (_("This week"), "blue"),
        "later": (_("Later"), "grey"),
        "none": (_("Without a deadline"), "grey"),
    }
    groups = [(*heading, tuple(row for row in rows if row.urgency == key)) for key, heading in headings.items()]
    return [Group(*group) for group in groups if group[2]]


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first page is the task centre."""
    return redirect("inbox")


@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """One page of the task centre, filtered as the address says."""
    asked = request.GET
    tab = asked.get("tab", "open") if asked.get("tab") in TABS else "open"
    search, process = asked.get("search", "").strip(), asked.get("process", "")
    urgency = asked.get("urgency", "") if tab == "open" else ""
    if tab == "copied":
        return _copied(request, search, process)
    behalf = asked.get("behalf", "") if tab == "open" else ""
    page = inbox(
        actor_of(request), tab, search=search, process=process, urgency=urgency, after=asked.get("after", ""),
        behalf=behalf,
    )  # fmt: skip
    rows = with_reviews(actor_of(request), page, search, process) if tab == "done" else page.rows
    first = tab == "open" and not asked.get("after")
    context = {
        "section": "inbox",
        "tab": tab,
        "search": search,
        "process": process,
        "urgency": urgency,
        "behalf": behalf,
        "filtered": bool(search or process or urgency or behalf),
        "groups": by_urgency(page.rows) if tab == "open" else [Group("", "", rows)] if rows else [],
        "reviews": _reviews(actor_of(request), search, process, urgency) if first and not behalf else (),
        "rechecks": _rechecks(actor_of(request), search, process, urgency, behalf) if first else (),
        "next": page.after,
        "processes": processes(actor_of(request)),
    }
    return render(request, "inbox/page.html", context)


@require_GET
def tasks_export(request: HttpRequest) -> HttpResponse:
    """To do, done or started by me as a workbook, filtered as the page is."""
    asked = request.GET
    tab = asked.get("tab", "open") if asked.get("tab") in TITLES else "open"
    content = tasks_sheet(
        actor_of(request), tab, search=asked.get("search", "").strip(), process=asked.get("process", ""),
        urgency=asked.get("urgency", "") if tab == "open" else "",
        behalf=asked.get("behalf", "") if tab == "open" else "",
    )  # fmt: skip
    return sheet(content, f"{TITLES[tab][english()]}-{stamp()}")


def _reviews(actor: Actor, search: str, process: str, urgency: str) -> tuple[WaitingReview, ...]:
    """The joint reviews that wait for the reader, by the same filters as tasks; none is ever returned to somebody."""
    now, words = clock.now(), search.lower().split()
    return tuple(
        one
        for one in waiting_reviews(actor)
        if process in ("", one.code)
        and urgency in ("", urgency_of(one.due_at, now))
        and all(word in f"{one.code} {one.name} {one.note} {one.submitter}".lower() for word in words)
    )


def _rechecks(actor: Actor, search: str, process: str, urgency: str, behalf: str) -> tuple[RecheckView, ...]:
    """What the reader, or whom they decide for, is asked to look at again, by the same filters as tasks."""
    now, words = clock.now(), search.lower().split()
    return tuple(
        one
        for one in waiting_rechecks(actor)
        if process in ("", one.process_code)
        and urgency in ("", urgency_of(one.due_at, now))
        and (not behalf or behalf == ("me" if one.person.id == actor.id else one.person.login))
        and all(word in f"{one.case_number} {one.case_title} {one.detail.get('title', '')}".lower() for word in words)
    )


def _copied(request: HttpRequest, search: str, process: str) -> HttpResponse:
    """What one was copied on, unread or read."""
    unread = request.GET.get("unread") == "1"
    page = copies(actor_of(request), search=search, process=process, after=request.GET.get("after", ""), unread=unread)
    context = {
        "section": "inbox", "tab": "copied", "search": search, "process": process, "rows": page.rows,
        "unread_only": unread, "filtered": bool(search or process or unread), "next": page.after,
        "processes": processes(actor_of(request)),
    }  # fmt: skip
    return render(request, "inbox/page.html", context)
