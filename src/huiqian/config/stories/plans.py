"""What the demo company's researches are about: each 市场调研策划书 with its own purpose, methods, steps and sums."""

from dataclasses import dataclass
from typing import Any

from huiqian.config.stories.telling import day

Step = tuple[str, str, int, int, str]
Cost = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """A research plan; steps are (stage, work, from, to in days, in charge), costs (item, note, quantity, price)."""

    topic: str
    kind: str
    content: tuple[str, ...]
    purpose: str
    methods: tuple[str, ...]
    approach: str
    steps: tuple[Step, ...]
    costs: tuple[Cost, ...]
    special: str = ""

    def values(self) -> dict[str, Any]:
        """As the form takes it, from today on."""
        last = max(step[3] for step in self.steps)
        special = {"special_description": self.special} if self.special else {}
        return {
            "topic": self.topic, "kind": self.kind, "content": list(self.content), "purpose": self.purpose,
            "methods": list(self.methods), "approach": self.approach, "period": {"start": day(),
            "end": day(last + 5)},
            "schedule": [
                {"stage": stage, "work": work, "begins": day(begins), "ends": day(ends), "in_charge": who}
                for stage, work, begins, ends, who in self.steps
            ],
            "budget": [
                dict(zip(("item", "note", "quantity", "price"), cost, strict=True)) for cost in self.costs
            ],
            **special,
        }  # fmt: skip


NOISE = Plan(
    topic="", kind="regular", content=("competitors", "customer_needs"), purpose="",
    methods=("questionnaire", "interview", "site_visit"),
    approach="向近两年成交客户发放线上问卷，回收 30 份以上；夜间实测样板间 3 处；访谈项目经理 10 人。",
    steps=(
        ("准备", "编制问卷，校准声级计", 1, 6, "王丽"), ("实施", "发放问卷，样板间夜间实测", 7, 24, "刘洋"),
        ("分析", "汇总数据，编写报告", 25, 32, "王丽"),
    ),
    costs=(
        ("样板间夜间实测", "3 处，含声级计租用", "3", "1600.00"), ("差旅", "杭州、上海、长沙", "6", "850.00"),
        ("问卷答谢", "每份一张咖啡券", "40", "30.00"),
    ),
)  # fmt: skip

EAST = Plan(
    topic="2027 年度华东区新风系统市场调研", kind="annual", content=("competitors", "customer_needs"),
    purpose="摸清华东区经销、工程两条渠道的价格带、返点政策和明年项目储备，作为 2027 年产品线和渠道政策的依据。",
    methods=("interview", "site_visit", "desk"),
    approach="走访苏、浙、沪、皖经销商 24 家；查阅近半年公开招标 60 项；约谈总包采购负责人 12 人。",
    steps=(
        ("准备", "整理经销商名单，设计收集表", 2, 9, "王丽"), ("实施", "四省走访、约谈", 10, 40, "孙洁"),
        ("分析", "价格带与渠道政策分析", 41, 50, "王丽"),
    ),
    costs=(
        ("经销商走访差旅", "4 省 24 家，2 人 × 12 天", "24", "1450.00"), ("招标信息服务", "半年期", "1", "6800.00"),
        ("采购负责人座谈", "12 人，两场", "2", "4200.00"),
    ),
)  # fmt: skip

SCHOOLS = Plan(
    topic="学校项目新风需求月度调研", kind="monthly", content=("competitors", "customer_needs", "special"),
    special="摸清公立学校新风项目的招标评分办法、业绩要求和施工窗口。",
    purpose="下半年学校改造集中立项，需弄清教室新风的配置标准、预算来源和决策流程。",
    methods=("interview", "site_visit"),
    approach="拜访学校后勤处和教育局基建科 8 家，收集在招文件 10 份，问卷线上 120 份。",
    steps=(
        ("准备", "整理在招项目名单", 1, 5, "王丽"), ("实施", "拜访学校和教育局", 6, 24, "何静"),
        ("分析", "归纳评分办法和配置标准", 25, 30, "王丽"),
    ),
    costs=(("拜访差旅", "武汉、长沙、郑州、合肥", "8", "1200.00"), ("招标文件购买", "", "10", "300.00")),
)  # fmt: skip

CARE_HOMES = Plan(
    topic="养老机构新风需求摸底", kind="regular", content=("customer_needs",),
    purpose="了解养老机构对空气品质的要求，判断是否值得开发专用机型。",
    methods=("interview",), approach="电话访谈苏、浙两省养老机构 15 家，实地走访 3 家。",
    steps=(("实施", "访谈与走访", 3, 20, "吴涛"), ("分析", "编写摸底报告", 21, 25, "王丽")),
    costs=(("走访差旅", "3 家", "3", "900.00"),),
)  # fmt: skip

VISITORS = Plan(
    topic="展会访客回访调研", kind="regular", content=("customer_needs",),
    purpose="回访制冷展上留下联系方式的 86 位访客，了解采购时间和选型标准，筛出重点跟进名单。",
    methods=("interview",), approach="电话回访 86 位访客，约见意向客户 10 家。",
    steps=(("实施", "电话回访", 2, 12, "林晓雯"), ("分析", "整理意向名单", 13, 16, "王丽")),
    costs=(("约见差旅", "广州、深圳、上海", "10", "650.00"),),
)  # fmt: skip

PRICES = Plan(
    topic="新风主机竞争对手价格专项调研", kind="major", content=("competitors", "special"),
    special="核实清风环境、朗格新风在工程渠道的真实成交价和账期。",
    purpose="两家主要对手接连调价，明年框架协议谈判前必须掌握真实成交价。",
    methods=("interview", "desk", "agency"),
    approach="委托第三方比价 40 组；约谈总包采购 8 人；分析近三个月中标公告。",
    steps=(
        ("准备", "确定比价型号清单", 2, 6, "王丽"), ("实施", "第三方比价与约谈", 7, 28, "孙洁"),
        ("分析", "编写专项报告", 29, 35, "王丽"),
    ),
    costs=(("第三方比价", "40 组", "40", "680.00"), ("采购约谈", "8 人", "8", "900.00")),
)  # fmt: skip
