PORT ?= 8000
LANGUAGES := de
# The first Python on the path that is new enough; each is asked, since a name may be there and not run.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

help:  ## print this
	@sed -n 's/^\([a-z-]*\):.*## /  make \1 \t/p' Makefile | expand -t 22

run: .venv/runtime  ## install what is needed, then serve the demo (PORT=8000)
	@$(BIN)/jointly demo --port $(PORT)

test: check  ## everything that gates a change
	$(BIN)/pytest

watch: .venv/dev  ## the demo, started anew when code, a template, a style or a script changes (PORT=8000)
	@$(BIN)/watchfiles "$(BIN)/jointly demo --port $(PORT)" app templates static

fix: .venv/dev  ## format, and mend what a linter can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

quick: check  ## what one waits for while working: no browsers, servers, PostgreSQL and wide walks
	$(BIN)/pytest -m "not long and not wide and not browser and not server and not postgres"

check: .venv/dev  ## linters, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/ty check
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet templates

check-script:  ## lint and format-check static/js, with npx
	@command -v npx >/dev/null || { echo "npx is missing: install Node.js 20 or newer, which brings it." >&2; exit 1; }
	npx --yes @biomejs/biome@2.6.8 ci --colors=off --error-on-warnings

test-long: .venv/dev  ## all tests, with more rounds and examples
	JOINTLY_TEST_LONG=1 $(BIN)/pytest -m ""

bench: .venv/dev  ## how good the Specificity Test is, and CPU milliseconds a request on both databases
	$(BIN)/python -m benchmarks

migration: .venv/dev  ## write a migration for what changed in the tables (NAME=add_a_telephone)
	@$(BIN)/python -m migrations.new "$$NAME"

wheel: .venv/runtime  ## build dist/jointly-….whl, which needs no checkout
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

messages: .venv/dev  ## bring app/locale up to date with the words in app and templates
	@pot=$$(mktemp) && trap 'rm -f "$$pot"' EXIT && \
	$(BIN)/pybabel -q extract -F pyproject.toml -o "$$pot" --add-location=file --sort-by-file --project=Jointly . && \
	for language in $(LANGUAGES); do \
	  $(BIN)/pybabel -q update -i "$$pot" -d app/locale -l $$language \
	    --init-missing --ignore-pot-creation-date --no-fuzzy-matching --ignore-obsolete || exit; \
	done

lock: python  ## write both lock files anew (UPGRADE=--upgrade for newer versions)
	@uv=$$(mktemp -d) && trap 'rm -rf "$$uv"' EXIT && \
	$(PYTHON) -m venv "$$uv" && "$$uv/bin/python" -m pip install --quiet --disable-pip-version-check uv && \
	compile="$$uv/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --emit-build-options $(UPGRADE) pyproject.toml --group build" && \
	$$compile --only-binary pysqlite3 -o requirements.lock && \
	$$compile -o requirements-dev.lock --group dev -c requirements.lock
	@! grep -n '://' requirements.lock requirements-dev.lock

audit: python  ## ask an index for known weaknesses of what the lock files name
	@.ci/audit $(PYTHON)

parts: python  ## list what is installed with Jointly (CycloneDX) in dist/jointly-parts.cdx.json
	@.ci/parts $(PYTHON)

release: python  ## date the changelog, set the version, commit and tag (VERSION=1.2.3)
	@$(PYTHON) .ci/release.py "$(VERSION)"

clean:  ## remove the environment and caches; var/, your data, stays
	rm -rf .venv dist .hypothesis .import_linter_cache .pytest_cache .ruff_cache
	find app benchmarks migrations tests -name __pycache__ -prune -exec rm -rf {} +

# The lock files say what is installed; a stamp beside each says that it was.
.venv/runtime: $(BIN)/python requirements.lock pyproject.toml
	@echo "Installing what Jointly needs into .venv, once. This takes about half a minute."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: $(BIN)/python requirements-dev.lock pyproject.toml
	@echo "Installing what the tests need into .venv, once. This takes about a minute."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch .venv/runtime $@

# --clear takes the stamps of an older environment with it.
$(BIN)/python:
	@$(MAKE) --no-print-directory python
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; exit 1; }

python:
	@test -n "$(PYTHON)" || { echo "Jointly needs Python 3.11 or newer; on the path is: \
	$$(python3 --version 2>/dev/null || echo none). Install one, or name it: make run PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Jointly needs Python 3.11 or newer; $(PYTHON) is: $$($(PYTHON) --version 2>&1)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	{ $(PYTHON) -c 'import sys; v = "python%d.%d" % sys.version_info[:2]; \
	print(f"{v} cannot make environments here: venv or ensurepip is missing. On Debian and Ubuntu: apt install {v}-venv")' >&2; exit 1; }

.PHONY: help run test watch fix quick check check-script test-long bench migration wheel messages lock audit \
  parts release clean python
