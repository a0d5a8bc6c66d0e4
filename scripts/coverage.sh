#!/usr/bin/env bash
# How much of the code the tests run: Rust by cargo-llvm-cov, the web app by Vitest.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/toolchain.sh

scripts/setup.sh test
use_rust_and_lints
use_node
has cargo-llvm-cov || { say "installing cargo-llvm-cov" && cargo install --locked cargo-llvm-cov; }
scripts/with-services.sh cargo llvm-cov --workspace
npm run coverage --prefix web
