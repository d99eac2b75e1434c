# Everything a person types. Each target does its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.run-ready
DEV_READY := $(VENV)/.dev-ready
WITNESS := tests/witness
WITNESS_READY := $(WITNESS)/node_modules/.ready

.PHONY: run test test-fast test-e2e test-witness lint format help fit-grader \
	bench bench-all bench-evaluation bench-resumes bench-golden bench-tokens bench-api

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
	@$(BIN)/python -m scripts.ensure_espeak
	@$(BIN)/python -m scripts.ensure_chromium
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not e2e and not witness"
	@$(BIN)/python -m pytest -n 3 --dist loadfile -m e2e

test-fast: $(DEV_READY) ## all tests but those that drive a browser
	@$(BIN)/python -m scripts.ensure_espeak
	@$(BIN)/python -m pytest

test-e2e: $(DEV_READY) ## only the tests that drive a browser
	@$(BIN)/python -m scripts.ensure_chromium
	@$(BIN)/python -m pytest -n 3 --dist loadfile -m e2e

$(WITNESS_READY): $(WITNESS)/package.json $(WITNESS)/package-lock.json
	@command -v npm >/dev/null || \
		{ echo "npm is missing: install Node.js 20.15 or newer (Debian: apt-get install nodejs npm) and try again."; exit 1; }
	@node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 15) ? 0 : 1)' || \
		{ echo "Node.js 20.15 or newer is needed: install it from https://nodejs.org and try again."; exit 1; }
	@echo "Installing the witness (once) …"
	@npm ci --prefix $(WITNESS) --no-fund --no-audit --ignore-scripts --loglevel=error || \
		{ echo "npm could not install $(WITNESS)/package.json: check the network or the registry, then run the same command again."; exit 1; }
	@touch $@

test-witness: $(DEV_READY) $(WITNESS_READY) ## interviews with models against a stub that others wrote (needs Node.js)
	@$(BIN)/python -m scripts.ensure_chromium
	@$(BIN)/python -m pytest $(WITNESS) -m witness

lint: $(DEV_READY) ## format, lint, types, architecture
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: $(DEV_READY) ## put the code in shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(DEV_READY) ## what has a clock: speech, a turn, the weight of a page, queries (needs Chromium, espeak-ng)
	@$(BIN)/python -m scripts.ensure_chromium
	@$(BIN)/python -m scripts.ensure_espeak
	@$(BIN)/python -m bench speech turn first_words weight queries

bench-all: $(DEV_READY) ## every bench in turn, those of `make bench` included
	@$(BIN)/python -m scripts.ensure_chromium
	@$(BIN)/python -m bench

bench-evaluation: $(DEV_READY) ## the built-in evaluator against people's grades (data: BENCH_DATA)
	@$(BIN)/python -m bench evaluation

bench-resumes: $(DEV_READY) ## how much of real resumes is read (data: BENCH_DATA)
	@$(BIN)/python -m bench resumes

bench-golden: $(DEV_READY) ## whether better answers to the bank's questions score higher
	@$(BIN)/python -m bench golden

bench-api: $(DEV_READY) ## the REST API: 200 interviews at once, uploads beside a page
	@$(BIN)/python -m bench api

bench-tokens: $(DEV_READY) ## how many input tokens an interview with a model takes
	@$(BIN)/python -m bench tokens

fit-grader: $(DEV_READY) ## fit the built-in grader again and write data/grader (data: BENCH_DATA)
	@$(BIN)/python -m scripts.fit_grader
