"""The columns of the registers' sheets: the same for the template, for what goes out and for what comes in."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from huiqian.base.errors import Text
from huiqian.documents.rules.workbooks import Column
from huiqian.marketing.models import Customer

KINDS: Mapping[str, Text] = {
    Customer.Kind.DEVELOPER: _("property developer"),
    Customer.Kind.CONTRACTOR: _("contractor"),
    Customer.Kind.DECORATOR: _("interior decorator"),
    Customer.Kind.DEALER: _("dealer"),
    Customer.Kind.INSTITUTION: _("school, hospital, public body"),
    Customer.Kind.OTHER: _("other kind"),
}

CUSTOMER_COLUMNS = (
    Column("code", "客户编码", "Code", width=12),
    Column("name", "客户名称", "Name", needed=True, width=32),
    Column("kind", "客户类型", "Kind", width=16),
    Column("region", "区域", "Region", width=10),
    Column("address", "地址", "Address", width=36),
    Column("contact", "联系人", "Contact", width=12),
    Column("phone", "电话", "Telephone", width=18),
    Column("email", "电子邮箱", "E-mail", width=24),
    Column("owner", "负责人", "Account manager", width=14),
    Column("note", "备注", "Note", width=30),
)
PRODUCT_COLUMNS = (
    Column("code", "产品编码", "Code", width=12),
    Column("name", "产品名称", "Name", needed=True, width=28),
    Column("spec", "规格型号", "Specification", width=28),
    Column("unit", "单位", "Unit", needed=True, width=8),
    Column("category", "类别", "Category", width=14),
    Column("cost", "单位成本", "Unit cost", width=14, number=True),
    Column("note", "备注", "Note", width=30),
)
STOCK_COLUMNS = (
    Column("code", "物料编码", "Code", width=12),
    Column("name", "物料名称", "Name", width=32),
    Column("unit", "单位", "Unit", width=8),
    Column("place", "存放地点", "Place", width=20),
    Column("quantity", "库存数量", "In stock", width=14, number=True),
    Column("note", "备注", "Note", width=30),
)
MOVE_COLUMNS = (
    Column("at", "时间", "When", width=18),
    Column("kind", "出入库", "In or out", width=10),
    Column("place", "存放地点", "Place", width=20),
    Column("quantity", "数量", "Quantity", width=12, number=True),
    Column("left", "结存", "Left", width=12, number=True),
    Column("recipient", "领用人", "Taken for", width=16),
    Column("purpose", "用途", "Purpose", width=36),
    Column("case", "单据", "Case", width=20),
    Column("document", "入库单", "Stock receipt", width=24),
    Column("by", "经办人", "Entered by", width=14),
)
MERGED_COLUMNS = (
    Column("manager", "大客户经理", "Account manager", width=14),
    Column("number", "行号", "Line", width=8, number=True),
    Column("customer", "客户", "Customer", width=30),
    Column("product", "产品", "Product", width=30),
    Column("quantity", "计划数量", "Planned quantity", width=12, number=True),
    Column("price", "单价", "Price", width=12, number=True),
    Column("floor_price", "底价", "Floor price", width=12, number=True),
    Column("amount", "计划金额", "Planned amount", width=14, number=True),
    Column("payment_due", "预计回款日", "Payment expected", width=14),
    Column("before", "上月计划", "Last month's plan", width=14, number=True),
    Column("difference", "较上月", "Difference", width=14, number=True),
    Column("before_actual", "上月实绩", "Last month sold", width=14, number=True),
    Column("note", "备注", "Note", width=30),
)
ACTUAL_COLUMNS = (
    Column("line", "行号", "Line", needed=True, width=8),
    Column("manager", "大客户经理", "Account manager", width=14),
    Column("customer", "客户", "Customer", width=30),
    Column("product", "产品", "Product", width=30),
    Column("quantity", "计划数量", "Planned quantity", width=12, number=True),
    Column("price", "单价", "Price", width=12, number=True),
    Column("amount", "计划金额", "Planned amount", width=14, number=True),
    Column("payment_due", "预计回款日", "Payment expected", width=14),
    Column("actual_quantity", "实际数量", "Actual quantity", width=12, number=True),
    Column("actual_amount", "实际金额", "Actual amount", width=14, number=True),
    Column("actual_payment", "实际回款", "Paid", width=14, number=True),
)
