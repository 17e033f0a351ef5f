"""The demo company's customers speak: about noise, prices, filters, installation. Made up, every one."""

from huiqian.config.stories.feedback import Voice

ONE, TWO, THREE, FOUR, FIVE = (f"key_account_manager_{number}" for number in range(1, 6))

NOISE = Voice(
    manager=ONE, customer="C-003", subject="精装房卧室夜间噪声偏大", kind="need", urgency="high", product="HX-350",
    contact="工程部 方敏", channel="site",
    content="云栖二期样板间 3 户卧室夜间实测 34–36 dB，业主不同意验收；方工问有没有更静的机型，二期还有 420 台。",
    wish="一周内给出整改办法，并说明有没有静音机型。",
    cause="吊装未加减振器，主管弯头过多；现有 350 机型在 2 档以上噪声高于住宅卧室要求。",
    measure="样板间加装减振吊架和软连接并复测；静音机型列入市场调研。", responsible="project_director",
    done="3 户已加装减振吊架和软连接，夜间复测 28 dB。", closed="方工确认样板间通过，二期等静音机型的消息。",
    note="先查安装方式，再谈机型。", seed="research", seed_note="精装房卧室静音需求明显，请列入调研并评估新机型。",
)  # fmt: skip

RIVAL = Voice(
    manager=ONE, customer="C-001", subject="清风环境 350 机型经销价下调", kind="competitor", urgency="high",
    product="HX-350", contact="总经理 顾晓东", channel="visit",
    content="清风环境 QF-350 对经销商成交价降到 3,980 元，另有 5% 年返点；恒暖本月已丢 2 单，要求我们跟进。",
    wish="九月前明确新的经销价。", cause="对手以返点加降价换渠道，我方经销价 4,280 元缺乏竞争力。",
    measure="评估 HX-350 经销价，本周提交定价申请；先给恒暖批 3% 临时折扣。", responsible="key_account_director",
    done="已给恒暖批临时折扣，并通报华东其他经销商。", closed="顾总表示可以等新价格，先不进清风的货。",
    seed="pricing", seed_note="请评估 HX-350 经销价下调 150 元左右。",
)  # fmt: skip

FILTERS = Voice(
    manager=FOUR, customer="C-010", subject="病房楼到货漏装高效滤芯 6 台", kind="quality", urgency="critical",
    product="HX-500", contact="基建科 邢主任", channel="site",
    content="第二批 40 台到货验收，6 台未装 H13 滤芯，院感科要求当日解释，否则停止安装。",
    wish="两天内补齐并给出书面说明。", cause="出库检验漏查滤芯工位，装箱单与实物不符。",
    measure="当天从上海仓调 8 套滤芯送到现场；出库检验增加称重一项。", responsible="project_director",
    done="8 套滤芯当晚到现场，6 台补装完毕并拍照。", unsolved="邢主任要求补一份带公章的书面说明。",
    done_again="书面说明已盖章寄出，并附称重检验的新作业单。", closed="院感科收到说明，同意继续安装。",
)  # fmt: skip

LATE_FILTERS = Voice(
    manager=THREE, customer="C-008", subject="滤芯交期从 7 天拖到 16 天", kind="delivery", product="LX-H13",
    contact="石磊", content="连续两批滤芯晚到，终端用户催换滤芯，石总担心旺季断货。",
    wish="给出固定交期并备安全库存。",
    cause="滤纸供应商换线，采购未及时通报；没有按月设安全库存。",
    measure="滤芯按月设 300 套安全库存，缺货提前一周通报经销商。",
    responsible="purchasing_officer", done="已与两家滤纸供应商签季度订单，安全库存 300 套入账。",
    closed="石总认可，10 月起按周要货。",
)  # fmt: skip

PANEL = Voice(
    manager=FIVE, customer="C-012", subject="面板连不上双频路由器", kind="quality", product="KZ-02", contact="曾伟",
    channel="call", content="深圳 4 户业主反映 KZ-02 面板只认 2.4 GHz，换路由器后连不上。",
    cause="固件 1.3 版不支持双频合一的路由器。", measure="发布 1.4 版固件，可在线升级；先给 4 户寄出已升级的面板。",
    responsible="technical_director", done="1.4 版固件已发布，4 户面板已更换。", closed="曾总回访 4 户均正常。",
)  # fmt: skip

