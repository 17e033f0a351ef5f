"""The API, version 1."""

from huiqian import __version__
from huiqian.api import (
    cases,
    copies,
    deputies,
    documents,
    event_log,
    files,
    handbook,
    processes,
    registers,
    stock,
    surveys,
    tasks,
    versions,
)  # fmt: skip
from huiqian.api.bearer import Bearer
from huiqian.api.describing import Described
from huiqian.api.problems import answer_problems

DESCRIPTION = """
Programs do here what people do on the pages, with the same rights. Send a token as `Authorization: Bearer hq_…`
(made on one's own page or by `huiqian token LOGIN`). Errors are problem+json (RFC 9457) with a stable `code`. Every
POST honours `Idempotency-Key`. Text is in the language of `Accept-Language` (zh-Hans or en), else the person's own.
"""

api = Described(
    title="Huiqian 会签", version=__version__, description=DESCRIPTION, auth=Bearer(), docs_url=None,
    urls_namespace="api", openapi_url="/openapi.json",
)  # fmt: skip
api.add_router("/processes", processes.router, tags=["processes"])
api.add_router("/processes", versions.router, tags=["versions"])
api.add_router("/handbook", handbook.router, tags=["handbook"])
api.add_router("/event-log", event_log.router, tags=["figures"])
api.add_router("/cases", cases.router, tags=["cases"])
api.add_router("/copies", copies.router, tags=["copies"])
api.add_router("/tasks", tasks.router, tags=["tasks"])
api.add_router("/deputies", deputies.router, tags=["deputies"])
api.add_router("/documents", documents.router, tags=["documents"])
api.add_router("/files", files.router, tags=["files"])
api.add_router("/customers", registers.customers, tags=["registers"])
api.add_router("/products", registers.products, tags=["registers"])
api.add_router("/price-lists", registers.price_lists, tags=["registers"])
api.add_router("/stock", stock.stock, tags=["registers"])
api.add_router("/surveys", surveys.router, tags=["surveys"])
answer_problems(api)
