# Everything from nothing: each target makes what it needs first.
#
#   make serve    set up, then serve on http://$(HOST):$(PORT) until Ctrl-C
#   make test     set up, then run every test, browser and PostgreSQL included
#   make lint     style and types only
#   make format   let ruff put the code in order
#   make coverage every test again, with the share of lines and branches they reach
#   make fuzz     ask a hundred thousand odd things, and see that nothing breaks
#   make bench    measure, print, judge nothing
#   make wheel    pack the site into dist/
#   make texts    bring the catalogues to what the pages say; then translate by hand
#   make clean    take away what make has made; the site's data stays

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
# `make test ARGS="-k shelter"` hands words to pytest.
ARGS ?=
# One worker a core; `make test JOBS=0` runs in one process.
JOBS ?= auto
# `make fuzz REQUESTS=5000` asks less.
REQUESTS ?= 100000

VENV := .venv
RUN := $(VENV)/bin/python -m
PIP := $(RUN) pip --disable-pip-version-check
COMPILE := $(VENV)/bin/python -W ignore -m compileall -q

# An environment is good for one state of these two files, in one place.
STATE := $(shell (pwd && cat pyproject.toml hatch_build.py) | cksum | tr ' ' '-')
INSTALLED := $(VENV)/.installed-$(STATE)
DEVELOPED := $(VENV)/.developed-$(STATE)

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard directory/translations/*/LC_MESSAGES/messages.po))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Two installs into one environment would meet.
.NOTPARALLEL:
.PHONY: help serve test lint format coverage fuzz bench wheel texts clean tools

help:
	@sed -n 's/^#   //p' Makefile

# The shell gives way to the server, so that Ctrl-C and TERM reach it and no other.
serve: $(INSTALLED) $(CATALOGUES)
	@exec $(VENV)/bin/aftercare serve --host $(HOST) --port $(PORT)

test: $(DEVELOPED) $(CATALOGUES) tools
	@$(RUN) pytest -n $(JOBS) --dist worksteal $(ARGS)

lint: $(DEVELOPED)
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy

format: $(DEVELOPED)
	@$(RUN) ruff check --fix .
	@$(RUN) ruff format .

# The pure matcher has no line that a test could not reach; the rest has some.
coverage: $(DEVELOPED) $(CATALOGUES) tools
	@$(RUN) pytest -n $(JOBS) --dist worksteal --cov --cov-report= $(ARGS)
	@$(RUN) coverage report --fail-under=90
	@$(RUN) coverage report --include='matcher/*' --fail-under=100

fuzz: $(DEVELOPED) $(CATALOGUES)
	@FUZZ_REQUESTS=$(REQUESTS) $(RUN) pytest -n $(JOBS) tests/safety/test_fuzz.py $(ARGS)

bench: $(DEVELOPED) $(CATALOGUES)
	@$(RUN) tests.benchmarks $(ARGS)

wheel: $(DEVELOPED) $(CATALOGUES)
	@$(RUN) hatchling build --target wheel

texts: $(DEVELOPED)
	@$(RUN) babel.messages.frontend --quiet extract --mapping-file pyproject.toml --keyword _ --keyword Sentence --no-location --sort-output --ignore-dirs ".*" --project "Aftercare NC" --version 1 --output-file .messages.pot .
	@$(RUN) babel.messages.frontend --quiet update --no-fuzzy-matching --ignore-pot-creation-date --input-file .messages.pot --output-dir directory/translations
	@rm .messages.pot

tools:
	@tools/ensure.sh chromium postgresql

# Compiling every module of every library takes longer than fetching them, and Python
# compiles what it uses. Whoosh is the exception: its compiling warns, once, of escapes
# in its sources, which an operator need not read.
$(INSTALLED): | $(VENV)/bin/python
	@echo "Installing the site into $(VENV); the first time takes about half a minute."
	@$(PIP) install -qq --no-compile --editable .
	@$(COMPILE) $(VENV)/lib/python3*/site-packages/whoosh
	@rm -f $(VENV)/.installed-* $(VENV)/.developed-*
	@touch $@

$(DEVELOPED): | $(VENV)/bin/python
	@echo "Installing the site and its tests into $(VENV); the first time takes about a minute."
	@$(PIP) install -qq --no-compile --editable '.[dev]'
	@$(COMPILE) $(VENV)/lib/python3*/site-packages/whoosh
	@rm -f $(VENV)/.installed-* $(VENV)/.developed-*
	@touch $(INSTALLED) $@

$(VENV)/bin/python:
	@PYTHON="$(PYTHON)" tools/ensure.sh python
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

%.mo: %.po | $(INSTALLED)
	@$(RUN) babel.messages.frontend --quiet compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/LC_MESSAGES/messages.po,%,$<))

clean:
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .coverage .coverage.* htmlcov
	find directory matcher tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find directory -name '*.mo' -delete
