"""The demo company: every position of the handbook held by somebody, made through the commands."""

from datetime import date

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.org.commands import add_person, assign_position
from huiqian.org.models import Person

PASSWORD = "huiqian-demo"  # noqa: S105 - a demo tells its password on the sign-in page
SINCE = date(2026, 1, 1)

# Login, position, name. Made up: anybody real of this name is not meant.
PEOPLE = (
    ("general_manager", "general_manager", "周志远"),
    ("technical_director", "technical_director", "陈博"),
    ("key_account_director", "key_account_director", "孙洁"),
    ("project_director", "project_director", "郑凯"),
    ("product_marketing_director", "product_marketing_director", "李强"),
    ("business_unit_director", "business_unit_director", "赵敏"),
    ("marketing_manager", "marketing_manager", "王丽"),
    ("key_account_manager_1", "key_account_manager", "刘洋"),
    ("key_account_manager_2", "key_account_manager", "吴涛"),
    ("key_account_manager_3", "key_account_manager", "何静"),
    ("key_account_manager_4", "key_account_manager", "马超群"),
    ("key_account_manager_5", "key_account_manager", "林晓雯"),
    ("finance_manager", "finance_manager", "许文静"),
    ("purchasing_officer", "purchasing_officer", "冯建国"),
    ("graphic_designer", "graphic_designer", "沈雨桐"),
    ("administrative_assistant", "administrative_assistant", "唐小梅"),
)


def load() -> None:
    """Give the handbook's positions their people and make the administrator; does nothing where it was done before."""
    if Person.objects.filter(login="admin").exists():
        return
    add_person(SYSTEM, "admin", "系统管理员", password=PASSWORD, admin=True)
    since = min(SINCE, clock.today())
    for login, position, name in PEOPLE:
        add_person(SYSTEM, login, name, password=PASSWORD)
        assign_position(SYSTEM, position, login, since=since, replace=False)
