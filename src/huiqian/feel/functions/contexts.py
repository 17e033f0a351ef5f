"""Contexts (DMN 1.3 §10.3.4.10): their entries by name."""

from collections.abc import Mapping

from huiqian.feel.functions.registry import built_in, refuse
from huiqian.feel.running import Run
from huiqian.feel.values import enter


@built_in("get value(m: context, key: string)")
def get_value(run: Run, context: Mapping[str, object], key: str) -> object:
    """get value({a: 1}, "a") = 1; null where there is no such entry."""
    return enter(context[key]) if key in context else None


@built_in("get entries(m: context)")
def get_entries(run: Run, context: Mapping[str, object]) -> list[object]:
    """get entries({a: 1}) = [{key: "a", value: 1}]."""
    run.hold(3 * len(context))
    return [{"key": key, "value": enter(value)} for key, value in context.items()]


@built_in("context(entries: list)")
def context_of(run: Run, entries: list[object]) -> dict[str, object]:
    """context([{key: "a", value: 1}]) = {a: 1} (of DMN 1.4); null where a key is missing or stands twice."""
    run.hold(2 * len(entries))
    made: dict[str, object] = {}
    for given in entries:
        entry = enter(given)
        if not isinstance(entry, Mapping) or "value" not in entry:
            refuse("entries")
        key = entry.get("key")
        if not isinstance(key, str) or key in made:
            refuse("entries")
        made[key] = enter(entry["value"])
    return made


@built_in("context put(context: context, key: string, value: any)")
def context_put(run: Run, context: Mapping[str, object], key: str, value: object) -> dict[str, object]:
    """context put({a: 1}, "b", 2) = {a: 1, b: 2} (of DMN 1.4)."""
    run.hold(2 * len(context) + 2)
    return {**context, key: value}


@built_in("context put(context: context, keys: list of texts, value: any)")
def context_put_deep(run: Run, context: Mapping[str, object], keys: list[str], value: object) -> dict[str, object]:
    """context put({a: {b: 1}}, ["a", "b"], 2) = {a: {b: 2}}."""
    if not keys or len(keys) > 60:
        refuse("keys")
    run.hold(2 * len(context) + 2)
    if len(keys) == 1:
        return {**context, keys[0]: value}
    inner = enter(context.get(keys[0]))
    if not isinstance(inner, Mapping):
        refuse("keys")
    return {**context, keys[0]: context_put_deep(run, inner, keys[1:], value)}


@built_in("context merge(contexts: list)")
def context_merge(run: Run, contexts: list[object]) -> dict[str, object]:
    """context merge([{a: 1}, {b: 2}]) = {a: 1, b: 2} (of DMN 1.4); later entries win."""
    made: dict[str, object] = {}
    for given in contexts:
        context = enter(given)
        if not isinstance(context, Mapping):
            refuse("contexts")
        run.hold(2 * len(context))
        made |= context
    return made
