"""Documents: versions, signatures, who may read them, the archive."""

import io
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Invalid, NotFound
from huiqian.documents import effects
from huiqian.documents.access import file_for
from huiqian.documents.commands import discard_file, upload_file
from huiqian.documents.models import Document, Signature, Version
from huiqian.documents.queries import archive, comparison, document_view, documents_of, download, file_faces
from huiqian.documents.tests.samples import PDF

Who = Callable[[str], Actor]
AT = datetime(2026, 3, 2, 9, tzinfo=COMPANY_ZONE)


class Questions:
    """A form as documents know it: text in `topic`, files in `attachments`."""

    key = "plan"
    names = frozenset({"topic", "attachments"})

    def file_ids(self, values: Mapping[str, object]) -> list[str]:
        """The files that answers name."""
        named = values.get("attachments", [])
        return list(named) if isinstance(named, list) else []


def write(dossier: int, author: Actor, number: str = "SC-001-2026-0001-01", key: str = "plan", **values: object) -> int:
    return effects.write_version(
        dossier, key, number=number, name_zh="市场调研策划书", name_en="Plan", title=str(values.get("topic", "")),
        process_code="SC-001", process_version=1, form=Questions(), values=values, author=author, at=AT,
    ).number  # fmt: skip


def sign(dossier: int, person: Actor, outcome: str = "approve", opinion: str = "") -> None:
    assert person.id is not None
    effects.sign(
        dossier, "plan", step="review", step_name="审核策划书", position="general_manager", position_name="公司总经理",
        person=person.id, person_name=person.name, outcome=outcome, opinion=opinion, at=AT,
    )  # fmt: skip


def dossier_of(actor: Actor, watch: tuple[str, ...] = ()) -> int:
    assert actor.id is not None
    dossier = effects.open_dossier(watch, AT)
    effects.add_reader(dossier, actor.id, "starter", AT)
    return dossier


def attach(actor: Actor) -> str:
    return str(upload_file(actor, "计划.pdf", io.BytesIO(PDF)).pk)


def test_each_submission_is_a_version_and_none_changes(who: Who) -> None:
    author = who("marketing_manager")
    dossier = dossier_of(author)
    assert write(dossier, author, topic="第一版", other="not of this form") == 1
    assert write(dossier, author, topic="第二版") == 2
    view = document_view(author, "SC-001-2026-0001-01")
    assert (view.title, view.values, [v.number for v in view.versions]) == ("第二版", {"topic": "第二版"}, [2, 1])
    old = document_view(author, "SC-001-2026-0001-01", 1)
    assert (old.values, old.current, view.current) == ({"topic": "第一版"}, False, True)
    assert old.version.digest != view.version.digest
    assert [one.values["topic"] for one in comparison(author, view.number, 1, 2)] == ["第一版", "第二版"]
    for missing in (0, 3, -1, 2**40):
        with pytest.raises(NotFound):
            document_view(author, "SC-001-2026-0001-01", missing)


def test_the_digest_covers_values_and_files(who: Who) -> None:
    author = who("marketing_manager")
    digests = set()
    for topic, files in (("甲", []), ("乙", []), ("甲", [attach(author)])):
        dossier = dossier_of(author)
        write(dossier, author, number=f"N-{dossier}", topic=topic, attachments=files)
        digests.add(Version.objects.get(document__dossier=dossier).digest)
    assert len(digests) == 3


def test_files_are_attached_with_the_version_that_names_them(who: Who) -> None:
    author, stranger, reader = who("marketing_manager"), who("finance_manager"), who("technical_director")
    file = attach(author)
    with pytest.raises(NotFound):
        download(stranger, UUID(file))
    dossier = dossier_of(author)
    write(dossier, author, topic="甲", attachments=[file])
    write(dossier, author, topic="乙", attachments=[file])
    assert reader.id is not None
    effects.add_reader(dossier, reader.id, "participant", AT)
    found = download(reader, UUID(file))
    assert b"".join(found.chunks) == PDF
    assert found.headers["Content-Length"] == str(len(PDF))
    assert set(file_faces(reader, [file, "rubbish", str(uuid4())])) == {file}
    assert file_faces(stranger, [file]) == {}
    with pytest.raises(NotFound):
        file_for(stranger, UUID(file))
    with pytest.raises(NotFound):
        discard_file(author, UUID(file))


def test_files_of_others_and_of_other_cases_cannot_be_attached(who: Who) -> None:
    author, other = who("marketing_manager"), who("finance_manager")
    elsewhere = attach(author)
    write(dossier_of(author), author, number="N-1", topic="甲", attachments=[elsewhere])
    dossier = dossier_of(author)
    for file in (attach(other), str(uuid4()), elsewhere):
        with pytest.raises(Invalid):
            write(dossier, author, number="N-2", topic="乙", attachments=[file])
    assert documents_of(dossier) == ()


