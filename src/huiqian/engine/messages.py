"""Every sentence the engine says, in Chinese and English: what is wrong, and what to do instead."""

# ruff: noqa: E501 - a sentence stays on its line

from collections.abc import Mapping

_FILE: Mapping[str, tuple[str, str]] = {
    "at": ("“{name}”（{element}）：", "“{name}” ({element}): "),
    "xml-size": (
        "文件超过 {detail} MB。请拆成几个流程。",
        "The file is larger than {detail} MB. Split it into several processes.",
    ),
    "xml-depth": (
        "第 {line} 行嵌套超过 {detail} 层。请减少嵌套。",
        "Line {line} is nested more than {detail} levels deep. Nest less.",
    ),
    "elements-many": (
        "流程有 {count} 个元素，最多 {limit} 个。请把一部分移到另一个流程，用调用活动引用。",
        "The process has {count} elements; {limit} is the most. Move a part into another process and call it.",
    ),
    "xml-elements": (
        "文件的元素超过 {detail} 个。请拆成几个流程。",
        "The file has more than {detail} elements. Split it into several processes.",
    ),
    "xml-doctype": (
        "第 {line} 行有 DTD（<!DOCTYPE>）。出于安全不接受，请删去。",
        "Line {line} has a DTD (<!DOCTYPE>), which is not accepted for safety. Remove it.",
    ),
    "xml-syntax": (
        "第 {line} 行不是合格的 XML（{detail}）。请用建模工具重新导出。",
        "Line {line} is not well-formed XML ({detail}). Export the file from the modeler again.",
    ),
    "not-bpmn": (
        "根元素是 {tag}，不是 BPMN 2.0 的 definitions。请上传 BPMN 2.0 文件。",
        "The root is {tag}, not BPMN 2.0's definitions. Upload a BPMN 2.0 file.",
    ),
    "no-process": ("文件里没有画出流程。请画出至少一个步骤。", "The file draws no process. Draw at least one step."),
    "processes": (
        "文件里有 {count} 个流程。请每个文件只放一个，其他泳池画成黑盒。",
        "The file has {count} processes. Keep one to a file, and draw other pools as black boxes.",
    ),
    "no-id": ("第 {line} 行的 {tag} 没有 id。请给它一个。", "The {tag} at line {line} has no id. Give it one."),
    "duplicate-id": (
        "id “{id}” 用了不止一次（第 {line} 行）。请改成唯一的。",
        "The id “{id}” is used more than once (line {line}). Make it unique.",
    ),
    "reference": (
        "{attribute} 指向 “{target}”，但文件里没有这样的元素。请补上或改正引用。",
        "{attribute} refers to “{target}”, which the file does not define. Add it or correct the reference.",
    ),
    "dangling": (
        "连线 {flow} 从 “{source}” 到 “{target}”，其中有元素不存在。请重新连接。",
        "The flow {flow} goes from “{source}” to “{target}”, and one of them does not exist. Connect it again.",
    ),
    "flow-across": (
        "连线 {flow} 通向 “{target}”，跨过了子流程的边界。请在子流程内部结束，再从子流程连出去。",
        "The flow {flow} leads to “{target}” across the border of a subprocess. End inside, and connect the subprocess itself.",
    ),
    "lane-reference": (
        "泳道 “{lane}” 里的 “{target}” 不存在。请从泳道中移除。",
        "The lane “{lane}” names “{target}”, which does not exist. Remove it from the lane.",
    ),
    "nesting": (
        "子流程嵌套超过 {limit} 层。请改用调用活动。",
        "Subprocesses are nested more than {limit} levels deep. Use call activities.",
    ),
    "element": (
        "不支持 {tag}。{instead}",
        "{tag} is not supported. {instead}",
    ),
    "child": (
        "它里面的 {tag} 不会执行，所以不接受。请删去，数据从表单和变量读取。",
        "The {tag} inside it would not be executed and is not accepted. Remove it; data is read from forms and variables.",
    ),
    "compensation": (
        "不支持补偿（isForCompensation）。请把撤销的工作画成普通步骤。",
        "Compensation (isForCompensation) is not supported. Draw the undoing as ordinary steps.",
    ),
    "foreign": (
        "{tag}（{space}）是别的工具的扩展，不起作用。",
        "{tag} ({space}) is another tool's extension and has no effect.",
    ),
    "trigger": ("不支持 {tag}。{instead}", "{tag} is not supported. {instead}"),
    "triggers": (
        "一个事件有几个事件定义。请拆成几个事件。",
        "One event has several event definitions. Draw several events.",
    ),
    "trigger-reference": (
        "不支持引用事件定义（eventDefinitionRef）。请把事件定义写在事件里。",
        "References to event definitions (eventDefinitionRef) are not supported. Put the definition into the event.",
    ),
    "trigger-here": (
        "{kind} 事件不能用在 {tag} 上。请换一种事件。",
        "A {kind} event cannot stand on a {tag}. Choose another event.",
    ),
    "trigger-missing": (
        "没有说明等待什么事件。请选定时、消息或信号。",
        "It does not say which event it waits for. Choose a timer, a message or a signal.",
    ),
    "instead": ("请用支持的元素画出同样的意思。", "Draw the same meaning with a supported element."),
    "instead-task": (
        "请改成用户任务（由人办理）或服务任务（由系统办理）。",
        "Make it a user task (done by people) or a service task (done by the product).",
    ),
    "instead-scriptTask": (
        "图里不运行脚本。请改用业务规则任务、网关条件或表单的计算字段。",
        "Diagrams run no scripts. Use a business rule task, conditions on gateways, or computed fields of a form.",
    ),
    "instead-complexGateway": (
        "请改用包容网关，或带完成条件的多实例。",
        "Use an inclusive gateway, or a multi-instance with a completion condition.",
    ),
    "instead-transaction": ("请改用普通子流程加错误边界事件。", "Use a subprocess with an error boundary event."),
    "instead-adHocSubProcess": (
        "请改用并行网关，或多实例。",
        "Use a parallel gateway, or a multi-instance.",
    ),
    "instead-subChoreography": ("请改用流程图。", "Draw a process instead."),
    "instead-conditionalEventDefinition": (
        "请改用网关条件，或由改变数据的一方发消息。",
        "Use a condition on a gateway, or a message from whoever changes the data.",
    ),
    "instead-compensateEventDefinition": (
        "请把撤销的工作画成普通步骤。",
        "Draw the undoing as ordinary steps.",
    ),
    "instead-cancelEventDefinition": ("请改用错误事件。", "Use an error event."),
}

