# From a fresh clone: `make site` and `make test` do all the set-up. They need git, make, Python 3.11 or newer
# and a Python package index. Each step leaves a stamp, so that a second run does only what is new.

VENV := .venv
BIN := $(VENV)/bin
SITE_STAMP := $(VENV)/.runtime
TEST_STAMP := $(VENV)/.development
# The first interpreter that is new enough; PYTHON=… names another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$python; break; fi; done)

.PHONY: site serve search test lint eval lock audit pictures clean help
.DEFAULT_GOAL := site

site: $(SITE_STAMP) ## build seeds/ into site/
	$(BIN)/briefing build

serve: $(SITE_STAMP) ## serve the site on this machine, with reload
	$(BIN)/briefing serve

test: $(TEST_STAMP) ## every test, the browser's included
	$(BIN)/pytest -n auto --dist loadgroup

fuzz: $(TEST_STAMP) ## ten minutes of generated text through readers and pages; SECONDS=… for another time
	FUZZ_SECONDS=$(or $(SECONDS),600) $(BIN)/pytest tests/hostile/test_fuzz.py

lint: $(TEST_STAMP) ## style, formatting, types, and versions known to be unsafe
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tools/audit.py requirements.lock requirements-dev.lock

eval: $(TEST_STAMP) ## score the engine; EVAL=DIR names a folder with evaluation text of others
	$(BIN)/python -m tests.evaluation $(EVAL)

bench: $(TEST_STAMP) ## measure this project beside stock MkDocs, its search beside Material's; writes bench*.json (takes an hour)
	$(BIN)/python -m bench
	$(BIN)/python -m tests.search.bench --out bench-search.json

bench-quick: $(TEST_STAMP) ## the same for 200 articles
	$(BIN)/python -m bench --sizes 200 --rounds 1 --read 40
	$(BIN)/python -m tests.search.bench --sizes 2,200 --repeats 1 --out bench-search.json

lock: $(TEST_STAMP) ## pin every dependency anew, with hashes
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
		--group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
		-c requirements.lock --extra cluster --group build --group test --group lint pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
		--group audit -o requirements-audit.lock

search: ## bundle the search client anew from web/src/ (needs Node and npm)
	cd web && npm ci --silent && npm run --silent check && npm run --silent build

audit: $(TEST_STAMP) ## check the site of seeds/ by checkers of others (needs Node; Chromium and Java for some); writes audit.json
	cd tools/quality && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --silent --ignore-scripts
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-audit.lock
	$(BIN)/python -m tools.quality

pictures: site $(TEST_STAMP) ## take the pictures of README and docs anew, from seeds/
	$(BIN)/python tools/pictures.py site docs/pictures

clean: ## remove what was built, and the environment
	if [ -x $(BIN)/briefing ]; then $(BIN)/briefing clean --cache; fi
	rm -rf $(VENV) .briefing .mypy_cache .ruff_cache .pytest_cache .hypothesis dist

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 10

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed; PYTHON=… names one" >&2; exit 3; fi
	$(PYTHON) -m venv $(VENV)

$(SITE_STAMP): requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(TEST_STAMP): requirements-dev.lock $(SITE_STAMP)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@
