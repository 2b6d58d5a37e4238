# Targets create .venv if it is missing or the pins have changed.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
# What a file prepares is prepared once; tests/conftest.py says which files begin.
PARALLEL := -n auto --dist loadfile --no-loadscope-reorder
LOCK := uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 -q pyproject.toml

.PHONY: help demo test run lint bench quality soak fuzz mutants coverage docs dist package lock clean
.DEFAULT_GOAL := help

help: ## list these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: .venv/run ## poll and publish the built-in news site (ARGS=--once: poll twice and exit)
	@$(BIN)/feedbot demo $(ARGS)

run: .venv/run ## run feedbot with feedbot.toml
	@$(BIN)/feedbot run $(ARGS)

test: .venv/test ## run the test suite
	$(BIN)/pytest $(PARALLEL) $(ARGS)

lint: .venv/test ## run ruff (check and format) and mypy (strict)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

quality: .venv/bench ## measure the quality floors again, compared with other tools
	$(BIN)/python -m tests.quality $(ARGS)

bench: .venv/bench ## run the benchmarks, which compare ratios within one run
	$(BIN)/python -m tests.benchmarks $(ARGS)

soak: .venv/test ## simulate a month of sixty sites with faults (half an hour)
	$(BIN)/python -m tests.soak

fuzz: .venv/bench ## read 100,000 broken pages, feeds and URLs (ARGS="CASES SEED")
	$(BIN)/python -m tests.fuzz $(ARGS)

mutants: .venv/bench ## make small changes to the modules that decide; report what no test notices (ARGS=decide)
	$(BIN)/python -m tests.mutants $(ARGS)

coverage: .venv/test ## measure the branches that unit and integration tests reach; fail below a floor
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(PARALLEL) tests/unit tests/integration $(ARGS)
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

docs: .venv/test ## write docs/reference.md from the code
	$(BIN)/python -m tests.reference

dist: .venv/test ## build sdist and wheel reproducibly in dist/
	$(BIN)/python -m tests.package build dist

package: .venv/test ## install what `make dist` builds, and test it (PYTHON=python3.13 ARGS=tests/unit)
	PYTHON=$(PYTHON) $(BIN)/python -m tests.package test $(PARALLEL) $(ARGS)

lock: ## pin the newest versions that pyproject.toml allows (needs uv)
	$(LOCK) --upgrade --extra desk --group build -o requirements/run.txt
	$(LOCK) --upgrade --extra browser --extra cluster --extra desk --extra s3 --group build --group test -o requirements/test.txt
	$(LOCK) --upgrade --extra browser --extra cluster --extra desk --extra s3 --group build --group test --group bench -o requirements/bench.txt

clean: ## remove .venv
	rm -rf .venv

# run < test < bench: each set includes the previous one with the same pins. The sets are complete, so pip
# need not resolve them (--no-deps); old versions cannot, since they do not find lxml[html_clean].
.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "installing feedbot into .venv …" >&2
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q feedbot || true
	@touch $@

.venv/test: requirements/test.txt .venv/run
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements/test.txt
	@touch $@

.venv/bench: requirements/bench.txt .venv/test
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements/bench.txt
	@touch $@
