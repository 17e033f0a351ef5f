"""What the environment says, and what the settings make of it."""

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from huiqian.config.database import database_from_url
from huiqian.config.environment import flag, kept_secret, number, origin, secret_key, smtp, words

SOURCE = Path(__file__).parents[3]


def _settings(**environment: str) -> dict[str, object]:
    """Some settings of a process with this environment."""
    names = [
        "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "CSRF_TRUSTED_ORIGINS", "SECURE_HSTS_SECONDS",
        "SECURE_PROXY_SSL_HEADER", "DEBUG", "DEMO",
    ]  # fmt: skip
    asked = f"{{n: getattr(s, n) for n in {names}}}"
    code = f"import json; from huiqian.config import settings as s; print(json.dumps({asked}))"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HUIQIAN", "DATABASE"))}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**clean, "PYTHONPATH": str(SOURCE), **environment}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def test_the_defaults_are_safe() -> None:
    plain = _settings()
    assert plain["DEBUG"] is False
    assert plain["DEMO"] is False
    assert plain["SECURE_PROXY_SSL_HEADER"] is None
    assert "*" not in plain["ALLOWED_HOSTS"]  # type: ignore[operator]


def test_an_https_address_makes_cookies_https_only() -> None:
    told = _settings(HUIQIAN_URL="https://huiqian.example.com/", HUIQIAN_BEHIND_PROXY="1")
    assert "huiqian.example.com" in told["ALLOWED_HOSTS"]  # type: ignore[operator]
    assert told["SESSION_COOKIE_SECURE"] is told["CSRF_COOKIE_SECURE"] is True
    assert told["CSRF_TRUSTED_ORIGINS"] == ["https://huiqian.example.com"]
    assert told["SECURE_HSTS_SECONDS"]
    assert told["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "secret-key"
    made = kept_secret(file)
    assert kept_secret(file) == made
    assert len(made) > 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret-key"]


def test_web_and_worker_that_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from huiqian.config.environment import kept_secret;"
        "print(kept_secret(Path(sys.argv[1])))"
    )
    keys: list[str] = []

    def start() -> None:
        command = [sys.executable, "-c", code, str(tmp_path / "secret-key")]
        keys.append(subprocess.check_output(command, env={**os.environ, "PYTHONPATH": str(SOURCE)}, text=True))

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 4
    assert len(set(keys)) == 1


def test_a_given_key_is_taken_and_none_is_written_by_tools_that_only_look(tmp_path: Path) -> None:
    assert secret_key(tmp_path, {"SECRET_KEY": "given"}) == "given"
    assert len(secret_key(tmp_path, {})) > 50
    assert not list(tmp_path.iterdir())
    assert secret_key(tmp_path, {"HUIQIAN_DATA": "x"}) == secret_key(tmp_path, {})


@pytest.mark.parametrize(("text", "on"), [("1", True), ("yes", True), ("0", False), ("", False), ("False", False)])
def test_flags(text: str, on: bool) -> None:
    assert flag("X", {"X": text}) is on


def test_words_numbers_and_origins() -> None:
    assert words("X", environment={"X": " a, b ,,c "}) == ["a", "b", "c"]
    assert number("X", 7, {"X": " "}) == 7
    assert number("X", 7, {"X": "12"}) == 12
    assert origin("https://a.example:8443/path?x") == "https://a.example:8443"
    assert origin("nonsense") == ""


def test_a_database_url_with_odd_signs_in_its_password() -> None:
    told = database_from_url("postgresql://me:p%40ss%2Fword@db.example:5433/huiqian?sslmode=require", threads=8)
    assert (told["USER"], told["PASSWORD"], told["HOST"], told["PORT"], told["NAME"]) == (
        "me", "p@ss/word", "db.example", "5433", "huiqian",
    )  # fmt: skip
    assert told["OPTIONS"]["sslmode"] == "require"
    assert told["OPTIONS"]["pool"]["max_size"] == 10


def test_a_database_behind_a_socket() -> None:
    told = database_from_url("postgresql://me:secret@/huiqian?host=/tmp/place")
    assert told["HOST"] == "/tmp/place"
    assert "host" not in told["OPTIONS"]


def test_the_mail_server_s_address() -> None:
    told = smtp("smtp+tls://hq:p%40ss@mail.example.com")
    assert (told["EMAIL_HOST"], told["EMAIL_PORT"], told["EMAIL_USE_TLS"]) == ("mail.example.com", 587, True)
    assert told["EMAIL_HOST_PASSWORD"] == "p@ss"
    assert smtp("") == {}
    with pytest.raises(ValueError, match="HUIQIAN_EMAIL_URL"):
        smtp("http://mail")
