"""The command tells refusals in a sentence and lets bugs go up."""

import socket
from errno import ENOSPC
from pathlib import Path

import psycopg
import pytest

from huiqian.base.errors import Invalid, NotFound
from huiqian.cli import main
from huiqian.cli.refusals import told
from huiqian.host.place import Refused


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (Refused("The port is taken."), "The port is taken."),
        (NotFound("Nobody has the login 'x'."), "Nobody has the login 'x'."),
        (Invalid({"password": ["Too short.", "Too common."]}), "Too short. Too common."),
    ],
)
def test_a_refusal_is_a_sentence_and_code_2(
    refusal: Exception, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with told() as outcome:
        raise refusal
    assert outcome.code == 2
    assert capsys.readouterr().err == f"huiqian: {sentence}\n"


def test_a_bug_goes_up() -> None:
    with pytest.raises(ZeroDivisionError), told():
        raise ZeroDivisionError


def test_a_database_that_does_not_answer_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from django.db import OperationalError

    with told() as outcome:
        raise OperationalError("connection refused\nmore")
    assert outcome.code == 2
    assert "does not answer (connection refused)" in capsys.readouterr().err


@pytest.mark.parametrize("error", [OSError(ENOSPC, "No space left on device"), psycopg.errors.DiskFull("no space")])
def test_a_full_disk_is_told(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    with told() as outcome:
        raise error
    assert outcome.code == 2
    assert "The disk is full" in capsys.readouterr().err


def test_a_start_that_is_refused_does_not_decide_what_the_folder_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A taken port must not leave a demo behind in what was to become a company's folder."""
    monkeypatch.setattr("huiqian.host.serving.WAIT_FOR_PORT_SECONDS", 0)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["up", "--port", str(port), "--data-dir", str(tmp_path)]) == 2
    assert "--port" in capsys.readouterr().err
    assert not (tmp_path / "kind").exists()


@pytest.mark.parametrize("verb", ["up", "web", "worker", "migrate", "token", "password", "verify-journal", "backup"])
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    assert "--data-dir" in capsys.readouterr().out


def test_a_folder_without_data_is_told(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    assert main(["token", "admin", "--data-dir", str(tmp_path)]) == 2
    assert "huiqian up" in capsys.readouterr().err
