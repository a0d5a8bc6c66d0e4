#!/usr/bin/env bash
# The long test: twenty kills in the middle of uploads, then every file of the album and half an hour of listening
# (HATHOR_SOAK_MINUTES).

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/toolchain.sh
source scripts/material.sh

need_packages "${RUN_PACKAGES[@]}"
use_rust
use_node
need_album
HATHOR_SOAK_KILLS=20 scripts/with-services.sh cargo test "${LOCKED[@]}" -p hathor-server --test faults kills::
scripts/build.sh release
node scripts/soak.mjs "$CARGO_TARGET_DIR/release/hathor" "$HATHOR_TEST_MATERIAL/album" \
  "${HATHOR_SOAK_MINUTES:-30}"
