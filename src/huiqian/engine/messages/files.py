"""Sentences about a file that cannot be read, or says what the engine does not do."""

# ruff: noqa: E501 - a sentence stays on its line

from collections.abc import Mapping

FILES: Mapping[str, tuple[str, str]] = {
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
    "attribute": (
        "{tag} 没有 {attribute} 这个属性。是不是 {nearest}？",
        "{tag} has no attribute {attribute}. Did you mean {nearest}?",
    ),
    "attribute-value": (
        "不支持 {attribute}=“{value}”。{instead}",
        "{attribute}=“{value}” is not supported. {instead}",
    ),
    "attribute-truth": (
        "{attribute} 的值 “{value}” 不对。请写 true 或 false。",
        "The value “{value}” of {attribute} is wrong. Write true or false.",
    ),
    "compensation": (
        "不支持补偿（isForCompensation）。请把撤销的工作画成普通步骤。",
        "Compensation (isForCompensation) is not supported. Draw the undoing as ordinary steps.",
    ),
    "language": (
        "文件写明表达式的语言是 “{language}”，但条件一律按 FEEL 读取。请改成 FEEL。",
        "The file says that its expressions are in “{language}”, but they are read as FEEL. Say FEEL.",
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
    "instead-startQuantity": (
        "请删去；要等几个令牌到齐，请用并行网关汇合。",
        "Remove it; to wait for several tokens, join them at a parallel gateway.",
    ),
    "instead-completionQuantity": (
        "请删去；之后要分成几路，请画并行网关。",
        "Remove it; to go on by several ways, draw a parallel gateway.",
    ),
    "instead-instantiate": (
        "请删去，并用带消息的开始事件启动流程。",
        "Remove it, and begin the process with a message start event.",
    ),
    "instead-parallelMultiple": ("请删去，并把几个事件分开画。", "Remove it, and draw the events one by one."),
    "instead-eventGatewayType": (
        "请删去；要等所有事件，请在并行网关后面分别等待。",
        "Remove it; to wait for all events, wait for each behind a parallel gateway.",
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
