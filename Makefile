.DEFAULT_GOAL := help
.PHONY: help setup run test browser bench screenshots lint format lock

PYTHON ?= python3
BIN := .venv/bin
export HOST ?= 127.0.0.1
export PORT ?= 8000

help:  ## Say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# The environment is made anew only when its lock has changed.
.venv/locked: requirements-dev.txt
	@if command -v uv >/dev/null 2>&1; then \
	  test -x $(BIN)/python || uv venv --quiet --python $(PYTHON) .venv; \
	  uv pip sync --quiet --require-hashes --python $(BIN)/python requirements-dev.txt; \
	else \
	  test -x $(BIN)/python || $(PYTHON) -m venv .venv; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt; \
	fi
	@touch $@

# What drives a browser, on top of that: large, and only for who looks at pages.
.venv/locked-browser: requirements-browser.txt .venv/locked
	@if command -v uv >/dev/null 2>&1; then \
	  uv pip install --quiet --require-hashes --python $(BIN)/python -r requirements-browser.txt; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-browser.txt; \
	fi
	@touch $@

setup: .venv/locked  ## Prepare .venv from the locked requirements

run: export DEBUG ?= 1
run: setup  ## Serve the site on SQLite with demo content: http://127.0.0.1:8000/
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo --if-empty
	@$(BIN)/python manage.py runserver

test: setup  ## Run the tests on SQLite, and on PostgreSQL as well where TEST_DATABASE_URL says where one is
	@echo "The tests, on SQLite:"
	@env -u TEST_DATABASE_URL $(BIN)/python -m pytest -n auto --dist loadgroup --quiet
	@if [ -n "$$TEST_DATABASE_URL" ]; then \
	  echo "The tests, on PostgreSQL:"; \
	  $(BIN)/python -m pytest -n auto --dist loadgroup --quiet; \
	else \
	  echo "Set TEST_DATABASE_URL to run them on PostgreSQL as well."; \
	fi

COLLECT_STATIC = SECRET_KEY=to-collect-files-only $(BIN)/python manage.py collectstatic --noinput --verbosity 0

browser: .venv/locked-browser  ## Try every page in Chromium (Debian: apt-get install chromium)
	@$(COLLECT_STATIC)
	@$(BIN)/python -m pytest -n auto --quiet tests/browser

bench: setup  ## Measure linking, and pages of 1,000 and of 20,000 notes (made when first asked for: ten minutes)
	@$(BIN)/python -m tests.bench.linking
	@$(BIN)/python -m tests.bench.pages

screenshots: .venv/locked-browser  ## Take the pictures of the README, with Chromium
	@$(COLLECT_STATIC)
	@$(BIN)/python -m pytest --quiet tests/browser/take_screenshots.py

lint: setup  ## Check style and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: setup  ## Put style and format right
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock:  ## Lock the newest allowed requirements, with hashes (needs uv)
	uv pip compile --quiet --universal --python-version 3.11.0 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11.0 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade --extra dev pyproject.toml -o requirements-dev.txt
	uv pip compile --quiet --universal --python-version 3.11.0 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade --extra dev --extra browser pyproject.toml -o requirements-browser.txt
