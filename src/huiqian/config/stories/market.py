"""What the demo company's key account managers meet out there: rivals, prices, what customers need. All made up."""

from typing import Any

RIVALS = (
    ("清风环境", "QF-350 全热交换新风机", "成交价、返点、交货期"),
    ("朗格新风", "LG-400 静音新风机", "成交价、噪声实测值"),
    ("沐氧科技", "MY-800 商用机组", "工程价、质保年限"),
)

# Each manager's task in a market research.
TASKS = {
    "key_account_manager_1": "走访苏州、南京经销商各 2 家和杭州云栖置业在建项目 1 个",
    "key_account_manager_2": "走访上海机电总包单位 3 家，合肥装饰公司 2 家",
    "key_account_manager_3": "拜访武汉、长沙、郑州的学校后勤部门和开发商共 6 家",
    "key_account_manager_4": "拜访北京总包单位 2 家，天津医院基建科 1 家",
    "key_account_manager_5": "走访广州、深圳装饰公司和经销商共 5 家",
}

# Each manager's sheet: how, then rivals (who, what, price, policy, source), then needs (who, what, how much, when).
SHEETS: dict[str, tuple[str, tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]] = {
    "key_account_manager_1": (
        "走访苏州、南京经销商 4 家，杭州项目 1 个，面谈 9 人",
        (("清风环境", "QF-350 全热交换新风机", "3980", "年返点 5%，样机半价", "苏州经销商报价单"),
         ("朗格新风", "LG-400 静音新风机", "4520", "首批满 20 台送滤芯一套", "南京门店标价")),
        (("杭州云栖置业有限公司", "卧室夜间噪声不高于 28 dB，接入智能家居", "二期 420 台", "2027 年一季度", "high"),
         ("苏州恒暖建材有限公司", "希望有 2,500 元以下的壁挂机型走零售", "每月 30 台", "即可", "middle")),
    ),
    "key_account_manager_2": (
        "走访上海总包 3 家，合肥装饰公司 2 家，参加招标答疑 1 场",
        (("清风环境", "QF-350 全热交换新风机", "4050", "工程款账期 90 天", "上海某总包比价表"),
         ("沐氧科技", "MY-800 商用机组", "9900", "质保 3 年，含首年保养", "招标公示")),
        (("上海弘远机电工程有限公司", "办公楼改造，带旁通，高度不超过 400 毫米", "约 60 台", "2027 年上半年", "high"),
         ("合肥居安装饰工程有限公司", "需要安装班组的现场指导", "每季度一次", "持续", "middle")),
    ),
    "key_account_manager_3": (
        "拜访学校后勤处 4 家，开发商 1 家，经销商 1 家",
        (("清风环境", "QF-350 全热交换新风机", "3920", "学校项目另给 3% 设计费", "郑州经销商口述"),
         ("沐氧科技", "MY-800 商用机组", "9680", "包安装，分三期付款", "武汉某学校合同附件")),
        (("武汉江城第三小学", "教室集中控制，滤芯更换要有提醒，暑期施工", "48 间教室", "2027 年暑期", "high"),
         ("长沙星湖置业集团有限公司", "样板间先行，验收噪声值写入合同", "首期 200 台", "2027 年二季度", "high"),
         ("郑州中原环境科技有限公司", "滤芯交期压到 7 天以内", "每月 120 套", "即可", "middle")),
    ),
    "key_account_manager_4": (
        "拜访北京总包 2 家，天津医院基建科 1 家，电话访谈 5 家",
        (("朗格新风", "LG-400 静音新风机", "4480", "免费送至工地", "北京总包采购员"),
         ("沐氧科技", "MY-800 商用机组", "10200", "医院项目配消毒模块", "产品彩页与报价")),
        (("天津海河医院", "病房楼改造，需高效滤芯和压差显示", "86 间病房", "2027 年三季度", "high"),
         ("北京朗润建设工程有限公司", "按月对账，希望给项目经理级折扣权限", "全年约 300 台", "持续", "middle")),
    ),
    "key_account_manager_5": (
        "走访广州、深圳装饰公司 3 家，经销商 2 家",
        (("清风环境", "QF-350 全热交换新风机", "3860", "华南区阶梯返点，满 100 台 7%", "深圳经销商政策文件"),
         ("朗格新风", "LG-400 静音新风机", "4390", "配防潮风管", "广州展厅")),
        (("广州南粤装饰设计有限公司", "回南天除湿需求强，问有没有除湿型", "每年约 150 台", "2027 年春季前", "high"),
         ("深圳鹏程暖通有限公司", "面板希望支持粤港澳主流智能家居平台", "每月 40 只", "即可", "low")),
    ),
}  # fmt: skip
# Who takes over a manager's customers goes where that manager went.
TASKS["key_account_manager_6"], SHEETS["key_account_manager_6"] = (
    TASKS["key_account_manager_4"], SHEETS["key_account_manager_4"],
)  # fmt: skip


def sheet(login: str, begins: str, ends: str, **more: Any) -> dict[str, Any]:
    """A manager's 市场信息收集表 about the days from `begins` to `ends`."""
    how, rivals, needs = SHEETS[login]
    return {
        "researched_in": {"start": begins, "end": ends},
        "researched_how": how,
        "competitors": [
            dict(zip(("competitor", "product", "price", "policy", "source"), row, strict=True)) for row in rivals
        ],
        "needs": [dict(zip(("client", "need", "amount", "when", "weight"), row, strict=True)) for row in needs],
        **more,
    }


# What people say who answer a research's questionnaire: who they are, how satisfied, what is good and what is not,
# what matters most, what one unit may cost, and sometimes a word of their own.
VOICES = (
    ("owner", "4", "noise", "price noise", "4800", "卧室夜里还是听得到风声。"),
    ("owner", "5", "", "noise efficiency", "5200", ""),
    ("owner", "3", "noise service", "noise service", "4500", "换滤芯要等一个多星期。"),
    ("developer", "4", "noise", "noise price control", "4300", "希望噪声实测值写进合同。"),
    ("developer", "3", "noise energy", "noise price", "4100", "样板间验收时业主抱怨过噪声。"),
    ("contractor", "4", "service", "price service", "4200", "图纸能给到吊装节点就更好了。"),
    ("contractor", "4", "", "price efficiency", "4000", ""),
    ("dealer", "4", "noise", "price brand", "3900", "竞品返点更直接。"),
    ("dealer", "5", "", "price brand service", "4000", ""),
    ("institution", "4", "energy", "efficiency control", "5000", "教室需要集中控制和滤芯提醒。"),
    ("institution", "2", "noise service", "noise service", "4600", "上课时噪声明显，报修两天才到。"),
    ("owner", "4", "", "efficiency noise", "5500", ""),
)
