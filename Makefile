# Thin: each line calls the real tool. `make` alone says what there is.
PYTHON ?= python3
VENV := .venv
COLAB := .venv-colab
ORDINARY := .venv-ordinary
BIN := $(VENV)/bin
# A process a core; what belongs together (a chapter) runs in one of them.
CORES := -n auto --dist loadgroup

help:
	@echo "make demo      a sample class, from a chapter's text to grades (in demo/)"
	@echo "make test      the tests for people, at most 8 minutes"
	@echo "make test-all  all tests, at most 25 minutes"
	@echo "make bench     the figures of docs/measured.md, measured here"
	@echo "make format    ruff format and ruff's own repairs, over the tree"
	@echo "make docs      the tables of README and docs that follow from the code"
	@echo "make messages  the sentences of the package, as translators' template grader/locale/grader.pot"

# The stamp is made anew whenever what to install has changed.
$(VENV)/.installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -e ".[dev]"
	touch $@

# A machine as Colab gives it, without the project: tests install the wheel there as a notebook's set-up cell does.
$(COLAB)/.installed: tests/colab.txt
	$(PYTHON) -m venv --clear $(COLAB)
	$(COLAB)/bin/python -m pip install --quiet -r tests/colab.txt
	touch $@

# The system's own Python, which any user of the machine can read; left out where there is none that is new enough.
$(ORDINARY)/.installed: tests/ordinary.txt
	if /usr/bin/python3 -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		/usr/bin/python3 -m venv --clear $(ORDINARY) && \
		$(ORDINARY)/bin/python -m pip install --quiet -r tests/ordinary.txt && touch $@; \
	fi

demo: $(VENV)/.installed
	$(BIN)/grader demo

test: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest $(CORES) -m "not slow"

test-all: $(VENV)/.installed $(COLAB)/.installed $(ORDINARY)/.installed
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest $(CORES) --costs

bench: $(VENV)/.installed
	$(BIN)/python -u -m tests.benchmarks

format: $(VENV)/.installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.installed
	$(BIN)/python docs/generate.py

messages: $(VENV)/.installed
	$(BIN)/python -m grader.author.messages

.PHONY: help demo test test-all bench format docs messages
