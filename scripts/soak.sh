#!/usr/bin/env bash
# The long test: every file of the album, then half an hour of mixed load (HATHOR_SOAK_MINUTES).

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/toolchain.sh
source scripts/material.sh

scripts/setup.sh test
use_rust
use_node
scripts/build.sh release
export HATHOR_BIN=$CARGO_TARGET_DIR/release/hathor
scripts/with-services.sh npm run soak --prefix e2e
