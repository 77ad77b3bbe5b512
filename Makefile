PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3.14 python3,$(shell command -v $(name) 2>/dev/null)))
BIN := .venv/bin
# Told before pip is: with an older Python it ends in a page about conflicting versions.
NEW_ENOUGH := import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))
define CHECK_PYTHON
test -n "$(PYTHON)" && $(PYTHON) -c '$(NEW_ENOUGH)' 2>/dev/null || { \
    echo "The bridge needs Python 3.11 or newer, with its venv module. Here is: $(or $(PYTHON),none)" \
        "$$($(PYTHON) --version 2>&1 | cut -d' ' -f2)"; \
    echo "  macOS:           brew install python, or https://www.python.org/downloads"; \
    echo "  Debian, Ubuntu:  sudo apt install python3 python3-venv"; \
    echo "Another one you have:  make install PYTHON=/path/to/python3.12"; \
    exit 1; }
endef
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Byte code is kept whatever the shell says: without it each run compiles all tests.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --dist loadgroup
# With CI=true everything runs and whatever is missing is a failure.
SELECT := $(if $(CI),,-m "not slow")
TAKES := $(if $(CI),Everything: about a quarter of an hour on two cores.,About five minutes on two cores; make test-fast takes one.)
# What a change most often breaks, without processes, sockets and the simulator's own.
FAST := $(addprefix tests/,access answers contracts domain inputs speech writes)

.PHONY: dist install demo test understand test-fast how-long lint format clients shortcuts sign docs screenshots first-hour bench lock clean

install: .venv/.installed

# What serves comes from requirements.txt: one version each, and only the files whose
# digests stand there. constraints.txt pins what tests and lints besides.
.venv/.installed: pyproject.toml requirements.txt requirements-pictures.txt
	@$(CHECK_PYTHON)
	@echo "Setting up .venv in about a minute: most of it is downloading (170 MB on disk)."
	@$(BIN)/python -c '$(NEW_ENOUGH)' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@echo "1 of 3: the packages that serve"
	@$(PIP) --require-hashes --requirement requirements.txt
	@echo "2 of 3: the bridge itself"
	@$(PIP) --no-deps --editable .
	@echo "3 of 3: what makes pictures"
	@$(PIP) --only-binary pyvips-binary --require-hashes --requirement requirements-pictures.txt \
	    || $(PIP) --only-binary resvg-py --constraint constraints.txt resvg-py \
	    || echo "Nothing that makes PNG has a wheel for this machine; pictures are SVG only."
	@$(BIN)/python -m compileall -q bridge
	@$(BIN)/python -m bridge.domain.speech.toml
	@touch $@
	@echo "Installed. For this terminal, and each new one:  . .venv/bin/activate"

.venv/.dev: .venv/.installed constraints.txt
	$(PIP) --constraint constraints.txt --editable '.[dev,pictures,postgres,verify]'
	touch $@

demo: install
	$(BIN)/bridge demo $(ARGS)

test: how-long .venv/.dev
	$(PYTEST) $(SELECT) $(ARGS)

how-long:
	@echo "$(TAKES)"

# For the loop: meaning, words, answers, writes, and the rules of the house.
understand: .venv/.dev
	$(BIN)/python -m tests.inputs.understand

test-fast: .venv/.dev
	$(PYTEST) -m "not slow" $(FAST) $(ARGS)

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Third-party Intervals.icu clients, to be tried against the bridge; types and rules.
clients:
	$(PYTHON) -m venv tests/clients/.venv
	tests/clients/.venv/bin/python -m pip install --quiet --disable-pip-version-check \
	    --requirement tests/clients/requirements.txt
	cd tests/clients && npm ci --no-audit --no-fund --silent
	cd tests/browser && npm ci --no-audit --no-fund --silent
	cd tests/widgets && npm ci --no-audit --no-fund --silent

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
	$(BIN)/python -m tests.docs.generate sentences

# Take the pictures of the setup page again.
screenshots: .venv/.dev clients
	$(BIN)/python -m tests.site.pictures

# Do what README says from an empty clone, in two browsers, to the first answer; about
# three minutes. FIRST_HOUR_IN=. takes this copy instead.
first-hour: .venv/.dev
	FIRST_HOUR_IN=$(FIRST_HOUR_IN) $(BIN)/python -m tests.docs.first_hour

# What a release hands out: wheel and source, each of which installs and serves alone.
dist: .venv/.dev
	rm -rf dist
	$(BIN)/python -m build --outdir dist .
	cd dist && sha256sum * > SHA256SUMS && cat SHA256SUMS

# Measure beside naive Flask, FastAPI, Express and nginx; writes bench/RESULTS.md, in
# about ten minutes. SUITE=yes times `make test` too; ARGS="--only far" shows a section.
bench: .venv/.dev
	$(BIN)/python -m bench.run $(if $(SUITE),--suite) $(ARGS)

# Pin what is installed now; review the difference before you commit it.
lock: .venv/.dev
	$(BIN)/python -m pip freeze --exclude-editable > constraints.txt
	$(PIP) pip-tools
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --constraint constraints.txt \
	    --extra postgres --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --constraint constraints.txt \
	    --extra postgres --extra verify --output-file requirements-verify.txt pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --constraint constraints.txt \
	    --extra postgres --extra pictures --output-file requirements-pictures.txt pyproject.toml

clean:
	rm -rf .venv tests/clients/.venv tests/*/node_modules