def test_signatures_stand_under_the_latest_version_until_a_return(who: Who) -> None:
    author, boss = who("marketing_manager"), who("general_manager")
    dossier = dossier_of(author)
    write(dossier, author, topic="第一版")
    sign(dossier, boss, opinion="同意")
    assert effects.void_signatures(dossier, ["review"], AT) == 1
    write(dossier, author, topic="第二版")
    sign(dossier, boss)
    lines = document_view(author, "SC-001-2026-0001-01").signatures
    assert [(line.version, line.void, line.opinion) for line in lines] == [(1, True, "同意"), (2, False, "")]
    assert [line.version for line in document_view(author, "SC-001-2026-0001-01", 1).signatures] == [1]
    with pytest.raises(LookupError):
        effects.sign(
            dossier, "nothing", step="", step_name="", position="", position_name="", person=boss.id or 0,
            person_name="", outcome="approve", at=AT,
        )  # fmt: skip
    assert Signature.objects.count() == 2


def test_only_approved_documents_take_effect(who: Who) -> None:
    author = who("marketing_manager")
    first, second = dossier_of(author), dossier_of(author)
    write(first, author, number="N-1", topic="甲")
    write(second, author, number="N-2", topic="乙")
    assert effects.put_in_force(first, "plan", AT)
    assert not effects.put_in_force(first, "no such key", AT)
    assert effects.withdraw_documents(first, AT) == 0
    assert effects.withdraw_documents(second, AT) == 1
    statuses = dict(Document.objects.filter(number__in=["N-1", "N-2"]).values_list("number", "status"))
    assert statuses == {"N-1": "in_force", "N-2": "withdrawn"}


def test_who_may_read(who: Who) -> None:
    author = who("marketing_manager")
    dossier = dossier_of(author, watch=("technical_director",))
    write(dossier, author, topic="甲")
    for login in ("marketing_manager", "technical_director", "admin"):
        assert document_view(who(login), "SC-001-2026-0001-01").title == "甲"
    for number in ("SC-001-2026-0001-01", "nothing", "\x00"):
        with pytest.raises(NotFound):
            document_view(who("finance_manager"), number)


def test_taking_part_twice_is_once(who: Who) -> None:
    author = who("marketing_manager")
    dossier = dossier_of(author)
    assert author.id is not None
    effects.add_readers(dossier, [author.id, author.id], AT)
    effects.add_reader(dossier, author.id, "copied", AT)
    with connection.cursor() as cursor:
        cursor.execute("select role from documents_reader where dossier_id = %s", [dossier])
        assert cursor.fetchall() == [("starter",)]


def test_links_show_only_what_the_reader_may_see(who: Who) -> None:
    author, other = who("marketing_manager"), who("finance_manager")
    source, target = dossier_of(author), dossier_of(other)
    write(source, author, number="N-1", topic="研究")
    write(target, other, number="N-2", topic="推广")
    ids = dict(Document.objects.filter(number__in=["N-1", "N-2"]).values_list("number", "pk"))
    for _again in range(2):
        effects.link(ids["N-1"], ids["N-2"], "led_to", AT)
    assert document_view(author, "N-1").led_to == ()
    assert [line.number for line in document_view(who("admin"), "N-1").led_to] == ["N-2"]
    assert [line.number for line in document_view(who("admin"), "N-2").came_from] == ["N-1"]


def filled(author: Actor, count: int) -> None:
    for place in range(count):
        dossier = dossier_of(author)
        write(dossier, author, number=f"SC-001-2026-{place:04}-01", topic=f"华东区调研第{place}期")
        # Two at each moment: the order must not depend on the time alone.
        effects.put_in_force(dossier, "plan", AT - timedelta(days=place // 2))


def test_the_archive_goes_through_all_pages_once(who: Who) -> None:
    author = who("marketing_manager")
    filled(author, 7)
    numbers, after = [], ""
    for _page in range(4):
        page = archive(author, after=after, size=2)
        numbers += [row.number for row in page.rows]
        after = page.next
    assert after == ""
    assert sorted(numbers) == [f"SC-001-2026-{place:04}-01" for place in range(7)]
    assert archive(who("finance_manager")).rows == ()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"search": "华东"}, 3), ({"search": "华东 第2期"}, 1), ({"search": "sc-001-2026-0001"}, 1),
        ({"search": "西北"}, 0), ({"search": "%"}, 0),
        ({"process": "SC-001"}, 3), ({"process": "SC-002"}, 0), ({"year": 2026}, 3), ({"year": 2025}, 0),
        ({"year": 10**9}, 0), ({"year": -5}, 0),
        ({"after": "rubbish"}, 3), ({"after": "2026-01-01~x"}, 3), ({"search": "a\x00b"}, 0),
    ],
)  # fmt: skip
def test_the_archive_is_searched(who: Who, asked: dict[str, object], found: int) -> None:
    author = who("marketing_manager")
    filled(author, 3)
    assert len(archive(author, **asked).rows) == found  # type: ignore[arg-type]


def test_reading_asks_the_same_number_of_questions_however_much_there_is(who: Who) -> None:
    author = who("marketing_manager")
    dossier = dossier_of(author)
    counts = []
    for _round in range(3):
        write(dossier, author, topic="版", attachments=[attach(author)])
        sign(dossier, author)
        with CaptureQueriesContext(connection) as queries:
            document_view(author, "SC-001-2026-0001-01")
        counts.append(len(queries))
    assert len(set(counts)) == 1
