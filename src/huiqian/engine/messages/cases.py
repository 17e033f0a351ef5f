"""Sentences about a case: why it stands, and why an input does not fit."""

# ruff: noqa: E501 - a sentence stays on its line

from collections.abc import Mapping

CASES: Mapping[str, tuple[str, str]] = {
    "no-way": (
        "没有一条连线的条件成立。请补全数据后重试，或请管理员移动案件。",
        "No flow's condition holds. Complete the data and retry, or have an administrator move the case.",
    ),
    "expression-failed": (
        "表达式算不出来：{why} 请改正数据后重试。",
        "An expression cannot be worked out: {why} Correct the data and retry.",
    ),
    "key-value": (
        "消息的关键字算出来是 {value}，不能用来找案件。请补全数据后重试。",
        "The message's key comes out as {value}, which tells no case from another. Complete the data and retry.",
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
