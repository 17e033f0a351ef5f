"""An administrator changes a decision table: it takes effect for the next case, old versions are kept (R1)."""

from dataclasses import replace

import pytest

from huiqian.base.errors import Forbidden, Invalid, NotFound, Stale
from huiqian.feel.dmn import read_model
from huiqian.process.commands import save_decision
from huiqian.process.models import DecisionVersion
from huiqian.process.tables import TableRow, view_of
from tests.people import actor, answer, asked, budget, start

pytestmark = pytest.mark.usefixtures("company")
TABLE = ("SC-001", "general_manager_opinion")


def _rows() -> list[TableRow]:
    newest = DecisionVersion.objects.filter(decision__key=TABLE[1]).order_by("-number").first()
    assert newest is not None
    return list(view_of(read_model(newest.dmn.encode()), TABLE[1]).rows)


def _never() -> list[TableRow]:
    """The table, changed so that no plan goes to the general manager."""
    return [replace(row, outputs=("false",)) for row in _rows()]


def _up_to_the_rule(number: str) -> set[str]:
    answer(number, "product_marketing_director")
    answer(number, "business_unit_director", values=budget(number))
    return asked(number)


def test_the_next_case_follows_the_new_table_and_the_running_one_the_old() -> None:
    running = start(kind="annual")
    saved = save_decision(actor("admin"), *TABLE, _never(), based_on=1, note="试行")
    assert saved.number == 2
    following = start(kind="annual")
    assert _up_to_the_rule(running) == {"general_manager"}
    assert "general_manager" not in _up_to_the_rule(following)


def test_the_old_version_is_kept_word_for_word() -> None:
    before = DecisionVersion.objects.get(decision__key=TABLE[1]).dmn
    save_decision(actor("admin"), *TABLE, _never(), based_on=1)
    assert DecisionVersion.objects.get(decision__key=TABLE[1], number=1).dmn == before


def test_of_two_who_change_it_at_once_the_second_looks_again() -> None:
    save_decision(actor("admin"), *TABLE, _never(), based_on=1)
    with pytest.raises(Stale):
        save_decision(actor("admin"), *TABLE, _never(), based_on=1)


def test_a_wrong_cell_is_named_by_its_place() -> None:
    rows = _rows()
    rows[0] = replace(rows[0], inputs=("< < 3", *rows[0].inputs[1:]))
    with pytest.raises(Invalid) as refused:
        save_decision(actor("admin"), *TABLE, rows, based_on=1)
    assert any("0" in path for path in refused.value.errors)
    assert DecisionVersion.objects.filter(decision__key=TABLE[1]).count() == 1


def test_only_an_administrator_changes_it() -> None:
    with pytest.raises(Forbidden):
        save_decision(actor("general_manager"), *TABLE, _never(), based_on=1)


def test_a_table_that_does_not_exist() -> None:
    with pytest.raises(NotFound):
        save_decision(actor("admin"), "SC-001", "no_such_table", [], based_on=1)
