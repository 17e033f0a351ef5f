"""How the command tells what it declines to do: a sentence, no traceback, exit code 2."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import ENOSPC

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
        print(f"huiqian: {_sentence_for(error)}", file=sys.stderr)
        outcome.code = 2


def _sentence_for(error: Exception) -> str:
    """What to tell of a refusal, a full disk or a database that does not answer; everything else is a bug, goes up."""
    import psycopg
    from django.db import InterfaceError, OperationalError

    from huiqian.base.errors import Refusal

    if isinstance(error, Refusal):
        errors: dict[str, list[object]] = getattr(error, "errors", {})
        own = [str(sentence) for sentences in errors.values() for sentence in sentences]
        return " ".join(own) or str(error)
    if _is_full(error) or _is_full(error.__cause__):
        return "The disk is full. Make room where the data lies and start again; nothing was left half done."
    if isinstance(error, (OperationalError, InterfaceError, psycopg.OperationalError)):
        return f"The database does not answer ({str(error).strip().partition(chr(10))[0]}). Is it running?"
    raise error


def _is_full(error: BaseException | None) -> bool:
    import psycopg

    return isinstance(error, psycopg.errors.DiskFull) or (isinstance(error, OSError) and error.errno == ENOSPC)
