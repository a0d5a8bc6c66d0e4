#!/usr/bin/env bash
# Everything that is judged without running the product. No check is skipped.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/toolchain.sh
source scripts/web.sh

use_rust_and_lints
use_node

check() {
  say "lint: $1"
  shift
  "$@"
}

need_packages shellcheck
need_node_modules web
need_node_modules e2e
build_web # the server does not compile without it

check "Rust format" cargo fmt --all --check
check "clippy" cargo clippy "${LOCKED[@]}" --workspace --all-targets -- -D warnings
check "house rules" cargo test "${LOCKED[@]}" -q --workspace --test house
check "web style" npm run lint --prefix web
check "web types" npm run check --prefix web
check "web weight" npm run budget --prefix web
check "browser tests' style" npm run lint --prefix e2e
check "browser tests' types" npm run check --prefix e2e
check "scripts" shellcheck -x -P SCRIPTDIR -P . .ci/run scripts/*.sh
check "OpenAPI and client are up to date" scripts/gen.sh check
