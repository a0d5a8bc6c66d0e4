#!/usr/bin/env bash
# Write every source in the house format.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/toolchain.sh

use_rust_and_lints
use_node
need_node_modules web
need_node_modules e2e
cargo fmt --all
npm run fmt --prefix web
npm run fmt --prefix e2e
