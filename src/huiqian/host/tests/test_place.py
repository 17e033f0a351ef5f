"""The data folder: held by one supervisor, a demo or a company for ever."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from huiqian.host.place import COMPANY, DEMO, Place, Refused

SOURCE = Path(__file__).parents[3]


def test_two_supervisors_do_not_share_a_folder(tmp_path: Path) -> None:
    with Place(tmp_path).held("process 7 at http://127.0.0.1:8000"):
        code = (
            "import sys; from pathlib import Path; from huiqian.host.place import Place, Refused\n"
            "try:\n with Place(Path(sys.argv[1])).held('me'): print('held')\n"
            "except Refused as refusal: print(refusal)"
        )
        said = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    assert "process 7 at http://127.0.0.1:8000" in said
    assert "--data-dir" in said


def test_a_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    for note in ("first", "second"):
        with Place(tmp_path).held(note):
            assert (tmp_path / "huiqian.lock").read_text() == f"{note}\n"


def test_a_first_start_is_a_demo_unless_told(tmp_path: Path) -> None:
    assert Place(tmp_path / "a").kind(None) == DEMO
    assert Place(tmp_path / "b").kind(False) == COMPANY


def test_a_company_stays_one_when_the_option_is_forgotten(tmp_path: Path) -> None:
    Place(tmp_path).kind(False)
    assert Place(tmp_path).kind(None) == COMPANY


@pytest.mark.parametrize(("first", "then"), [(False, True), (True, False)])
def test_a_folder_does_not_change_its_kind(tmp_path: Path, first: bool, then: bool) -> None:
    Place(tmp_path).kind(first)
    with pytest.raises(Refused, match="--data-dir"):
        Place(tmp_path).kind(then)


def test_a_disk_that_is_nearly_full_is_told_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = shutil.disk_usage(tmp_path)
    monkeypatch.setattr("huiqian.host.place.shutil.disk_usage", lambda _place: whole._replace(free=40_000_000))
    place = Place(tmp_path)
    with pytest.raises(Refused, match="40 MB are free, 128 are needed"):
        place.check_space()
    (place.server.data).mkdir(parents=True)
    (place.server.data / "PG_VERSION").write_text("18")
    place.check_space()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="cannot be made"):
        Place(tmp_path / "file" / "data")
