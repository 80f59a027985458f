# Two commands: `make brief` (the main job on embedded data) and `make test`. Needs Python >= 3.11, git and make.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
UV     := $(shell command -v uv 2>/dev/null)
# Small matrices: threads of the linear algebra library wait for each other longer than they work.
export OPENBLAS_NUM_THREADS ?= 1

# The versions that the tests passed with; `make test LOCK=` takes the newest that pyproject.toml allows.
LOCK ?= constraints.txt
PINS := $(if $(LOCK),-c $(LOCK))

.PHONY: help brief test quick soak bench lint docs tutorials lock sbom clean
help:
	@echo "make brief   set up and write the report on Japan's mineral imports to out/brief/"
	@echo "make test    set up, check style, types and imports, run every test"
	@echo "make quick   the tests without the slow ones"
	@echo "make soak    the tests of kills, full disks, rot and two writers at once, with many more tries, and ten thousand random markets (40 minutes)"
	@echo "make bench   run every benchmark; each prints one JSON line"
	@echo "make docs    rewrite the generated pages in docs/"
	@echo "make tutorials  run the commands of examples/*.md and write what they print into the pages"
	@echo "make lock    write constraints.txt anew from the newest versions, to be tested and committed"
	@echo "make sbom    write the bill of materials of a release to dist/sogdia.cdx.json"

$(BIN)/python:
ifdef UV
	$(UV) venv --quiet --python $(PYTHON) $(VENV)
else
	$(PYTHON) -m venv $(VENV)
endif

# $(1): what to install, e.g. `-e .` or `-e .[dev]`
ifdef UV
install = $(UV) pip install --quiet --compile-bytecode --python $(BIN)/python $(PINS) $(1)
else
install = $(BIN)/python -m pip install --quiet --disable-pip-version-check $(PINS) $(1)
endif

# Once for all commands, where Python itself may not write what it compiles.
compile = $(BIN)/python -m compileall -q src/sogdia

$(VENV)/.core: pyproject.toml $(LOCK) | $(BIN)/python
	$(call install,-e .)
	$(compile)
	@touch $@

$(VENV)/.dev: pyproject.toml $(LOCK) | $(BIN)/python
	$(call install,-e '.[dev]')
	$(compile)
	@touch $@ $(VENV)/.core

$(VENV)/.bench: pyproject.toml $(LOCK) | $(BIN)/python
	$(call install,-e '.[bench]')
	@touch $@ $(VENV)/.dev $(VENV)/.core

brief: $(VENV)/.core
	$(BIN)/sogdia brief --out out/brief

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint
	$(BIN)/pytest -n 2 --dist loadfile

quick: $(VENV)/.dev
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow and not soak"

soak: $(VENV)/.dev
	SOGDIA_SOAK=1 $(BIN)/pytest tests/faults tests/properties/test_equilibrium_ten_thousand.py -m "soak or not soak"

bench: $(VENV)/.bench
	@for file in benchmarks/*.py; do case $$file in */_*) ;; *) echo "== $$file"; $(BIN)/python $$file || exit 1;; esac; done

docs: $(VENV)/.dev
	$(BIN)/python tools/write_docs.py

tutorials: $(VENV)/.dev
	$(BIN)/python tools/write_tutorials.py

lock:
	$(PYTHON) -m venv --clear out/lock
	out/lock/bin/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	@{ head -n 1 constraints.txt; out/lock/bin/python -m pip freeze --exclude-editable; } > out/constraints.txt
	@mv out/constraints.txt constraints.txt

# What a user of the package gets: its run-time dependencies alone, each with its version and licence.
sbom:
	$(PYTHON) -m venv --clear out/sbom
	out/sbom/bin/python -m pip install --quiet --disable-pip-version-check $(PINS) .
	$(PYTHON) -m venv --clear out/sbom-tool
	out/sbom-tool/bin/python -m pip install --quiet --disable-pip-version-check 'cyclonedx-bom>=7,<8'
	@mkdir -p dist
	out/sbom-tool/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type library --output-reproducible \
		-o dist/sogdia.cdx.json out/sbom/bin/python

clean:
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis
