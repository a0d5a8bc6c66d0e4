#!/usr/bin/env bash
# Make this machine ready: `setup.sh run` for building and running, `setup.sh test` for everything.
# What is there already is left alone, so a second time takes no time.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/toolchain.sh
source scripts/material.sh

ready_to_run() {
  need_packages "${RUN_PACKAGES[@]}"
  use_rust
  use_node
}

ready_to_test() {
  need_packages "${RUN_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
  use_rust_and_lints
  use_node
  need_node_modules web
  need_node_modules e2e
  need_python_tools
  need_album
}

case ${1:-run} in
  run) ready_to_run ;;
  test) ready_to_test ;;
  *) die "usage: setup.sh run|test" ;;
esac
