"""Every sentence that expressions and decision tables say, in both languages. `{…}` are a message's params."""

from collections.abc import Mapping

MESSAGES: dict[str, tuple[str, str]] = {
    # Expressions that do not compile.
    "empty": ("The expression is empty.", "表达式为空。"),
    "syntax": ("{found} does not belong here; expected {expected}.", "此处不应出现{found}；应为{expected}。"),
    "names_in_a_row": (
        "{found} follows another name: a name with spaces must be one that is known here.",
        "{found}紧跟在另一个名称之后：含空格的名称须是此处已知的名称。",
    ),
    "not_word": ("Write not({found}): not is a function.", "请写 not({found})：not 是函数。"),
    "character": ("The character {found} is not used in expressions.", "表达式中不使用字符{found}。"),
    "fullwidth": ("Write {wanted} instead of the full-width {found}.", "请用半角的{wanted}代替全角的{found}。"),
    "open_string": ("The text begun here has no closing quotation mark.", "此处开始的文本缺少右引号。"),
    "escape": ("{found} is not an escape sequence of texts.", "{found}不是文本的转义序列。"),
    "open_comment": ("The comment begun here is not closed.", "此处开始的注释没有结束。"),
    "too_long": ("The expression is longer than {most} characters.", "表达式超过 {most} 个字符。"),
    "too_deep": ("The expression is nested more than {most} levels deep.", "表达式嵌套超过 {most} 层。"),
    "number_size": ("The number is out of range.", "数字超出范围。"),
    "at_literal": ("{found} is no date, time or duration.", "{found}不是日期、时间或时长。"),
    "test_outside": (
        "A comparison without a left side only stands after “in” or in a decision table.",
        "没有左侧的比较只能用在 in 之后或决策表中。",
    ),
    "no_external": ("External functions are not run here.", "此处不执行外部函数。"),
    "unknown_type": ("There is no type {found}.", "没有类型{found}。"),
    "twice": ("{name} stands here twice.", "{name}在此出现了两次。"),
    "operator": ("{found} is not an operator here; write {wanted}.", "{found}不是此处的运算符；请写{wanted}。"),
    # Evaluation stopped.
    "budget": ("The expression needs too many steps or too much memory.", "表达式所需的步骤或内存过多。"),
    "value": ("A value of kind {kind} cannot be read by expressions.", "表达式不能读取{kind}类型的值。"),
    # Warnings: the result is null.
    "unknown_name": ("There is no value named {name}.", "没有名为{name}的值。"),
    "no_entry": ("There is no entry {name} in {kind}.", "{kind}中没有条目{name}。"),
    "operands": ("{left} {operator} {right} is not defined.", "{left} {operator} {right} 没有定义。"),
    "not_boolean": (
        "{operator} was given {kind} instead of true or false.",
        "{operator}得到的是{kind}，而不是真或假。",
    ),
    "division": ("Division by zero.", "除数为零。"),
    "overflow": ("The result is out of range.", "结果超出范围。"),
    "not_a_function": ("{name} is not a function.", "{name}不是函数。"),
    "arguments": ("{name} cannot be called with these arguments.", "{name}不能以这些参数调用。"),
    "argument": (
        "{name}: {parameter} must be {wanted}, not {kind}.",
        "{name}：{parameter}应为{wanted}，而不是{kind}。",
    ),
    "refused_value": ("{name}: {parameter} has a value that is not possible.", "{name}：{parameter}的值不可用。"),
    "index": ("There is no item number {index} in the list.", "列表中没有第 {index} 项。"),
    "filter": ("A filter must be true, false or a number, not {kind}.", "筛选条件应为真、假或数字，而不是{kind}。"),
    "iteration": (
        "Only a list or a range of whole numbers can be gone through, not {kind}.",
        "只能遍历列表或整数区间，而不能遍历{kind}。",
    ),
    "range": ("A range from {left} to {right} is not defined.", "没有定义从{left}到{right}的区间。"),
    # Decisions.
    "several_rules": (
        "Rules {rules} fit at the same time, though only one may.",
        "规则 {rules} 同时符合，而只允许一条符合。",
    ),
    "rules_differ": ("Several rules fit and say different things.", "多条规则符合，但结果不同。"),
    "no_input": ("The input {name} was not given.", "没有给出输入{name}。"),
    "type": ("{name} is {kind}, but must be of type {wanted}.", "{name}是{kind}，而应为类型{wanted}。"),
    "expression": ("The expression is wrong.", "表达式有误。"),
    "xml": (
        "This is no well-formed XML (line {line}, column {column}).",
        "这不是格式良好的 XML（第 {line} 行第 {column} 列）。",
    ),
    "xml_size": ("The file is too large or too deeply nested.", "文件过大或嵌套过深。"),
    "xml_doctype": ("The file has a DOCTYPE; take it out.", "文件中有 DOCTYPE，请去掉。"),
    "xml_encoding": ("The file must be encoded in UTF-8.", "文件须用 UTF-8 编码。"),
    "not_dmn": ("This is not a DMN file (1.1 to 1.5).", "这不是 DMN 文件（1.1 至 1.5）。"),
    "import": (
        "Imports of other models are not followed ({name}); put them into this file.",
        "不支持引入其他模型（{name}），请放入本文件。",
    ),
    "double_id": ("The id {name} is used more than once.", "标识{name}使用了不止一次。"),
    "language": ("Only FEEL is understood, not {name}.", "只支持 FEEL，不支持{name}。"),
    "later_expression": ("The boxed expression {name} is not of DMN 1.3.", "{name}不是 DMN 1.3 的表达式。"),
    "no_logic": ("There is no expression here.", "此处没有表达式。"),
    "double_name": ("Another decision has the name {name}, too.", "另有决策也叫{name}。"),
    "input_limit": (
        "The input {name} has the value {value}, which is not among the values of its column.",
        "输入{name}的值{value}不在该列的取值之内。",
    ),
    "output_limit": (
        "The output {name} has the value {value}, which is not among the values of its column.",
        "输出{name}的值{value}不在该列的取值之内。",
    ),
    "not_allowed": ("{value} is not among the values of this column.", "{value}不在此列的取值之内。"),
    "unknown_in_cell": (
        'There is no value named {name} here; a text stands in quotation marks: "{name}".',
        '此处没有名为{name}的值；文本须加引号："{name}"。',
    ),
    "cells": (
        "Row {row} has {found} cells instead of {wanted}.",
        "第 {row} 行有 {found} 个单元格，应为 {wanted} 个。",
    ),
    "hit_policy": ("There is no hit policy {name}.", "没有命中策略{name}。"),
    "aggregation": ("There is no aggregation {name}.", "没有汇总方式{name}。"),
    "aggregation_policy": ("Only the hit policy COLLECT aggregates.", "只有 COLLECT 命中策略可以汇总。"),
    "aggregates_one": ("Only a table with one output can be aggregated.", "只有一个输出的表才能汇总。"),
    "output_name": ("Each of several outputs needs a name of its own.", "有多个输出时，每个须有自己的名称。"),
    "no_priorities": (
        "This hit policy needs the list of output values, the most important first.",
        "此命中策略需要输出值列表，最重要的在前。",
    ),
    "no_outputs": ("The table has no outputs.", "决策表没有输出。"),
    "no_rules": ("The table has no rules.", "决策表没有规则。"),
    "dangling": ("{name} is needed here but is not in the file.", "此处需要{name}，但文件中没有。"),
    "circle": ("{name} needs itself, directly or through others.", "{name}直接或间接依赖自身。"),
    "overlap": (
        "Rows {row} and {other} can fit at the same time, e.g. {example}.",
        "第 {row} 行与第 {other} 行可能同时符合，例如{example}。",
    ),
    "gap": ("No row fits e.g. {example}.", "没有一行符合，例如{example}。"),
    "never": ("Row {row} is never reached: earlier rows cover it.", "第 {row} 行永远不会用到：前面的行已涵盖。"),
    "pattern": ("{name}: the pattern is not understood.", "{name}：无法理解该模式。"),
}

