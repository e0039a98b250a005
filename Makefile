# Two commands matter: `make demo` tries the bot in a browser, `make test` runs everything that CI runs.
# Needs make and Python 3.11 or newer with venv; another interpreter by `make demo PYTHON=/path/to/python3`.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
ON_POSTGRESQL := storage.py directory.py forms.py parallel_writer.py replicas.py journal_changed.py backups.py moving.py intake.py outbox.py \
    media_jobs.py submission.py settling.py webhook.py polling.py polling_commands.py retention.py erasing.py privacy_commands.py operators_files.py \
    kill.py audit.py desk.py digest.py floods.py report.py watching.py
GOLDEN := tests/transcripts/test_transcripts.py::test_the_conversation_goes_as_written
# On PostgreSQL a start takes its time: one conversation for each kind of row that has to outlive it.
RESTARTED := $(foreach name,customer dealer double-tap held help operators-tables photo-album profile refused-by-licrus \
    operators-resend reminder serial-submitted-before several sticker unknown-outcome, \
    "tests/transcripts/test_transcripts.py::test_a_restart_between_any_two_messages_changes_nothing[$(name)]")
PORT ?=
FILE ?=
PEOPLE ?= 200
SEED ?= 1
UPDATES ?= 1000000
HISTORIES ?= 100000
PHOTOGRAPHS ?= 400
RUNS ?= 5
PEERS := build/peers
SECONDS ?= 10

ifeq ($(origin PYTHON),undefined)
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
else
PYTHONS := $(PYTHON)
endif

.DEFAULT_GOAL := help
.PHONY: help demo play test test-fast style typed unit conversations postgresql planted browser dist installed explore places score barcodes restarts crash fuzz simulate bench peers format lint docs messages lock

help:
	@echo "make demo       the bot, Telegram and Licrus in miniature, on a page of this machine"
	@echo "make play FILE=name-or-path   types a transcript and prints the conversation"
	@echo "make test       everything: format, lint, types, import rules, unit, transcripts, end to end, browser"
	@echo "make postgresql the tests of storage and of the whole bot on a PostgreSQL server of their own"
	@echo "make planted    plants bugs, one at a time: does the test named beside each find it?"
	@echo "make dist       the wheel and its pinned dependencies, in dist/"
	@echo "make installed  the wheel in an empty environment: does it play every conversation that it brings?"
	@echo "make test-fast  the pure tests alone"
	@echo "make explore    the random tests with new examples"
	@echo "make places     what becomes of every misspelt province and district, in figures"
	@echo "make score      how right pasted blocks and single answers are read, of both halves of the corpus"
	@echo "make barcodes   reads 400 drawn photographs of labels and writes docs/barcodes.md; two minutes"
	@echo "make restarts   every golden conversation with the bot restarted between any two messages; some minutes"
	@echo "make crash      kills bot and database 1,650 times, cuts Licrus at every byte, restores backups; about an hour"
	@echo "make fuzz       spoiled updates, a million of them: each must be answered, and soon; an hour and more"
	@echo "make simulate   100,000 histories of people, the bot and all that can fail, on a clock that jumps; HISTORIES=2000 for less"
	@echo "make bench      updates a second, CPU, waits and memory beside others that hold the same conversation; RUNS=1 SECONDS=2 for less"
	@echo "make peers      installs what the others run on, into build/peers"
	@echo "make format     formats the code"
	@echo "make lint       format, lint, types and import rules, without tests"
	@echo "make docs       writes docs/settings.md and .env.example from the settings' own declarations"
	@echo "make messages   counts what a request costs, in messages and taps: docs/messages.md"
	@echo "make lock       pins the dependencies anew, with hashes (needs uv)"

demo: $(VENV)/run.stamp
	@$(BIN)/devreye demo $(if $(PORT),--port $(PORT))

play: $(VENV)/run.stamp
	@$(BIN)/devreye demo --play "$(FILE)"

test: style typed unit conversations postgresql planted browser installed

style: $(VENV)/develop.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

typed: $(VENV)/develop.stamp
	$(BIN)/mypy
	$(BIN)/lint-imports

lint: style typed

unit: $(VENV)/develop.stamp
	$(BIN)/pytest -q -n 2 --dist worksteal tests/unit $(GOLDEN) --cov --cov-report=term:skip-covered --cov-fail-under=98

# Much of it waits: four at a time keep two cores busy.
conversations: $(VENV)/develop.stamp
	$(BIN)/pytest -q -n 4 --dist worksteal --deselect $(GOLDEN) tests/transcripts tests/end_to_end tests/security tests/barcodes tests/crash tests/fuzz \
	    tests/simulation tests/upgrade

# The same tests as above on a real server, which they start and stop themselves, and those about several processes.
postgresql: $(VENV)/develop.stamp
	DEVREYE_TEST_DATABASE=postgresql $(BIN)/pytest -q -n 4 --dist worksteal $(RESTARTED) \
	    $(addprefix tests/end_to_end/test_,$(ON_POSTGRESQL)) tests/upgrade

planted: $(VENV)/develop.stamp
	$(BIN)/python -m tests.planted

