# Everything a person types. Each target does its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.run-ready
DEV_READY := $(VENV)/.dev-ready

.PHONY: run test test-fast test-e2e lint format bench bench-resumes bench-evaluation fit-grader help

help: ## list the targets
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: install it, or name it with 'make PYTHON=/path/to/python3.12 …'."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "The venv module is missing: install it (Debian: apt-get install python3-venv) and try again."; exit 1; }

$(RUN_READY): requirements.txt | $(BIN)/python
	@echo "Installing what the app needs (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt || \
		{ echo "pip could not install requirements.txt: check the network or the package index, then run the same command again."; exit 1; }
	@touch $@

$(DEV_READY): requirements.txt requirements-dev.txt | $(BIN)/python
	@echo "Installing what the tests need (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt || \
		{ echo "pip could not install requirements-dev.txt: check the network or the package index, then run the same command again."; exit 1; }
	@touch $(RUN_READY) $@

run: $(RUN_READY) ## start the app on http://127.0.0.1:8501 (PORT=… to change)
	@APP_MODE=local $(BIN)/python -m streamlit run app.py --server.address 127.0.0.1 --server.port $${PORT:-8501}

test: $(DEV_READY) ## every test, the browser ones included
	@$(BIN)/python scripts/ensure_chromium.py
	@$(BIN)/python -m pytest -m "e2e or not e2e"

test-fast: $(DEV_READY) ## all tests but those that drive a browser
	@$(BIN)/python -m pytest

test-e2e: $(DEV_READY) ## only the tests that drive a browser
	@$(BIN)/python scripts/ensure_chromium.py
	@$(BIN)/python -m pytest -m e2e

lint: $(DEV_READY) ## format, lint, types, architecture
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: $(DEV_READY) ## put the code in shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(DEV_READY) ## measure speed, as ratios in one run
	@$(BIN)/python -m bench

bench-resumes: $(DEV_READY) ## how much of real resumes is read (data: BENCH_DATA)
	@$(BIN)/python -m bench.resumes

bench-evaluation: $(DEV_READY) ## how close the built-in grades are to people's, into docs/evaluation.md (data: BENCH_DATA)
	@$(BIN)/python -m bench.evaluation

fit-grader: $(DEV_READY) ## fit the built-in grader again and write data/grader (data: BENCH_DATA)
	@$(BIN)/python -m scripts.fit_grader
