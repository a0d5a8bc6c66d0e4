#!/usr/bin/env bash
# One stage of `make test`, by name. test.sh starts the servers that a stage needs.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/toolchain.sh
source scripts/material.sh

use_rust
use_node

# The browser and fault tests drive the binary that the unit tests were built with.
export HATHOR_BIN=$CARGO_TARGET_DIR/debug/hathor

stage_setup() { scripts/setup.sh test; }

stage_build() { scripts/build.sh dev; }

stage_lint() { scripts/lint.sh; }

# HATHOR_TEST_ARGS narrows it down: HATHOR_TEST_ARGS='-p hathor-db' make test-rust
stage_rust() {
  local args
  read -ra args <<<"${HATHOR_TEST_ARGS:---workspace}"
  cargo test "${LOCKED[@]}" --no-fail-fast "${args[@]}"
}

stage_web() {
  need_node_modules web
  npm test --prefix web
}

stage_browser() {
  need_node_modules e2e
  npm test --prefix e2e
}

# What happens when a process is killed, stopped or left alone, and when it is sent what nobody would write by hand.
stage_faults() {
  need_node_modules e2e
  cargo test "${LOCKED[@]}" --no-fail-fast --workspace --test faults
  npm run faults --prefix e2e
}

stage_bench() { scripts/bench.sh smoke; }

"stage_$1"
