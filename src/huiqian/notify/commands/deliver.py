"""Tell people what happened: from journal entries to notices at the bell, and to e-mails where people want them."""

from collections.abc import Iterator, Mapping

from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.commands import command
from huiqian.journal.models import Entry
from huiqian.notify.deliveries import owe_deliveries
from huiqian.notify.mails import owe_mails
from huiqian.notify.models import Notice
from huiqian.notify.rules import ASKS, OF_DEPUTIES, OF_VERSIONS, hearers, hearers_of_version
from huiqian.org.queries import roster
from huiqian.process.models import Definition, Instance


@command
def deliver(actor: Actor, entries: list[int]) -> int:
    """Make the notices that these journal entries ask for; returns how many are new. Done twice, it adds nothing."""
    facts = list(Entry.objects.filter(pk__in=entries))
    notices = [*_of_cases(facts), *_of_versions(facts), *_of_deputies(facts)]
    owe_mails(notices)
    owe_deliveries(facts)
    return len(Notice.objects.bulk_create(notices, ignore_conflicts=True))


def _of_cases(facts: list[Entry]) -> Iterator[Notice]:
    told = {fact.pk: int(fact.chain.removeprefix("case:")) for fact in facts if fact.chain.startswith("case:")}
    cases = {
        case.pk: case
        for case in Instance.objects.filter(pk__in=set(told.values())).only("number", "title", "starter_id")
    }
    for fact in facts:
        case = cases.get(told.get(fact.pk, 0))
        if case is not None:
            for person, more in _told(fact, case).items():
                yield from _notice(fact, person, case.number, case.title, more)


def _told(fact: Entry, case: Instance) -> dict[int, dict[str, object]]:
    """Who hears of a fact about a case; deputies are told for whom."""
    people: dict[int, dict[str, object]] = {
        person: {} for person in hearers(fact.kind, fact.detail, case.starter_id, fact.behalf_id)
    }
    if fact.kind == "taken_off":
        return {person: {"reads": person in fact.detail["read_on"]} for person in people}
    if fact.kind in ASKS:
        snapshot, day = roster(), fact.at.astimezone(COMPANY_ZONE).date()
        for person in list(people):
            deputy = snapshot.deputy_of(person, day)
            if deputy is not None:
                people.setdefault(deputy.id, {"behalf": snapshot.people[person].name})
    return people


def _of_versions(facts: list[Entry]) -> Iterator[Notice]:
    """Notices of a process's versions carry its code in place of a case's number."""
    told = [fact for fact in facts if fact.chain.startswith("process:") and fact.kind in OF_VERSIONS]
    if not told:
        return
    names = dict(Definition.objects.values_list("code", "name_zh"))
    for fact in told:
        code = str(fact.detail["code"])
        for person in hearers_of_version(fact.kind, fact.detail):
            yield from _notice(fact, person, code, names.get(code, code), {})


def _of_deputies(facts: list[Entry]) -> Iterator[Notice]:
    """Notices of deputyships carry no case: the days stand in place of its number."""
    told = [fact for fact in facts if fact.chain == "org" and fact.kind in OF_DEPUTIES]
    if not told:
        return
    by_login = {person.login: person for person in roster().people.values()}
    for fact in told:
        away, deputy = by_login[fact.detail["person"]], by_login[fact.detail["deputy"]]
        days = f"{fact.detail['since']} – {fact.detail['until']}"
        yield from _notice(fact, deputy.id, days, away.name, {"to_deputy": True})
        yield from _notice(fact, away.id, days, deputy.name, {"to_deputy": False})


def _notice(fact: Entry, person: int, number: str, title: str, more: Mapping[str, object]) -> Iterator[Notice]:
    """Somebody hears of a fact, unless they made it; `more` is told to this person only."""
    if person != fact.actor_id:
        yield Notice(
            person_id=person, entry_id=fact.pk, kind=fact.kind, case_number=number, case_title=title,
            detail={**fact.detail, **more}, made_at=fact.at,
        )  # fmt: skip
