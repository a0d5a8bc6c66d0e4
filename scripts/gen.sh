#!/usr/bin/env bash
# Write the OpenAPI document from the code, and the TypeScript client from the document.
# `gen.sh check` fails instead when what is committed differs.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/toolchain.sh

DOCUMENT=web/openapi.json
CLIENT=web/src/api/generated

use_rust
use_node
need_node_modules web

generate() {
  scripts/build.sh dev
  "$CARGO_TARGET_DIR/debug/hathor" openapi >"$DOCUMENT.new"
  mv "$DOCUMENT.new" "$DOCUMENT"
  npm run gen --prefix web
}

check() {
  local kept
  kept=$(mktemp -d)
  cp -r "$DOCUMENT" "$CLIENT" "$kept/"
  generate
  unchanged "$kept" "$DOCUMENT"
  unchanged "$kept" "$CLIENT"
  rm -rf "$kept"
}

unchanged() {
  diff -ru "$1/$(basename "$2")" "$2" >&2 || die "$2 was out of date: commit what make gen wrote"
}

if [[ ${1:-} == check ]]; then check; else generate; fi
