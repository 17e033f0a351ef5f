"""Special days: holidays and make-up workdays."""

from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.org.access import check_may_administer
from huiqian.org.effects import note
from huiqian.org.events import CalendarSeeded
from huiqian.org.models import SpecialDay


@command
def seed_calendar(actor: Actor, years: range) -> int:
    """Fill in China's public holidays and make-up workdays of these years; days an administrator set are kept.

    Returns how many days were added. Source: the `holidays` package, as far as the State Council has announced.
    """
    import holidays

    check_may_administer(actor)
    zh = holidays.country_holidays("CN", years=years, language="zh_CN")
    en = holidays.country_holidays("CN", years=years, language="en_US")
    days = [
        SpecialDay(day=day, works=False, name_zh=name[:100], name_en=str(en.get(day, ""))[:100])
        for day, name in zh.items()
    ] + [
        SpecialDay(day=day, works=True, name_zh="调休上班", name_en="Make-up workday")
        for day in zh.weekend_workdays
        if day.year in years
    ]
    before = SpecialDay.objects.count()
    SpecialDay.objects.bulk_create(days, ignore_conflicts=True)
    added = SpecialDay.objects.count() - before
    if added:
        note(actor, CalendarSeeded(first=min(years), last=max(years), days=added))
    return added
