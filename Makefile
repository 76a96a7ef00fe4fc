# make run     sets up what is missing, builds, and serves http://localhost:3000
# make demo    the same, with an organisation to look at
# make test    everything that CI runs
# make bench   the figures of BENCHMARKS.md

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.PHONY: run demo test check code bench build bundle setup setup-test unit browser budget

tools := $(or $(TENANTRY_TOOLS),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/tenantry)
export PATH := $(tools)/bin:$(CURDIR)/style/node_modules/.bin:$(PATH)
# Where the WASM target cannot be downloaded, one toolchain of Debian's builds both halves. Cargo has jobs of its own.
rust = env -u MAKEFLAGS RUSTUP_TOOLCHAIN=$$(scripts/setup toolchain)
cargo = $(rust) cargo

binary := target/release/tenantry
browser_sources := $(shell find app frontend model style Trunk.toml Cargo.lock .cargo -type f -not -path '*/node_modules/*' -not -path 'style/out/*' 2>/dev/null)

run: build
	$(binary)

demo: build
	$(binary) demo
	$(binary)

build: bundle
	@scripts/say "build the server (about 6 minutes the first time)" $(cargo) build --release -p server

bundle: setup
	@$(MAKE) --no-print-directory dist/index.html

dist/index.html: $(browser_sources)
	@scripts/say "build the browser's half (about 3 minutes the first time)" \
	  $(rust) PATH="$(CURDIR)/frontend/tools:$$PATH" trunk build --release
	@touch $@

setup:
	@scripts/setup build

setup-test:
	@scripts/setup test

# What only compiles goes side by side, since much of it fills one core alone. What waits and measures has both for itself.
test: setup-test
	@$(MAKE) --no-print-directory --jobs=2 code build
	@$(MAKE) --no-print-directory budget unit browser

# Formatting, lints, documentation, import rules, licences, advisories, sizes.
check: setup-test bundle
	env -u MAKEFLAGS scripts/check
	@$(MAKE) --no-print-directory budget

# The same without the bundle, and the tests compiled.
code: setup-test
	env -u MAKEFLAGS scripts/check
	$(cargo) nextest run --workspace --exclude frontend --no-run

budget: bundle
	@echo "check: what the browser loads" && node scripts/budget.mjs

unit:
	scripts/postgres run $(cargo) nextest run --workspace --exclude frontend

browser: build
	npm --prefix end2end test

bench: setup-test build
	scripts/bench
