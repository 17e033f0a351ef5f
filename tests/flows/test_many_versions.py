"""Twenty versions of a design of 30 MB: kept once, shown small, and no page reads them."""

import io
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from huiqian.base import wires
from huiqian.documents.commands import upload_file
from huiqian.documents.models import Blob, Chunk, File, Version
from huiqian.org.commands import save_group
from huiqian.org.models import Person
from tests.flows.test_sc006 import BOSS, DESIGNER, begin, design, give_task
from tests.people import actor, answer

pytestmark = pytest.mark.usefixtures("company")


def large_design(seed: int) -> bytes:
    """A picture of 30 MB."""
    out = io.BytesIO()
    Image.frombytes("RGB", (3200, 3200), Random(seed).randbytes(3200 * 3200 * 3)).save(out, "BMP")
    return out.getvalue()


def signed_in(login: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    return client


def cost(client: Client, address: str) -> tuple[int, int]:
    """What a page costs: its queries, and its bytes."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        content = client.get(address).content
    assert not any("documents_chunk" in one["sql"] for one in queries), "no page reads a file"
    assert not any('"small"' in one["sql"] for one in queries), "nor its preview"
    return len(queries), len(content)


def test_pages_cost_the_same_at_the_twentieth_version_as_at_the_second() -> None:
    save_group(actor("admin"), "department_managers", name_zh="各部门经理", positions=[BOSS])
    content = large_design(1)
    number = begin(to_print=False)
    give_task(number)
    client, before = signed_in(DESIGNER), dict[str, tuple[int, int]]()
    addresses = (f"/documents/{number}-02", f"/cases/{number}", f"/cases/{number}?tab=documents")
    for turn in range(1, 21):
        file = upload_file(actor(DESIGNER), f"设计稿-{turn}.bmp", io.BytesIO(content))
        design(number, f"第 {turn} 版。", draft_files=[str(file.pk)], handling="已修改。")
        if turn == 1:
            wires.hand("job:documents.draw")(sha256=file.blob_id, kind=file.type)
        answer(number, BOSS, "refuse", f"第 {turn} 次修改意见。")
        if turn == 2:
            before = {address: cost(client, address) for address in addresses}
    assert Version.objects.filter(document__number=f"{number}-02").count() == 20
    assert File.objects.filter(dossier__instance__number=number, size__gt=30_000_000).count() == 20
    blob = Blob.objects.get(size__gt=30_000_000)
    assert Chunk.objects.filter(blob=blob).count() == -(-blob.size // (256 * 1024)), "one content is kept once"
    for address in addresses:
        queries, size = cost(client, address)
        assert queries == before[address][0], address
        assert size < before[address][1] + 60_000, address
    newest = File.objects.filter(blob=blob).latest("uploaded_at")
    small = client.get(f"/files/{newest.pk}/preview")
    assert len(small.content) < 100_000
    assert client.get(f"/files/{newest.pk}/preview", headers={"If-None-Match": small["ETag"]}).status_code == 304
    pieces = client.get(f"/files/{newest.pk}")
    assert pieces["Content-Length"] == str(blob.size)
    assert max(len(piece) for piece in pieces.streaming_content) <= 256 * 1024  # type: ignore[attr-defined]
