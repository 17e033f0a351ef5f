"""What the demo company's researches find, and how what they recommend is promoted."""

from huiqian.config.stories.fieldwork import Findings
from huiqian.config.stories.promotion import Ideas

NOISE = Findings(
    instructions="每个客户写明卧室夜间噪声的要求和实测值；竞品写明成交价和噪声标称值，附信息来源。", answers=34,
    training="竞品成交价和噪声值的核实方法",
    sent_back=("key_account_manager_3", "成交价只有口头信息，请补报价单或合同。"),
    summary="精装房卧室夜间噪声要求普遍为 28 dB 以内，350 风量段没有机型稳定达标；客户愿为静音机型多付 8%–10%。",
    competitor_analysis="朗格 LG-400 主打静音，实测 31 dB，价格高 6%；清风以降价换渠道，噪声没有改善。",
    needs_analysis="精装房开发商合计储备约 620 台，均把噪声值写入合同；学校更看重集中控制。",
    survey_analysis="噪声是被访者最看重的一项，也是满意度最低的一项。",
    own_research="对 3 处样板间夜间实测，现有 HX-350 在 2 档为 32–34 dB，加减振吊架后为 28–29 dB。",
    conclusions="应在 350 风量段补一款静音机型，目标 2 档 26 dB，并把减振吊架列为标配。",
    product="XF-350 静音新风机",
    recommendations="以精装房开发商为首批客户，配减振吊架和软连接成套销售，明年一季度首批供货；样板间先行。",
)  # fmt: skip

QUIET = Ideas(
    notes="请着重回答三个问题：首年能卖多少台、样板间怎么做、噪声怎么承诺。",
    targets={
        "key_accounts": "首年签约精装房开发商 6 家，销售 2,400 台。", "projects": "样板间 4 处，一次验收合格。",
        "technical": "2 档噪声不高于 26 dB，返修率低于 0.5%。",
    },
    strategy={
        "key_accounts": "先拿下云栖二期和星湖首期，再以实测案例带动同区域客户。",
        "projects": "与设计院合作把减振吊装节点写进标准图。", "technical": "以第三方检测报告和现场实测数据说话。",
    },
    actions={
        "key_accounts": (("邀请重点客户听样机", 10, 40, "刘洋", "36000.00"), ("云栖二期样板间谈判",
        12, 35, "刘洋", "8000.00")),
        "projects": (("四处样板间安装与实测", 15, 60, "郑凯", "64000.00"),),
        "technical": (("委托第三方噪声检测", 8, 30, "陈博", "28000.00"),),
    },
    audience="华东、华中的精装房开发商及其总包单位。",
    guidance="每位大客户经理每月至少推荐意向客户 2 家；首批按 HX-350 工程价上浮 8% 报价，不单独打折。",
    material="产品彩页 2,000 份、噪声对比检测报告、样机听音展架 2 套。",
    refused_by="technical_director", refusal="26 dB 的测试条件没有写明，对外承诺有风险，请写清楚。",
    revised="首年签约开发商 6 家，销售 2,400 台；样板间 4 处；2 档、1 米处 26 dB（第三方检测）；返修率低于 0.5%。",
    handling="技术总监的意见已采纳，测试条件写入指导书；总经理要求的每月通报从本月开始。",
)  # fmt: skip

EAST = Findings(
    instructions="每家经销商写明主推品牌、成交价、返点和账期；工程项目写明总包、品牌短名单和交货时间。",
    left_out={"key_account_manager_5": "负责华南区，本次调研不涉及。"},
    summary="华东经销渠道的价格带整体下移约 6%，返点由年返改季返；工程渠道以账期和交付取胜，明年储备项目约 3,100 台。",
    competitor_analysis="清风环境季度返点 5% 加样机半价；沐氧科技以 3 年质保进入学校和医院。",
    needs_analysis="总包普遍要求按项目对账、分批送货；经销商希望滤芯交期压到 7 天。",
    own_research="查阅半年内公开招标 60 项，我方入围 22 项、中标 9 项，失分主要在业绩和交付承诺。",
    conclusions="明年渠道政策应改为季度返点，滤芯设安全库存；商用机组需补一套学校、医院的投标业绩材料。",
    product="HX-800 学校与医院方案包",
    recommendations="把 HX-800 与集中控制、滤芯年包组合成方案包，先做学校和医院两类标杆，配套投标材料。",
)  # fmt: skip

PACKAGE = Ideas(
    notes="方案包包含机组、集中控制和滤芯年包，请各部门就定价方式、交付和投标材料提意见。",
    targets={
        "key_accounts": "明年投标 20 个，中标 8 个，机组 260 台。", "projects": "单校 15 天内装完，暑期并行 6 所。",
        "technical": "集控软件支持按运行时数提醒换滤芯。",
    },
    strategy={
        "key_accounts": "以江城三小和海河医院为标杆，组织同行参观。", "projects": "预装风管和吊架，缩短现场工期。",
        "technical": "软件、硬件打包认证，提供检测报告。",
    },
    actions={
        "key_accounts": (("编制投标业绩材料", 5, 25, "何静", "12000.00"), ("组织标杆参观两场", 20, 50, "罗晨",
        "18000.00")),
        "projects": (("编制暑期施工组织方案", 8, 30, "郑凯", "6000.00"),),
        "technical": (("集控软件 1.5 版发布", 10, 45, "陈博", "42000.00"),),
    },
    audience="华东、华中的公立学校和二级以上医院。",
    guidance="投标一律以方案包报价，不拆分；滤芯年包按面价八折计入。",
)  # fmt: skip

SCHOOLS = Findings(
    instructions="每所学校写明在招或拟招项目、评分办法、业绩要求和施工窗口；竞品写明投标价。",
    left_out={"key_account_manager_5": "华南区下半年没有在招学校项目。"},
    special={
        "key_account_manager_1": "苏州、杭州两地由区教育局统一招标，节能占 15 分。",
        "key_account_manager_2": "上海以街镇为单位询价，合肥看重本地售后网点。",
        "key_account_manager_3": "武汉、郑州要求三年内同类业绩 3 项，施工只能在暑期。",
        "key_account_manager_4": "北京要求配备集中监控接口，医院与学校评分办法相近。",
        "key_account_manager_6": "北京要求配备集中监控接口，医院与学校评分办法相近。",
    },
    summary="公立学校改造集中在暑期，评分中节能和业绩合计 35 分，投标价集中在 9,600–10,200 元一台。",
    own_research="分析 10 份招标文件，教室按 45 人、每人 20 m³/h 核定风量，HX-800 一间一台可满足。",
    conclusions="我方 HX-800 现行工程价难以入围，业绩材料零散，应尽快整理并评估项目价。",
    product="HX-800 学校专用型",
    recommendations="评估学校项目价；整理三年业绩材料；暑期前备货 200 台。",
)  # fmt: skip