# The long forms of what `conversations` runs in short; the figures belong into docs/reliability.md.
crash: CAMPAIGN = $(BIN)/python -m tests.crash.campaign --people $(PEOPLE) --seed $(SEED)
crash: $(VENV)/develop.stamp
	$(CAMPAIGN) --kills 1000
	$(CAMPAIGN) --kills 300 --database postgresql
	$(CAMPAIGN) --kills 50 --database postgresql --victim postgresql
	$(CAMPAIGN) --kills 300 --database postgresql --webhook --replicas 2 --every 2
	DEVREYE_EVERY_BYTE=1 DEVREYE_SEED=$(SEED) $(BIN)/pytest -q -rP tests/end_to_end/test_licrus_cut.py
	DEVREYE_RESTORES=100 DEVREYE_SEED=$(SEED) $(BIN)/pytest -q -n 2 tests/crash/test_restore.py
	$(BIN)/python -m tests.crash.kill_points --fault kill --fault eio --fault enospc
	$(BIN)/python -m tests.crash.kill_points --fault full --every 5
	DEVREYE_FULL_DISKS=28 DEVREYE_SEED=$(SEED) $(BIN)/pytest -q -rPs tests/crash/test_full_disk.py

# `conversations` restarts the bot between every third two messages.
restarts: $(VENV)/develop.stamp
	DEVREYE_EVERY_RESTART=1 $(BIN)/pytest -q -n 4 --dist worksteal tests/transcripts -k restart

barcodes: $(VENV)/develop.stamp
	$(BIN)/python -m tests.barcodes --photographs $(PHOTOGRAPHS) --seed $(SEED)

fuzz: $(VENV)/develop.stamp
	$(BIN)/python -m tests.fuzz --updates $(UPDATES) --seed $(SEED)

simulate: $(VENV)/develop.stamp
	$(BIN)/python -m tests.simulation --histories $(HISTORIES) --seed $(SEED)

# What the peers run on stays out of the bot's own environment. Without Redis or npm the benchmark says whom it leaves out.
peers: $(PEERS)/python.stamp
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(PEERS)/node.stamp; fi

$(PEERS)/python.stamp: $(VENV)/made.stamp requirements/peers.txt
	@echo "Installing what the bots in Python run on that are measured beside this one ..."
	@$(BIN)/python -m venv --clear $(PEERS)/python
	@$(PEERS)/python/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/peers.txt
	@touch $@

$(PEERS)/node.stamp: benchmarks/peers/package.json
	@echo "Installing what the bots in JavaScript run on ..."
	@mkdir -p $(PEERS)/node
	@cp benchmarks/peers/package.json $(PEERS)/node/
	@cd $(PEERS)/node && npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts
	@touch $@

# One core for the bot and one for the load: on a machine with other work the figures mean nothing.
bench: $(VENV)/develop.stamp peers
	$(BIN)/python -m benchmarks --runs $(RUNS) --seconds $(SECONDS)

browser: $(VENV)/develop.stamp
	$(BIN)/pytest -q -rs tests/browser

dist: $(VENV)/run.stamp
	@rm -rf dist
	$(BIN)/hatchling build -t wheel -d dist
	cp requirements/run.txt dist/requirements.txt

installed: dist
	$(BIN)/python -m tests.installed dist

test-fast: $(VENV)/develop.stamp
	$(BIN)/pytest -q -n 2 --dist worksteal tests/unit

explore: $(VENV)/develop.stamp
	HYPOTHESIS_PROFILE=exploring $(BIN)/pytest -q -n 2 --dist worksteal tests/unit

places: $(VENV)/develop.stamp
	$(BIN)/pytest -q -s tests/unit/test_places_exhaustive.py

score: $(VENV)/develop.stamp
	$(BIN)/python -m tests.corpus

format: $(VENV)/develop.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/run.stamp
	$(BIN)/python -c "from bot.settings.page import settings_page; print(settings_page(), end='')" > docs/settings.md
	$(BIN)/python -c "from bot.settings.page import env_example; print(env_example(), end='')" > .env.example

# Extras stay in the pins: with hashes, pip takes a newer release for `package[extra]` than the pin of `package` says.
messages: $(VENV)/develop.stamp
	$(BIN)/python -m tests.messages > docs/messages.md

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 1; }
	uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    pyproject.toml --output-file requirements/run.txt
	uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    pyproject.toml --group dev --output-file requirements/develop.txt
	printf 'hatchling\neditables\n' | uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate - --output-file requirements/build.txt
	uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    benchmarks/peers/requirements.in --output-file requirements/peers.txt

# The environment is made once; each stamp is newer than what was installed for it.
$(VENV)/made.stamp:
	@set -e; \
	for candidate in $(PYTHONS); do \
	    if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	        python=$$candidate; break; \
	    fi; \
	done; \
	if [ -z "$${python:-}" ]; then \
	    echo "Devreye needs Python 3.11 or newer; none was found ($(PYTHONS)). Install it, or name it: make demo PYTHON=/path/to/python3" >&2; \
	    exit 1; \
	fi; \
	if ! "$$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then \
	    echo "$$python has no venv module. On Debian and Ubuntu install it with: apt-get install python3-venv" >&2; \
	    exit 1; \
	fi; \
	if ! $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "Making the environment in $(VENV) ..."; \
	    "$$python" -m venv --clear $(VENV); \
	fi; \
	touch $@

$(VENV)/run.stamp: $(VENV)/made.stamp requirements/run.txt requirements/build.txt pyproject.toml
	@echo "Installing what the bot needs ..."
	@$(PIP) install --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/develop.stamp: $(VENV)/made.stamp requirements/develop.txt requirements/build.txt pyproject.toml
	@echo "Installing what the tests need ..."
	@$(PIP) install --require-hashes -r requirements/develop.txt -r requirements/build.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@
