#!/usr/bin/env bash
# Benchmarks: `bench.sh smoke` one short round each with the test build, never judged by time;
# `bench.sh all` (or a name) in full with the build for servers that stay.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/toolchain.sh

use_rust
use_node

# The API is compared with a Node stack.
PEER=bench/peers/express

smoke() {
  need_node_modules "$PEER"
  HATHOR_BIN=$CARGO_TARGET_DIR/debug/hathor "$CARGO_TARGET_DIR/debug/hathor-bench" --smoke all
}

measure() {
  need_packages nginx-light wrk postgresql
  need_node_modules "$PEER"
  scripts/build.sh dist
  cargo build --profile dist "${LOCKED[@]}" -p hathor-bench
  HATHOR_BIN=$CARGO_TARGET_DIR/dist/hathor "$CARGO_TARGET_DIR/dist/hathor-bench" "$@"
}

if [[ ${1:-all} == smoke ]]; then smoke; else measure "${@:-all}"; fi
