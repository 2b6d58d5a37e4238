# Every target makes .venv itself when it is missing or when the pins have changed.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
LOCK := uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 -q pyproject.toml

.PHONY: help demo test run lint bench quality soak fuzz mutants coverage docs dist package lock clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: .venv/run ## the built-in news site, polled and published (ARGS=--once to exit)
	@$(BIN)/feedbot demo $(ARGS)

run: .venv/run ## the real thing, with feedbot.toml
	@$(BIN)/feedbot run $(ARGS)

test: .venv/test ## the test suite
	$(BIN)/pytest -n auto $(ARGS)

lint: .venv/test ## ruff check and format, mypy strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

quality: .venv/bench ## measure every quality floor again, beside other tools
	$(BIN)/python -m tests.quality $(ARGS)

bench: .venv/bench ## the benchmarks, as ratios of one run
	$(BIN)/python -m tests.benchmarks $(ARGS)

soak: .venv/test ## a month of sixty sites, with faults all along, in half an hour
	$(BIN)/python -m tests.soak

fuzz: .venv/bench ## 100,000 broken pages, feeds and addresses (ARGS="CASES SEED")
	$(BIN)/python -m tests.fuzz $(ARGS)

mutants: .venv/bench ## small changes to the modules that decide, and whether tests notice (ARGS=decide)
	$(BIN)/python -m tests.mutants $(ARGS)

coverage: .venv/test ## branches that the unit and integration tests reach, with a floor
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto tests/unit tests/integration $(ARGS)
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

docs: .venv/test ## write docs/reference.md from the code
	$(BIN)/python -m tests.reference

dist: .venv/test ## the sdist and the wheel, in dist/; equal trees give equal bytes
	$(BIN)/python -m tests.package build dist

package: .venv/test ## the test suite on what `make dist` makes, installed (PYTHON=python3.13 ARGS=tests/unit)
	PYTHON=$(PYTHON) $(BIN)/python -m tests.package test -n auto $(ARGS)

lock: ## pin the newest versions that pyproject.toml allows (needs uv)
	$(LOCK) --upgrade --group build -o requirements/run.txt
	$(LOCK) --upgrade --extra cluster --extra s3 --group build --group test -o requirements/test.txt
	$(LOCK) --upgrade --extra cluster --extra s3 --group build --group test --group bench -o requirements/bench.txt

clean: ## remove .venv
	rm -rf .venv

# run < test < bench: each set holds the one before it with the same pins. The sets are complete, so pip
# need not resolve them (--no-deps), which old pips cannot: they do not find the extra lxml[html_clean].
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
