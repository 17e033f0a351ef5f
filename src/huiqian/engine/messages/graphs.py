"""Sentences about a diagram that cannot run."""

# ruff: noqa: E501 - a sentence stays on its line

from collections.abc import Mapping

GRAPHS: Mapping[str, tuple[str, str]] = {
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
