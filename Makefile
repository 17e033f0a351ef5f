# What one does in this house. Everything that is missing is made first: the environment, the assets, the catalogues.
PORT ?= 8000
DATA ?= data
TESTS ?=
WORKERS ?= 2
VENV := .venv
PY := $(VENV)/bin/python
export PYTHONPATH := src
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: help run demo test check format bench messages api-snapshot budget screenshots assets wheel requirements clean

help:
	@sed -n 's/^## //p' Makefile

## make run [PORT=8000 DATA=data]   everything, in a browser at http://127.0.0.1:8000
run: ready
	@exec $(PY) -m huiqian up --port $(PORT) --data-dir "$(DATA)"

## make demo [PORT=8000]            with four months of history, on a fresh folder that is thrown away afterwards
demo: ready
	@folder=$$(mktemp -d /tmp/huiqian-demo.XXXXXX) && chmod 711 $$folder && trap 'rm -rf "$$folder"' EXIT && \
	$(PY) -m huiqian up --port $(PORT) --data-dir $$folder --history

## make test [TESTS=path]           all tests, in a browser too
test: ready
ifeq ($(strip $(TESTS)),)
	@browser=$$(sh tools/get-chromium.sh) && HUIQIAN_CHROMIUM=$$browser $(PY) -m pytest --numprocesses $(WORKERS) --no-loadscope-reorder
else
	@$(PY) -m pytest --numprocesses $(WORKERS) --no-loadscope-reorder $(TESTS)
endif

## make check                       format, lint, types, import contracts, migrations, catalogues; seconds
check: ready
	@$(PY) tools/check.py

## make format                      what check would complain of and can be mended by itself
format: ready
	@$(VENV)/bin/ruff check --fix --quiet . ; $(VENV)/bin/ruff format --quiet .

## make bench                       the figures, in one run
bench: ready
	@$(PY) -m benchmarks

## make messages                    bring the catalogues to what the code says
messages: $(VENV)/ready
	@$(PY) tools/catalogues.py update && $(PY) tools/catalogues.py check

## make api-snapshot                write docs/reference/openapi.json
api-snapshot: ready
	@$(PY) tools/api_snapshot.py

## make budget                      write the query counts of the pages, which a test compares
budget: ready
	@HUIQIAN_WRITE_BUDGET=1 $(PY) -m pytest tests/house/test_query_budget.py

## make screenshots               take the pictures of README and guide anew, from the demo company's history
screenshots: ready
	@browser=$$(sh tools/get-chromium.sh) && HUIQIAN_CHROMIUM=$$browser $(PY) tools/screenshots.py

## make assets                      what the pages and print-outs take from npm
assets: $(VENV)/ready
	@$(PY) tools/build_assets.py

## make wheel                       dist/huiqian-….whl, with its assets and catalogues
wheel: ready
	@$(VENV)/bin/uv build --wheel --quiet

## make requirements                pin and hash what pyproject.toml and requirements/dev.in ask for
requirements: $(VENV)/ready
	@for set in base:pyproject.toml: dev:pyproject.toml:requirements/dev.in; do \
		name=$${set%%:*}; files=$$(echo "$${set#*:}" | tr ':' ' '); \
		$(VENV)/bin/uv pip compile --generate-hashes --no-header --no-annotate --quiet --universal --python-version 3.11 \
			$$files --output-file requirements/$$name.txt; \
	done

## make clean                       throw away what was made, but no data
clean:
	rm -rf $(VENV) node_modules src/huiqian/fonts src/huiqian/web/static/vendor dist .mypy_cache .ruff_cache .pytest_cache

.PHONY: ready
ready: $(VENV)/ready
	@$(PY) tools/build_assets.py
	@$(PY) tools/catalogues.py compile

$(VENV)/ready: requirements/dev.txt requirements/uv.txt tools/make-venv.sh pyproject.toml
	@sh tools/make-venv.sh $(VENV)
	@touch $@
