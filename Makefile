# make demo   builds the graph of seeds/ and names the page to open
# make test   lint, types, layers and all tests
# make soak   kills writers, fills disks and loses stores far more often than make test does
# make fuzz   feeds it a hundred times as much odd input as make test does (about half an hour)
# make lint   the checks that read the code and do not run it
# make audit  compares what is locked with the known weaknesses, where lists of these can be reached
# make lock   writes the lock files anew
# make clean  removes what was built, and .venv
# Each works in a bare clone with Python, pip and make: what is missing is installed once, into .venv.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUNTIME := .venv/.runtime
DEV := .venv/.dev

.PHONY: demo test soak fuzz lint audit lock clean programs

demo: $(RUNTIME)
	$(BIN)/kg build seeds -o output --fresh

# What is installed, and what reads the code, goes side by side.
test:
	@$(MAKE) --no-print-directory -j2 lint programs
	$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

soak: $(DEV)
	KILLS=2000 BUILD_KILLS=50 $(BIN)/python -m pytest tests/store/test_crash.py tests/store/test_full.py tests/store/test_away.py tests/test_signals.py

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

fuzz: $(DEV)
	FUZZ=100 nice -n 19 $(BIN)/python -m pytest tests/hostile/test_fuzz.py tests/extract/test_properties.py

# The stamps are newer than the files they were made from, so that a second run installs nothing.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("claimgraph needs Python 3.11 or newer, and $(PYTHON) is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv

$(RUNTIME): requirements.txt pyproject.toml | .venv/bin/python
	@echo "Installing into .venv (once) ..."
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements-dev.txt pyproject.toml | .venv/bin/python
	@echo "Installing into .venv (once) ..."
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ $(RUNTIME)

# Tests drive the system's Chromium and raptor, another parser of RDF. Where they are missing and cannot be
# installed, these tests skip and say so.
programs:
	@{ command -v chromium-headless-shell && command -v rapper; } >/dev/null 2>&1 \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 \
	     && echo "Installing chromium-headless-shell and raptor2-utils for the tests ..." \
	     && apt-get update -qq \
	     && $(APT) raptor2-utils faketime >/dev/null && $(APT) chromium-headless-shell >/dev/null; } \
	|| { command -v chromium && command -v rapper; } >/dev/null 2>&1 \
	|| echo "No Chromium or no rapper: their tests will skip."
APT := apt-get install -y -qq --no-install-recommends

LOCKED := requirements.txt
audit: $(DEV)
	$(PYTHON) -m venv .venv-audit && .venv-audit/bin/python -m pip --quiet install pip-audit
	-.venv-audit/bin/pip-audit --disable-pip --require-hashes -r $(LOCKED) --format json -o .venv-audit/found.json
	@test -s .venv-audit/found.json || echo '{"dependencies": []}' > .venv-audit/found.json
	$(BIN)/python -m tests.audit < .venv-audit/found.json
	rm -rf .venv-audit

lock:
	$(PYTHON) -m venv .venv-lock && .venv-lock/bin/python -m pip --quiet install uv
	.venv-lock/bin/uv pip compile pyproject.toml --extra build $(LOCK) -o requirements.txt
	.venv-lock/bin/uv pip compile pyproject.toml --extra build --extra dev -c requirements.txt $(LOCK) -o requirements-dev.txt
	rm -rf .venv-lock
LOCK := --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find output -mindepth 1 ! -name README.md -exec rm -rf {} +
	find . -name __pycache__ -prune -exec rm -rf {} +
