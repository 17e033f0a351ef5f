"""How the command tells what it declines to do: a sentence, no traceback, exit code 2."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from huiqian.host.place import Refused
from huiqian.host.postgres import PostgresError


@dataclass(slots=True)
class Outcome:
    """The exit code of a verb."""

    code: int = 0


@contextmanager
def told() -> Iterator[Outcome]:
    """Turn refusals into a sentence on standard error; bugs go up."""
    outcome = Outcome()
    try:
        yield outcome
    except (Refused, PostgresError) as refusal:
        print(f"huiqian: {refusal}", file=sys.stderr)
        outcome.code = 2
    except KeyboardInterrupt:
        outcome.code = 130
    except Exception as error:
        if not _is_refusal(error):
            raise
        print(f"huiqian: {_sentences(error)}", file=sys.stderr)
        outcome.code = 2


def _is_refusal(error: Exception) -> bool:
    if "huiqian.base.errors" not in sys.modules:
        return False
    from huiqian.base.errors import Refusal

    return isinstance(error, Refusal)


def _sentences(error: Exception) -> str:
    errors: dict[str, list[object]] = getattr(error, "errors", {})
    own = [str(sentence) for sentences in errors.values() for sentence in sentences]
    return " ".join(own) or str(error)