_GRAPH: Mapping[str, tuple[str, str]] = {
    "expression": ("表达式 “{text}” 有误：{why}", "The expression “{text}” is wrong: {why}"),
    "expression-language": (
        '表达式的语言是 “{language}”。请写 FEEL（language="feel"）。',
        'The expression\'s language is “{language}”. Write FEEL (language="feel").',
    ),
    "hq-attribute": (
        "{tag} 没有 hq:{attribute} 这个设置。是不是 {nearest}？",
        "{tag} has no setting hq:{attribute}. Did you mean {nearest}?",
    ),
    "hq-row": ("这里没有 hq:{tag}。是不是 {nearest}？", "There is no hq:{tag} here. Did you mean {nearest}?"),
    "hq-value": (
        "hq:{attribute} 的值 “{value}” 不对。可以写：{may}。",
        "The value “{value}” of hq:{attribute} is wrong. It may be: {may}.",
    ),
    "hq-missing": ("{tag} 缺少 {attribute}。请补上。", "{tag} lacks {attribute}. Add it."),
    "hq-target": (
        "hq:{attribute} 指向 “{target}”，它不是本流程里的步骤。请改成步骤的 id。",
        "hq:{attribute} names “{target}”, which is no step of this process. Write the id of a step.",
    ),
    "no-position": (
        "没有说明由谁办理。请把它放进有岗位（hq:position）的泳道，或写 hq:assignee。",
        "It does not say who does it. Put it into a lane with a position (hq:position), or write hq:assignee.",
    ),
    "process-start": ("流程没有开始事件。请加一个。", "The process has no start event. Add one."),
    "process-starts": (
        "有几个普通开始事件。请只留一个，其他的写明事件。",
        "There are several plain start events. Keep one, and give the others an event.",
    ),
    "subprocess-start": (
        "子流程里有 {count} 个开始事件。请正好画一个。",
        "The subprocess has {count} start events. Draw exactly one.",
    ),
    "start-inside": (
        "子流程里的开始事件不能带事件。请用普通开始事件，或改成事件子流程。",
        "A start event inside a subprocess carries no event. Make it plain, or make this an event subprocess.",
    ),
    "start-trigger": (
        "流程不能由 {kind} 事件开始。请用消息、定时或信号。",
        "A process cannot start by a {kind} event. Use a message, a timer or a signal.",
    ),
    "event-start-plain": (
        "事件子流程的开始事件没有说明是什么事件。请选一种。",
        "The start of an event subprocess does not say which event. Choose one.",
    ),
    "event-subprocess-flow": (
        "事件子流程由事件开始，不能有连线。请删去连线。",
        "An event subprocess begins by its event and has no flows. Remove them.",
    ),
    "event-subprocess-bare": (
        "事件子流程不能带边界事件或循环。请放到它里面的步骤上。",
        "An event subprocess carries no boundary events and no loop. Put them on the steps inside.",
    ),
    "error-interrupts": (
        "错误总是中断的。请改成中断，或用升级事件。",
        "An error always interrupts. Make it interrupting, or use an escalation.",
    ),
    "flow-in": ("不能有连线通向它。请删去。", "No flow may lead here. Remove it."),
    "flow-out": ("不能有连线从它出发。请删去。", "No flow may leave from here. Remove it."),
    "default-flow": (
        "这里不能以 “{flow}” 为默认连线：它不从这里出发，或这里不作选择。请重新选择。",
        "“{flow}” cannot be the default flow here: it does not leave from here, or nothing is chosen here. Choose again.",
    ),
    "flow-without-condition": (
        "连线 “{flow}” 没有条件。请写上条件，或把它设为默认。",
        "The flow “{flow}” has no condition. Give it one, or make it the default.",
    ),
    "flow-condition-idle": (
        "连线 “{flow}” 的条件在这里不起作用：只有任务、互斥和包容网关的出线可以有条件。请删去条件，或换一种网关。",
        "The condition of the flow “{flow}” has no effect here: only activities, exclusive and inclusive gateways ask conditions. Remove it, or use another gateway.",
    ),
    "no-default": (
        "没有默认连线：条件都不满足时流程会停住。请设一条默认连线。",
        "There is no default flow: where no condition holds the case stops. Make one flow the default.",
    ),
    "event-gateway-few": (
        "事件网关要有至少两条出线。请补上，或直接画事件。",
        "An event-based gateway needs at least two ways out. Add one, or draw the event alone.",
    ),
    "event-gateway-target": (
        "事件网关后面的 “{target}” 不等待事件。请接定时、消息、信号事件或接收任务。",
        "“{target}” behind the event-based gateway waits for no event. Connect a timer, message or signal event, or a receive task.",
    ),
    "event-gateway-shared": (
        "事件网关后面的 “{target}” 还有别的连线、边界事件或循环。请单独画一个。",
        "“{target}” behind the event-based gateway has other flows in, boundary events or a loop. Draw one for this gateway alone.",
    ),
    "boundary-host": (
        "边界事件所在的 “{host}” 不是任务或子流程。请放到一个任务或子流程上。",
        "The boundary event sits on “{host}”, which is no task or subprocess. Put it on one.",
    ),
    "boundary-across": (
        "边界事件和 “{host}” 不在同一个子流程里。请移到一起。",
        "The boundary event and “{host}” are not in the same subprocess. Move them together.",
    ),
    "message-name": ("没有说明是哪个消息。请选一个消息。", "It does not say which message. Choose one."),
    "signal-name": ("没有说明是哪个信号。请选一个信号。", "It does not say which signal. Choose one."),
    "error-code": ("没有说明是哪个错误。请选一个错误。", "It does not say which error. Choose one."),
    "error-uncaught": (
        "没有谁处理错误 “{thrown}”：案件会就此终止。",
        "Nobody handles the error “{thrown}”: the case ends with it.",
    ),
    "escalation-code": ("没有说明是哪个升级。请选一个升级。", "It does not say which escalation. Choose one."),
    "escalation-uncaught": (
        "没有谁处理升级 “{thrown}”：它不起作用。",
        "Nobody handles the escalation “{thrown}”: it has no effect.",
    ),
    "link-target": (
        "链接 “{link}” 有 {count} 个目标。请正好画一个同名的链接捕获事件。",
        "The link “{link}” has {count} targets. Draw exactly one catching link of its name.",
    ),
    "link-flow": (
        "链接代替连线，这一端不能再有连线。请删去。",
        "A link takes the place of a flow; it has none at this end. Remove it.",
    ),
    "timer-empty": (
        "没有说明时间。请写时长、日期或周期。",
        "It does not say when. Write a duration, a date or a cycle.",
    ),
    "timer-cycle": (
        "周期 “{text}” 不是 ISO 8601。请写成 R3/PT1H 这样。",
        "The cycle “{text}” is not ISO 8601. Write it like R3/PT1H.",
    ),
    "timer-cycle-here": (
        "周期只能用在不中断的边界事件、事件子流程和流程的开始。这里请写时长或日期。",
        "A cycle belongs on a non-interrupting boundary event, an event subprocess or the process's start. Write a duration or a date.",
    ),
    "loop-condition": (
        "循环没有条件，也没有最大次数。请写一个。",
        "The loop has neither a condition nor a maximum. Write one.",
    ),
    "loop-maximum": ("最大次数 “{value}” 应是 1 到 10000。", "The maximum “{value}” should be 1 to 10000."),
    "multi-count": (
        "多实例没有说明有几个。请写集合（hq:collection）或数量（loopCardinality）。",
        "The multi-instance does not say how many. Write a collection (hq:collection) or a loopCardinality.",
    ),
    "multi-behavior": (
        '不支持多实例的 behavior="{value}"。请删去。',
        'The multi-instance\'s behavior="{value}" is not supported. Remove it.',
    ),
    "call-process": (
        "没有说明调用哪个流程。请写 calledElement 或 hq:process。",
        "It does not say which process it calls. Write calledElement or hq:process.",
    ),
    "call-itself": (
        "它调用自己（{process}），没有尽头。请改用循环。",
        "It calls its own process ({process}) without end. Use a loop.",
    ),
    "call-circle": (
        "流程互相调用成环：{circle}。请断开其中一处。",
        "Processes call each other in a circle: {circle}. Break it at one place.",
    ),
    "unreachable": (
        "没有路通到这里。请连上，或删去。",
        "Nothing leads here. Connect it, or remove it.",
    ),
    "join-never": (
        "汇合等待的分支（{fork}）不会都到：每次只走其中一条。请改用互斥网关汇合。",
        "The join waits for ways ({fork}) that never both come: only one of them is taken. Join with an exclusive gateway.",
    ),
    "loop-endless": (
        "这里的循环没有等待，也没有出口：{circle}。请加一个步骤或一个条件。",
        "The loop here neither waits nor ends: {circle}. Add a step or a way out.",
    ),
}

