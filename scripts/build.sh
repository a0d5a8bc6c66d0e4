#!/usr/bin/env bash
# Build everything: `build.sh release` the product, `build.sh dist` the same for a server that stays, `build.sh dev` what
# the tests need.
# The web app is built beside the Rust crates; the server, which embeds it, comes last.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/toolchain.sh
source scripts/web.sh

use_rust
use_node

build_product() {
  local profile=$1 lower
  mapfile -t lower < <(crates_below_the_server)
  # the server is named although it has no library: with it they are built with the features that it asks for, once
  web_is_fresh || beside_web --profile "$profile" --lib "${lower[@]/#/--package=}" --package=hathor-server
  say "building hathor ($profile)"
  cargo build --profile "$profile" "${LOCKED[@]}" -p hathor-server
  leave_binary_in_clone "$profile"
}

# One build serves unit tests, stories and browser tests: all targets, one feature set.
build_dev() {
  web_is_fresh || beside_web --workspace --all-targets --exclude hathor-server
  say "building everything (dev)"
  cargo build "${LOCKED[@]}" --workspace --all-targets
}

# Build the web app and the given crates at the same time.
beside_web() {
  build_web &
  local web=$!
  say "building the crates below the server"
  cargo build "${LOCKED[@]}" "$@" || {
    wait "$web" || true
    return 1
  }
  wait "$web"
}

crates_below_the_server() {
  local manifest
  for manifest in crates/*/Cargo.toml; do
    [[ $manifest == crates/server/* ]] || echo "hathor-$(basename "${manifest%/*}")"
  done
}

# People look for the binary in the clone, wherever the build folder lies.
leave_binary_in_clone() {
  [[ -n ${HATHOR_OWN_TARGET:-} ]] || return 0
  local built=$CARGO_TARGET_DIR/$1/hathor here=target/$1/hathor
  mkdir -p "${here%/*}"
  [[ $here -ef $built ]] && return
  ln -f "$built" "$here" 2>/dev/null || cp -f "$built" "$here"
}

case ${1:-release} in
  release | dist) build_product "${1:-release}" ;;
  dev) build_dev ;;
  *) die "usage: build.sh release|dist|dev" ;;
esac
