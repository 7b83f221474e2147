# `make check` is what a change must pass. All that a machine needs is Python 3.11 or later and make.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PEERS := .venv/.peers

.PHONY: site serve test oracle soak lint type check bench lighthouse publishing screenshots clean

site: $(READY)              ## build the demo newspaper into output/
	$(BIN)/sitegen build

serve: $(READY)             ## show the demo at http://127.0.0.1:8000/ while you work on it
	$(BIN)/sitegen serve

test: $(READY)              ## run all tests
	.ci/test

lint: $(READY)              ## style and likely mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

type: $(READY)              ## types
	$(BIN)/mypy

oracle: $(READY)            ## compare incremental with clean builds after thousands of histories of edits
	SITEGEN_HISTORIES=5000 $(BIN)/pytest -n auto tests/oracle

soak: $(READY)              ## compare a preview that runs for long with clean builds, after thousands of edits
	SITEGEN_SOAK=2000 $(BIN)/pytest tests/serve/test_soak.py

check: lint type test

bench: $(READY) $(PEERS)    ## measure, beside other generators: an hour or more
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.preview

lighthouse: $(READY)        ## what Lighthouse says of the demo, for the page of figures
	$(BIN)/python -m benchmarks.lighthouse

publishing: $(READY)        ## count what publishing one of 10,000 stories writes, for the page of figures
	$(BIN)/python -m benchmarks.publishing

screenshots: $(READY)       ## take the pictures in docs/images anew
	$(BIN)/python -m benchmarks.screenshots

clean:                      ## remove what the targets above made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist

$(READY): pyproject.toml .ci/venv
	PYTHON=$(PYTHON) .ci/venv
	touch $@

$(PEERS): $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[bench]'
	touch $@
