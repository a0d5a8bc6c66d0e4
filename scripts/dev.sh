#!/usr/bin/env bash
# Work on Hathor: the server is built and started again when a Rust source changes,
# the web app comes from Vite on http://localhost:5173 and updates in place.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/toolchain.sh
source scripts/web.sh

SERVER=
VITE=

stop_server() {
  [[ -n $SERVER ]] || return 0
  kill "$SERVER" 2>/dev/null || true
  wait "$SERVER" || true
}

stop() {
  stop_server
  [[ -z $VITE ]] || kill "$VITE" 2>/dev/null || true
}

start_server() {
  cargo build "${LOCKED[@]}" -p hathor-server || return 0
  stop_server
  "$CARGO_TARGET_DIR/debug/hathor" serve --data ./data --listen 127.0.0.1:8080 &
  SERVER=$!
}

changed_since() { find crates migrations Cargo.toml -newer "$1" -type f -print -quit 2>/dev/null; }

scripts/setup.sh run
use_rust
use_node
build_web
trap stop EXIT
trap 'exit 130' INT
mark=$(mktemp)
start_server
npm run dev --prefix web &
VITE=$!

while sleep 1; do
  [[ -n $(changed_since "$mark") ]] || continue
  touch "$mark"
  start_server
done