CREW = Voice(
    manager=TWO, customer="C-005", subject="安装班组不会做风管软连接", kind="service", product="HX-350",
    contact="汪洋",
    channel="visit", content="居安新招的两个班组没装过全热交换机，软连接漏风，已有 2 户返工。",
    wish="安排一次现场培训。",
    cause="经销商新班组未参加过安装培训。", measure="技术部先派人到场指导 1 天，再安排系统培训。",
    responsible="technical_director", done="已到场指导 1 天，2 户返工合格。", closed="汪总满意，希望尽快安排培训。",
    seed="training", seed_note="请为居安两个班组安排软连接实操培训。",
)  # fmt: skip

DRAWINGS = Voice(
    manager=TWO, customer="C-004", subject="需要带吊装节点的 CAD 图块", kind="service", product="HX-800",
    contact="陆海峰", content="设计院催图，现有图块没有吊装节点和检修口尺寸。", cause="图库两年未更新。",
    measure="更新 HX-800、HX-1500 的 CAD 与 BIM 图块。", responsible="technical_director",
    done="新版图块已发设计院，并挂到官网下载页。", closed="陆工确认图纸通过审图。",
)  # fmt: skip

SCHOOL = Voice(
    manager=THREE, customer="C-006", subject="教室滤芯更换希望有提醒", kind="need", product="HX-800",
    contact="胡老师",
    channel="visit", content="48 间教室逐台看滤芯太费事，希望集中面板能提示哪间该换。",
    cause="集中控制器没有按运行时数提示。", measure="在下一版集控软件中加入按时数提醒；先送一份更换台账表。",
    responsible="technical_director", done="台账表已送到，软件需求已列入 1.5 版。", closed="胡老师同意先用台账表。",
)  # fmt: skip

PAYMENT = Voice(
    manager=FOUR, customer="C-009", subject="希望对账单按项目拆分", kind="service", contact="白雪",
    content="朗润五个项目合在一张对账单里，财务核对困难，付款因此推迟。", cause="对账单按客户汇总，不带项目号。",
    measure="对账单增加项目号，按项目分页。", responsible="finance_manager",
    done="本月起按项目出对账单，已补发 9、10 月的。",
    closed="白工确认，推迟的两笔款已付。",
)  # fmt: skip

HUMID = Voice(
    manager=FIVE, customer="C-011", subject="回南天出风口滴水", kind="quality", urgency="high", product="HX-350",
    contact="梁嘉敏", channel="site", content="白云区 2 户回南天出风口凝露滴水，吊顶起泡。",
    cause="室外新风直接进入低温送风段，未设凝水盘。", measure="加装凝水盘和保温套管，华南区出货默认带保温套管。",
    responsible="project_director", done="2 户已加装并修补吊顶。", closed="业主签字确认，梁工要一份华南安装要点。",
)  # fmt: skip

BYPASS = Voice(
    manager=TWO, customer="C-004", subject="过渡季旁通不自动打开", kind="quality", urgency="high", product="HX-800",
    contact="陆海峰", channel="site", content="办公楼 4 台机组室外 18℃ 时旁通不动作，室内偏热，物业投诉。",
    cause="", measure="", responsible="technical_director", done="", closed="", note="请先远程看参数，再定是否到场。",
)  # fmt: skip

LEAK = Voice(
    manager=THREE, customer="C-007", subject="样板间机组漏风，下周甲方验收", kind="quality", urgency="critical",
    product="HX-500", contact="彭志刚", channel="site", content="星湖样板间 1 台 HX-500 机壳接缝漏风，甲方周三验收。",
    wish="验收前更换整机。", cause="", measure="", responsible="", done="", closed="",
)  # fmt: skip

# What managers report after a month's sales, by their place in the months; who has nothing to report says so.
AFTER_SALES = (
    (LATE_FILTERS, PANEL), (DRAWINGS, PAYMENT, HUMID), (SCHOOL,),
)  # fmt: skip