_CASE: Mapping[str, tuple[str, str]] = {
    "no-way": (
        "没有一条连线的条件成立。请补全数据后重试，或请管理员移动案件。",
        "No flow's condition holds. Complete the data and retry, or have an administrator move the case.",
    ),
    "expression-failed": (
        "表达式算不出来：{why} 请改正数据后重试。",
        "An expression cannot be worked out: {why} Correct the data and retry.",
    ),
    "timer-value": (
        "“{value}” 不是时间。请改正数据后重试。",
        "“{value}” is no time. Correct the data and retry.",
    ),
    "members-list": (
        "多实例的集合 “{value}” 不是列表。请改正数据后重试。",
        "The multi-instance's collection “{value}” is no list. Correct the data and retry.",
    ),
    "members-count": (
        "多实例的数量 “{value}” 不是整数。请改正数据后重试。",
        "The multi-instance's number “{value}” is no whole number. Correct the data and retry.",
    ),
    "members-many": (
        "多实例超过 {limit} 个。请减少后重试。",
        "The multi-instance has more than {limit} members. Reduce them and retry.",
    ),
    "endless": (
        "流程在没有等待的循环里转。请改正条件后重试，或请管理员移动案件。",
        "The case runs in a loop without a wait. Correct the condition and retry, or have an administrator move the case.",
    ),
    "stuck": (
        "这里的汇合等不到其他分支了。请管理员移动案件。",
        "The join here waits for branches that can no longer come. Have an administrator move the case.",
    ),
    "failed": ("{error}：{message}", "{error}: {message}"),
    "not-started": ("案件还没有开始。", "The case has not begun."),
    "started": ("案件已经开始了。", "The case has begun already."),
    "ended": ("案件已经结束。", "The case is over."),
    "suspended": ("案件已暂停。请先恢复。", "The case is suspended. Resume it first."),
    "not-suspended": ("案件没有暂停。", "The case is not suspended."),
    "no-wait": (
        "案件不再等待 {wait}：已经有人办了，或流程已走开。请刷新。",
        "The case no longer waits for {wait}: somebody was faster, or it has moved on. Reload.",
    ),
    "other-wait": (
        "{wait} 等待的是别的（{kind}），不能这样答复。",
        "{wait} waits for something else ({kind}) and cannot be answered like this.",
    ),
    "other-version": (
        "案件停在 “{element}”，这个版本里没有它。请先迁移案件。",
        "The case stands at “{element}”, which this version does not have. Migrate the case first.",
    ),
    "no-start": (
        "流程没有这样的开始事件 {event}。",
        "The process has no such start event {event}.",
    ),
    "not-passed": (
        "这一轮还没有走过 “{to}”，不能退回到那里。请另选一步。",
        "“{to}” was not passed in this round, so the case cannot return there. Choose another step.",
    ),
    "ahead": (
        "“{to}” 在这一步之后，不能退回到那里。请另选一步。",
        "“{to}” comes after this step, so the case cannot return there. Choose another step.",
    ),
    "no-element": ("流程里没有 “{to}”。请另选。", "The process has no “{to}”. Choose another."),
    "into-loop": (
        "不能走进 “{element}” 里面，它要分别办理多次。请选它本身。",
        "The case cannot go into “{element}”, which is done several times over. Choose it itself.",
    ),
    "into-event": (
        "不能走进事件子流程 “{element}”。请另选一步。",
        "The case cannot go into the event subprocess “{element}”. Choose another step.",
    ),
    "not-awaited": (
        "案件不在等消息 “{name}”（{key}）。",
        "The case does not wait for the message “{name}” ({key}).",
    ),
    "no-handler": (
        "没有谁处理升级 “{escalation}”。请在流程图里画出处理它的事件。",
        "Nobody handles the escalation “{escalation}”. Draw an event that does.",
    ),
    "not-member": ("{wait} 不是多实例的一员。", "{wait} is no member of a multi-instance."),
    "not-taken-back": (
        "不能收回：后面的步骤已经有人动过了。请让后面的人退回。",
        "It cannot be taken back: somebody has acted on what came after. Ask them to return it.",
    ),
    "no-incident": ("{wait} 没有出错，不用重试。", "{wait} has no incident to retry."),
    "no-mapping": (
        "新版本里没有 “{element}”。请在对照表里说明它变成了哪一步。",
        "The new version has no “{element}”. Say in the mapping which step it becomes.",
    ),
    "mapping-kind": (
        "“{element}” 不能变成 “{target}”：一个是 {kind}，一个是 {other}。请另选一步。",
        "“{element}” cannot become “{target}”: one is a {kind}, the other a {other}. Choose another step.",
    ),
    "mapping-scope": (
        "“{target}” 所在的子流程和案件现在的位置不同。请另选一步。",
        "“{target}” is in another subprocess than where the case stands. Choose another step.",
    ),
}

SENTENCES: Mapping[str, tuple[str, str]] = {**_FILE, **_GRAPH, **_CASE}


def say(code: str, language: str, params: Mapping[str, str]) -> str:
    """A sentence by its code, in "zh" or "en", with its values filled in."""
    chinese = language.startswith("zh")
    shown = _Shown(params)
    if chinese and "why_zh" in shown:
        shown["why"] = shown["why_zh"]
    if "instead" in shown:
        shown["instead"] = SENTENCES.get(shown["instead"], SENTENCES["instead"])[0 if chinese else 1]
    return SENTENCES[code][0 if chinese else 1].format_map(shown)


class _Shown(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
