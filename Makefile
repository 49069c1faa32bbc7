# One door for people, hooks and CI. Needs Python 3.11 or newer, make and a package registry.

PYTHON ?= python3
VENV ?= .venv
WORKERS ?= 2
EXAMPLE ?= docs/examples/stages.Dockerfile

BIN := $(VENV)/bin
SOURCES := $(shell find src -type f -not -name '*.pyc' -not -path '*/__pycache__*') pyproject.toml README.md LICENSE
CODE := src tests benchmarks
MACHINE := tests/engines/machine

# What runs is the installed wheel, never the source tree.
unexport PYTHONPATH PYTHONHOME
export STAGEGRAPH_INSTALLED = 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint format types contracts tests bench golden wheel environment engines engines-stop clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/installed ## Show what both builders do with the example's stage2
	$(BIN)/stagegraph compare -f $(EXAMPLE) --target stage2

test: lint types contracts tests ## Check everything: style, types, contracts, then every test

lint: $(VENV)/equipped ## Check style and format
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/shellcheck --external-sources $(MACHINE)/*.sh .ci/run

types: $(VENV)/equipped ## Check types
	$(BIN)/mypy

contracts: $(VENV)/equipped ## Check who may import whom
	$(BIN)/lint-imports --no-cache

tests: $(VENV)/equipped ## Run the tests and the docs' examples against the installed wheel
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup $(TESTS)

format: $(VENV)/equipped ## Put the code in its format and mend what can be mended
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

bench: $(VENV)/measuring ## Measure side by side with other parsers, and print the table
	$(BIN)/python -m benchmarks $(BENCH)

golden: $(VENV)/equipped ## Write the golden cases anew, to be read with git diff
	$(BIN)/python tests/golden/regenerate.py

wheel: $(VENV)/wheel ## Build the wheel into dist/

environment: $(VENV)/equipped ## Make the environment with all the tools

engines: ## Install and start Docker Engine and Buildah for tests/engines (as root)
	@bash $(MACHINE)/start.sh

engines-stop: ## Stop what `make engines` started
	@bash $(MACHINE)/stop.sh

clean: ## Remove the environment and everything that was made
	@[ ! -e .engines ] || { bash $(MACHINE)/stop.sh && rm -rf .engines; }
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +

# The environment grows in steps, and each step leaves a stamp.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo '$(PYTHON) is not Python 3.11 or newer; say which is: make PYTHON=python3.12' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check 'hatchling>=1.25'
	@touch $@

$(VENV)/wheel: $(VENV)/made $(SOURCES)
	rm -rf dist
	$(BIN)/hatchling build -t wheel -d dist
	@touch $@

$(VENV)/installed: $(VENV)/wheel
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --force-reinstall dist/*.whl
	$(BIN)/pip install --quiet --disable-pip-version-check dist/*.whl
	@touch $@

$(VENV)/equipped: $(VENV)/installed pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check "$$(echo dist/*.whl)[dev]"
	@touch $@

$(VENV)/measuring: $(VENV)/equipped
	$(BIN)/pip install --quiet --disable-pip-version-check "$$(echo dist/*.whl)[dev,bench]"
	@touch $@
