"""Every sentence the engine says, in Chinese and English: what is wrong, and what to do instead."""

from collections.abc import Mapping

from huiqian.engine.messages.cases import CASES
from huiqian.engine.messages.files import FILES
from huiqian.engine.messages.graphs import GRAPHS

SENTENCES: Mapping[str, tuple[str, str]] = {**FILES, **GRAPHS, **CASES}


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
