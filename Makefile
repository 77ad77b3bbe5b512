PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name) 2>/dev/null)))
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# With CI=true everything runs and whatever is missing is a failure.
SELECT := $(if $(CI),,-m "not slow")

.PHONY: install demo test lint format clients shortcuts sign docs screenshots bench lock clean

install: .venv/.installed

.venv/.installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed."; exit 1; }
	$(PYTHON) -m venv .venv
	$(PIP) --editable .
	$(BIN)/python -m compileall -q bridge
	touch $@

.venv/.dev: .venv/.installed
	$(PIP) --editable '.[dev,postgres,verify]'
	touch $@

demo: install
	$(BIN)/bridge demo

test: .venv/.dev
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(SELECT) $(ARGS)

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Third-party Intervals.icu clients, to be tried against the bridge.
clients:
	$(PYTHON) -m venv tests/clients/.venv
	tests/clients/.venv/bin/python -m pip install --quiet --disable-pip-version-check \
	    --requirement tests/clients/requirements.txt
	cd tests/clients && npm ci --no-audit --no-fund --silent
	cd tests/browser && npm ci --no-audit --no-fund --silent

# Build the files in shortcuts/ again from their templates.
shortcuts: .venv/.dev
	$(BIN)/python -m bridge.shortcuts.build

# Sign them at a release, for example: make sign BY="--ssh me@mac"
sign: shortcuts
	$(BIN)/bridge shortcuts sign $(BY) shortcuts
	$(BIN)/python -m bridge.shortcuts.build

# Write the sentences and the examples of the docs again.
docs: .venv/.dev
	$(BIN)/python -m tests.docs.generate

# Take the pictures of the setup page again.
screenshots: .venv/.dev clients
	$(BIN)/python -m tests.site.pictures

# Measure beside naive Flask; writes bench/RESULTS.md.
bench: .venv/.dev
	$(BIN)/python -m bench.run

# Pin what is installed now; review the difference before you commit it.
lock: .venv/.dev
	$(BIN)/python -m pip freeze --exclude-editable > constraints.txt

clean:
	rm -rf .venv tests/clients/.venv tests/*/node_modules
