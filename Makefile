# Everything sets itself up: `make demo` and `make test` need python3 (3.11 or later), its venv package and make.

BEFORE := seeds/003_82a3f40ddacaa79d.txt
AFTER  := seeds/000_b0f2619614c4f6e8.txt
PAGES  ?= $(wildcard ../shared/series)
ARGS   ?=
# A file's tests stay with one process, for they share a site, a browser, a web archive.
SHARED := --numprocesses auto --maxprocesses 4 --dist loadfile

# Compiled once, and not by each of the hundreds of commands that the tests and benchmarks run.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test lint types correctness bench bench-venvs clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 22

demo: ## compare the two seeds: the report here, and as a page in reports/demo.html
	@.ci/venv
	@mkdir -p reports
	@.venv/bin/monitor compare $(BEFORE) $(AFTER) --format text
	@.venv/bin/monitor compare $(BEFORE) $(AFTER) --format html --output reports/demo.html
	@printf '\nThe same as a page: %s\n' "$$PWD/reports/demo.html"

test: ## run the tests (ARGS="-k name" picks some); those in a browser where there is Chromium
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; \
	then .ci/venv test,browser; \
	else echo 'No Chromium here: the browser tests are skipped. This brings it: apt-get install chromium'; .ci/venv test; fi
	@.venv/bin/python -m pytest $(SHARED) $(ARGS)

lint: ## check style, imports and dependencies
	@.ci/venv test,browser,dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/deptry .

types: ## check types
	@.ci/venv test,browser,dev
	@.venv/bin/mypy

correctness: ## what is found, missed and made up, against the baseline (PAGES=folder, ARGS="--misses")
	@.ci/venv
	@.venv/bin/python -m benchmarks.correctness $(if $(PAGES),"$(PAGES)") $(ARGS)

bench: ## measure speed, growth, memory and correctness (PAGES=folder)
	@.ci/venv
	@.venv/bin/python -m benchmarks $(if $(PAGES),--pages "$(PAGES)")

bench-venvs: ## install the other tools to measure against, each in a venv of its own
	@.ci/venv
	@.venv/bin/python -m benchmarks.peers

clean: ## remove what was made here
	rm -rf .venv .venvs reports dist benchmarks/results .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
