# Two commands do everything: `make demo` and `make test`. `make` alone lists the rest.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
BENCHES := $(basename $(notdir $(shell grep -l "^def main" bench/*.py)))
.DEFAULT_GOAL := help

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.venv/.runtime: requirements.txt pyproject.toml .ci/install-python
	@PYTHON="$(PYTHON)" .ci/install-python requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	@PYTHON="$(PYTHON)" .ci/install-python requirements-dev.txt
	@touch $@

static/dist/manifest.json: package-lock.json package.json $(shell find static/src -type f)
	@.ci/install-assets

install: .venv/.runtime static/dist/manifest.json ## Make .venv with the outreach command, and build the assets
	@$(BIN)/python -c 'import outreach.cli.main' 2>/dev/null || { rm -rf .venv; $(MAKE) --no-print-directory .venv/.runtime; }

demo: install ## Run everything on loopback, with people and a list to try (RESET=1 starts afresh)
	@exec $(BIN)/outreach demo $(if $(RESET),--reset)

install-dev: install .venv/.dev ## The same, and what the tests and checks need
	@.ci/install-services

test: install-dev ## Install what the tests need and run every one
	$(BIN)/pytest -q -n auto --dist loadfile

pictures: install-dev ## Make the pictures that the guides in docs/ show
	$(BIN)/pytest -q tests/pictures

lint: install .venv/.dev ## Check style, types, import contracts and dead code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.dead_code

scan: install-dev ## Look for known weaknesses in the code and in what it is built on
	@.ci/scan

bench: install-dev ## Measure against baselines of the same run
	@missed=; for each in $(BENCHES); do echo "== $$each"; $(BIN)/python -m bench.$$each || missed="$$missed $$each"; done; \
	if [ -n "$$missed" ]; then echo "missed a target:$$missed"; exit 1; fi

chaos: install-dev ## Kill workers at random and count what was lost or doubled
	$(BIN)/python -m tests.chaos

lock: ## Choose versions anew and write the hashed requirements
	.ci/lock

clean: ## Remove what was built (not the data)
	rm -rf .venv node_modules static/dist build

.PHONY: help install install-dev demo test pictures lint scan bench chaos lock clean
