# Hathor's commands. Each is a script in scripts/, so each can be read, and run without make.

.DEFAULT_GOAL := help
.PHONY: help run build dist dev test test-rust test-web e2e lint fmt bench soak gen coverage clean

help: ## this list
	@echo "make run    - from a clone to music at http://localhost:8080"
	@echo "make test   - everything, as the forge runs it"
	@echo
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "  %-10s %s\n", $$1, $$2 }'

run: ## set up, build and start Hathor on http://localhost:8080
	@scripts/run.sh

build: ## the release binary with the web app inside, at target/release/hathor
	@scripts/setup.sh run
	@scripts/build.sh release

dist: ## the same for a server that stays: a tenth quicker, minutes more to build, at target/dist/hathor
	@scripts/setup.sh run
	@scripts/build.sh dist

dev: ## server and web app, built again as you edit
	@scripts/dev.sh

test: ## lint, Rust tests on both engines, web, browser and fault tests
	@scripts/test.sh

test-rust: ## the Rust tests (HATHOR_TEST_ARGS='-p hathor-db' narrows them)
	@scripts/test.sh setup build rust

test-web: ## the unit tests of the web app
	@scripts/test.sh setup web

e2e: ## the browser tests
	@scripts/test.sh setup build browser

lint: ## formats, clippy, types, house rules, generated files
	@scripts/test.sh setup lint

fmt: ## write every source in the house format
	@scripts/fmt.sh

bench: ## the benchmarks in full, against their peers (minutes)
	@scripts/bench.sh all

soak: ## twenty kills, the whole album, half an hour of mixed load
	@scripts/soak.sh

gen: ## the OpenAPI document, and the TypeScript client from it
	@scripts/gen.sh

coverage: ## how much of the code the tests run
	@scripts/coverage.sh

clean: ## forget what was built (not ./data)
	@scripts/clean.sh
