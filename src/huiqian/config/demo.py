"""The demo company: every position of the handbook held by somebody, made through the commands."""

from datetime import date, timedelta
from decimal import Decimal

from django.contrib.auth.hashers import make_password

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.marketing.commands import enter_price_list, save_customer, save_product
from huiqian.marketing.rules import CustomerCard, ProductCard
from huiqian.marketing.rules.prices import PriceRow
from huiqian.org.commands import add_person, assign_position
from huiqian.org.models import Person

PASSWORD = "huiqian-demo"  # noqa: S105 - a demo tells its password on the sign-in page
SINCE = date(2026, 1, 1)
# The four months of its history, and some weeks before them.
LEAST_DAYS = 150

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

# Customers of a maker of fresh-air ventilation (新风), with whoever looks after them. Made up, telephone numbers too.
CUSTOMERS = (
    ("C-001", "苏州恒暖建材有限公司", "dealer", "华东", "江苏省苏州市吴中区", "顾晓东", "0512-5550 1201", 1),
    ("C-002", "南京清风暖通设备有限公司", "dealer", "华东", "江苏省南京市江宁区", "钱文杰", "025-5550 3388", 1),
    ("C-003", "杭州云栖置业有限公司", "developer", "华东", "浙江省杭州市西湖区", "方敏", "0571-5550 6120", 1),
    ("C-004", "上海弘远机电工程有限公司", "contractor", "华东", "上海市闵行区", "陆海峰", "021-5550 7788", 2),
    ("C-005", "合肥居安装饰工程有限公司", "decorator", "华东", "安徽省合肥市蜀山区", "汪洋", "0551-5550 2019", 2),
    ("C-006", "武汉江城第三小学", "institution", "华中", "湖北省武汉市江汉区", "胡老师", "027-5550 4412", 3),
    ("C-007", "长沙星湖置业集团有限公司", "developer", "华中", "湖南省长沙市岳麓区", "彭志刚", "0731-5550 8800", 3),
    ("C-008", "郑州中原环境科技有限公司", "dealer", "华中", "河南省郑州市金水区", "石磊", "0371-5550 1656", 3),
    ("C-009", "北京朗润建设工程有限公司", "contractor", "华北", "北京市朝阳区", "白雪", "010-5550 9021", 4),
    ("C-010", "天津海河医院", "institution", "华北", "天津市河西区", "邢主任", "022-5550 3310", 4),
    ("C-011", "广州南粤装饰设计有限公司", "decorator", "华南", "广东省广州市天河区", "梁嘉敏", "020-5550 6677", 5),
    ("C-012", "深圳鹏程暖通有限公司", "dealer", "华南", "广东省深圳市龙岗区", "曾伟", "0755-5550 5218", 5),
)
# Code, name, specification, unit, category; cost; list, project, dealer and floor price.
PRODUCTS = (
    ("HX-150", "壁挂新风机 150", "150 m³/h，热交换效率 72%", "台", "壁挂机", 1180, 2680, 2380, 2150, 1980),
    ("HX-350", "吊顶全热交换新风机 350", "350 m³/h，热交换效率 78%", "台", "吊顶机", 2260, 5280, 4680, 4280, 3960),
    ("HX-500", "吊顶全热交换新风机 500", "500 m³/h，热交换效率 78%", "台", "吊顶机", 2980, 6980, 6180, 5680, 5280),
    ("HX-800", "商用新风机组 800", "800 m³/h，带旁通", "台", "商用机组", 5350, 12800, 11200, 10300, 9600),
    ("HX-1500", "商用新风机组 1500", "1500 m³/h，带旁通", "台", "商用机组", 9200, 21800, 19200, 17600, 16500),
    ("LX-H13", "高效滤芯 H13", "适配 HX-350、HX-500", "套", "滤芯", 96, 268, 228, 198, 170),
    ("LX-G4", "初效滤网 G4", "通用", "套", "滤芯", 18, 58, 48, 42, 35),
    ("KZ-02", "智能控制面板 02", "Wi-Fi，PM2.5 与 CO₂ 显示", "只", "控制器", 145, 398, 348, 310, 280),
)


def since() -> date:
    """The day from which the demo company works by its handbook, with its people: before its history begins."""
    return min(SINCE, clock.today() - timedelta(days=LEAST_DAYS))


def load() -> None:
    """Give the handbook's positions their people and make the administrator; does nothing where it was done before."""
    if Person.objects.filter(login="admin").exists():
        return
    hashed = make_password(PASSWORD)
    add_person(SYSTEM, "admin", "系统管理员", hashed=hashed, admin=True)
    begins = since()
    for login, position, name in PEOPLE:
        add_person(SYSTEM, login, name, hashed=hashed)
        assign_position(SYSTEM, position, login, since=begins, replace=False)
    _load_registers(begins)


def _load_registers(since: date) -> None:
    for code, name, kind, region, address, contact, phone, owner in CUSTOMERS:
        card = CustomerCard(
            code=code, name=name, kind=kind, region=region, address=address, contact=contact, phone=phone,
            owner=f"key_account_manager_{owner}",
        )  # fmt: skip
        save_customer(SYSTEM, card)
    rows = []
    for code, name, spec, unit, category, cost, *prices in PRODUCTS:
        save_product(SYSTEM, ProductCard(code=code, name=name, spec=spec, unit=unit, category=category, cost=str(cost)))
        levels = dict(
            zip(("list_price", "project_price", "dealer_price", "floor_price"), map(Decimal, prices), strict=True)
        )
        rows.append(PriceRow(product=code, **levels, discount_manager=Decimal(5), discount_director=Decimal(12)))
    enter_price_list(SYSTEM, rows, title=f"{since.year} 年度产品价格表", effective_from=since)
