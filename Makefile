# `make figures` and `make test` do all the set-up; `make help` lists the rest.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
GOLD ?= ../shared/gold

.PHONY: help figures test test-slow lab lint validity claims same bench fuzz licences release lock clean

help:
	@echo "make figures            run every notebook on data/captures, write figures/ and its gallery"
	@echo "make test               run the tests"
	@echo "make lab                open the notebooks in JupyterLab"
	@echo "make lint               style, types and the direction of imports"
	@echo "make validity GOLD=DIR  how right the measures are, against human-coded data"
	@echo "make claims GOLD=DIR    how often titles are right, simulated on human-coded data"
	@echo "make same               what has changed in tables and figures since they were kept (KEPT=DIR, GOLD=DIR for accuracy)"
	@echo "make bench              speed, as ratios against named peers"
	@echo "make test-slow          the tests that take minutes"
	@echo "make fuzz               mutated inputs, a minute a reader (SECONDS=N for longer, GUIDED=1 with atheris)"
	@echo "make licences           what is installed, under which licence"
	@echo "make release            sdist, wheel and their bill of materials (CycloneDX) in dist/"
	@echo "make lock               renew requirements.txt and its companions"
	@echo "make clean              remove .venv, dist, and the notebooks and evidence in figures"

figures: $(VENV)/.ready
	@$(BIN)/clipbook run

test test-slow: export PYTHONDONTWRITEBYTECODE =  # else every run rewrites all assertions again, in each of its processes
test: $(VENV)/.ready-test
	@$(BIN)/python -m pytest

test-slow: $(VENV)/.ready-test
	@$(BIN)/python -m pytest -m slow

fuzz: $(VENV)/.ready-test $(if $(GUIDED),$(VENV)/.ready-fuzz)
	@$(BIN)/python tests/fuzz/run.py --real --seconds $(or $(SECONDS),60) $(if $(GUIDED),--guided)

release: $(VENV)/.ready $(VENV)/.ready-release
	@rm -rf dist
	@$(BIN)/python -m hatchling build -d dist >/dev/null
	@$(VENV)/release/bin/python -W ignore -m cyclonedx_py requirements requirements.txt --pyproject pyproject.toml \
		--mc-type application --output-reproducible --of JSON -o dist/clipbook.cdx.json
	@ls dist

licences: $(VENV)/.ready
	@$(BIN)/python tests/licences.py

lab: $(VENV)/.ready
	@$(BIN)/jupyter lab --ip=127.0.0.1 --notebook-dir=. notebooks/00_start.ipynb

lint: $(VENV)/.ready-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

validity: $(VENV)/.ready-test
	@$(BIN)/python tests/validity/measure.py --gold "$(GOLD)"

claims: $(VENV)/.ready-test
	@$(BIN)/python tests/validity/claims.py --gold "$(GOLD)"

same: $(VENV)/.ready-test
	@$(BIN)/python tests/same.py $(if $(KEPT),--kept "$(KEPT)") $(if $(RENEW),--renew) $(if $(filter command line environment,$(origin GOLD)),--gold "$(GOLD)")

bench: $(VENV)/.ready-bench
	@$(BIN)/python tests/benchmarks/run.py $(if $(PAGES),--pages "$(PAGES)")
	@$(BIN)/python tests/benchmarks/explore.py

$(VENV)/.ready: requirements.txt pyproject.toml
	@if [ -z "$(PYTHON)" ]; then \
		echo "clipbook needs Python 3.11 or newer, and none was found ($$(python3 --version 2>&1))."; \
		echo "Install one from python.org or your package manager, or name it: make figures PYTHON=/path/to/python3.12"; exit 1; fi
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(f"clipbook needs Python 3.11 or newer; $(PYTHON) is {v[0]}.{v[1]}. Name another: make figures PYTHON=python3.12" if v < (3, 11) else 0)'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "This Python cannot make virtual environments (venv or ensurepip is missing)."; \
		echo "On Debian or Ubuntu: sudo apt install python3-venv. Then run make again."; exit 1; }
	@[ -x $(BIN)/python ] || { echo "Creating $(VENV) ..."; $(PYTHON) -m venv $(VENV); }
	@echo "Installing what requirements.txt lists (a few minutes the first time) ..."
	@$(PIP) install --quiet --require-hashes -r requirements.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready tests/requirements.txt
	@$(PIP) install --quiet --require-hashes -r tests/requirements.txt
	@touch $@

$(VENV)/.ready-fuzz: $(VENV)/.ready-test tests/fuzz/requirements.txt
	@$(PIP) install --quiet --require-hashes -r tests/fuzz/requirements.txt
	@touch $@

$(VENV)/.ready-release: $(VENV)/.ready tests/release/requirements.txt
	@$(BIN)/python -m venv $(VENV)/release
	@$(VENV)/release/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r tests/release/requirements.txt
	@touch $@

$(VENV)/.ready-bench: $(VENV)/.ready tests/benchmarks/requirements.txt
	@$(PIP) install --quiet --require-hashes --no-deps -r tests/benchmarks/requirements.txt
	@touch $@

UV_COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url
lock:
	@for target in "requirements.txt:--extra checkout" "tests/requirements.txt:--extra test --extra scale" "tests/benchmarks/requirements.txt:--extra bench"; do \
		file=$${target%%:*}; extras=$${target#*:}; pins=""; [ "$$file" = requirements.txt ] || pins="-c requirements.txt"; \
		echo "# Made by \`make lock\`: $(UV_COMPILE) $$extras pyproject.toml" > $$file.new; \
		$(UV_COMPILE) $$pins $$extras pyproject.toml >> $$file.new && mv $$file.new $$file || exit 1; done
	@for target in "tests/fuzz/requirements.txt:atheris==3.0.0" "tests/release/requirements.txt:cyclonedx-bom"; do \
		file=$${target%%:*}; tool=$${target#*:}; \
		echo "# Made by \`make lock\`: $(UV_COMPILE) - (of $$tool)" > $$file.new; \
		echo "$$tool" | $(UV_COMPILE) - >> $$file.new && mv $$file.new $$file || exit 1; done

clean:
	@rm -rf $(VENV) dist figures/notebooks figures/evidence
