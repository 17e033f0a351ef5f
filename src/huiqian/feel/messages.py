"""Every sentence that expressions and decision tables say to people, in both languages. `{…}` are a message's params."""

from collections.abc import Mapping

MESSAGES: dict[str, tuple[str, str]] = {
    # Expressions that do not compile.
    "empty": ("The expression is empty.", "表达式为空。"),
    "syntax": ("{found} does not belong here; expected {expected}.", "此处不应出现{found}；应为{expected}。"),
    "names_in_a_row": (
        "{found} follows another name: a name with spaces must be one that is known here.",
        "{found}紧跟在另一个名称之后：含空格的名称须是此处已知的名称。",
    ),
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
    "not_boolean": ("{operator} was given {kind} instead of true or false.", "{operator}得到的是{kind}，而不是真或假。"),
    "division": ("Division by zero.", "除数为零。"),
    "overflow": ("The result is out of range.", "结果超出范围。"),
    "not_a_function": ("{name} is not a function.", "{name}不是函数。"),
    "arguments": ("{name} cannot be called with these arguments.", "{name}不能以这些参数调用。"),
    "argument": ("{name}: {parameter} must be {wanted}, not {kind}.", "{name}：{parameter}应为{wanted}，而不是{kind}。"),
    "refused_value": ("{name}: {parameter} has a value that is not possible.", "{name}：{parameter}的值不可用。"),
    "index": ("There is no item number {index} in the list.", "列表中没有第 {index} 项。"),
    "filter": ("A filter must be true, false or a number, not {kind}.", "筛选条件应为真、假或数字，而不是{kind}。"),
    "iteration": ("Only a list or a range of whole numbers can be gone through, not {kind}.", "只能遍历列表或整数区间，而不能遍历{kind}。"),
    "range": ("A range from {left} to {right} is not defined.", "没有定义从{left}到{right}的区间。"),
    "precision": ("The number has more digits than 34.", "数字超过 34 位。"),
    "pattern": ("{name}: the pattern is not understood.", "{name}：无法理解该模式。"),
}

WORDS: dict[str, tuple[str, str]] = {
    "null": ("null", "空值"), "number": ("a number", "数字"), "string": ("a text", "文本"),
    "boolean": ("true or false", "真或假"), "date": ("a date", "日期"), "time": ("a time", "时间"),
    "date and time": ("a date and time", "日期时间"), "days and time duration": ("a duration", "时长"),
    "years and months duration": ("a duration in months", "以月计的时长"), "list": ("a list", "列表"),
    "context": ("a context", "上下文"), "range": ("a range", "区间"), "function": ("a function", "函数"),
    "list of numbers": ("a list of numbers", "数字列表"), "list of texts": ("a list of texts", "文本列表"),
    "duration": ("a duration", "时长"), "integer": ("a whole number", "整数"), "point": ("a value or a range", "值或区间"),
    "value": ("a value", "值"), "operator": ("an operator", "运算符"), "name": ("a name", "名称"),
    "end": ("the end", "结尾"), "type": ("a type", "类型"), "or": ("or", "或"),
}  # fmt: skip

ENGLISH, CHINESE = 0, 1


def word(key: str, language: str) -> str:
    """A kind of value or of token in words; what is no key stands for itself."""
    found = WORDS.get(key)
    return key if found is None else found[CHINESE if language == "zh" else ENGLISH]


def sentence(code: str, params: Mapping[str, object], language: str) -> str:
    """A message in a language, "zh" or "en". Params that are keys of WORDS are put in words."""
    text = MESSAGES[code][CHINESE if language == "zh" else ENGLISH]
    return text.format_map({name: word(str(value), language) for name, value in params.items()})