WORDS: dict[str, tuple[str, str]] = {
    "null": ("null", "空值"), "number": ("a number", "数字"), "string": ("a text", "文本"),
    "boolean": ("true or false", "真或假"), "date": ("a date", "日期"), "time": ("a time", "时间"),
    "date and time": ("a date and time", "日期时间"), "days and time duration": ("a duration", "时长"),
    "years and months duration": ("a duration in months", "以月计的时长"), "list": ("a list", "列表"),
    "context": ("a context", "上下文"), "range": ("a range", "区间"), "function": ("a function", "函数"),
    "list of numbers": ("a list of numbers", "数字列表"), "list of texts": ("a list of texts", "文本列表"),
    "duration": ("a duration", "时长"), "integer": ("a number", "数字"), "whole number": ("a whole number", "整数"),
    "point": ("a value or a range", "值或区间"),
    "value": ("a value", "值"), "operator": ("an operator", "运算符"), "name": ("a name", "名称"),
    "end": ("the end", "结尾"), "type": ("a type", "类型"), "or": (" or ", "或"),
}  # fmt: skip

ENGLISH, CHINESE = 0, 1
# The params that are kinds of values or tokens; the others (names, signs) stand for themselves.
_IN_WORDS = frozenset({"kind", "left", "right", "wanted", "found"})


def word(key: str, language: str) -> str:
    """A kind of value or of token in words; what is no key stands for itself."""
    found = WORDS.get(key)
    return key if found is None else found[CHINESE if language == "zh" else ENGLISH]


def sentence(code: str, params: Mapping[str, object], language: str) -> str:
    """A message in a language, "zh" or "en". Params that are keys of WORDS are put in words."""
    text = MESSAGES[code][CHINESE if language == "zh" else ENGLISH]
    shown = {name: word(str(value), language) if name in _IN_WORDS else value for name, value in params.items()}
    return text.format_map(shown)
